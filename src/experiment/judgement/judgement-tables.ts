/** @file Judges' answers as tables: each run against the original prompt, by judge and in all, as the paper counts (appendix G.2). */
import { type AttackAttempt, type AttackSuccess, attackSuccess } from '../../statistics/attack-success.ts';
import { hitRateOf } from '../../statistics/outcome.ts';
import { type WinDrawLoss, winDrawLoss } from '../../statistics/win-draw-loss.ts';
import { type JudgedCard, judgedCard, UNCHANGED } from './judged-card.ts';
import { type Agreement, agreementOf, type PairJudgements } from './judgement-agreement.ts';
import type { JudgeAnswers } from './read-answers.ts';
import { compareRuns, type RunComparison } from './run-comparison.ts';
import type { OmittedPair, SheetCard, SheetKey } from './sheet-key.ts';

type Task = SheetCard['task'];

/** What was said of one run's pairs. Rates weigh prompts alike; unchanged pairs are among them, draws by every judge. */
export type JudgementTally = HitRates &
  (
    | { readonly task: 'improve'; readonly outcomes: WinDrawLoss }
    | { readonly task: 'attack'; readonly outcomes: AttackSuccess }
  );

/** Shares of the key concepts that were seen in the pictures that were shown, 0 to 1; null where none was. */
interface HitRates {
  readonly originalHitRate: number | null;
  readonly candidateHitRate: number | null;
}

export interface RunJudgement {
  readonly run: string;
  readonly task: Task;
  /** Pairs on the sheet. */
  readonly pairs: number;
  /** Pairs that were not shown because the search found no other prompt: draws, which is failure in an attack. */
  readonly unchanged: number;
  /** Pairs that could not be judged, for want of concepts or pictures; they count nowhere. */
  readonly unjudgeable: number;
  /** All judges together. */
  readonly all: JudgementTally;
  readonly byJudge: readonly { readonly judge: string; readonly tally: JudgementTally }[];
  readonly agreement: Agreement;
}

export interface JudgementTables {
  readonly experiment: string;
  readonly title: string;
  readonly sheet: string;
  /** How many pairs each judge judged, and did not. */
  readonly judges: readonly {
    readonly judge: string;
    readonly complete: number;
    readonly incomplete: number;
  }[];
  /** Improvements, then attacks, each by name. */
  readonly runs: readonly RunJudgement[];
  /** Improvements against each other; empty where there is one run. */
  readonly comparisons: readonly RunComparison[];
  /** Over all runs of a task. */
  readonly agreement: Readonly<Partial<Record<Task, Agreement>>>;
}

/** @param answers one for each judge, as `readAnswers()` gives them */
export function judgementTables(answers: readonly JudgeAnswers[], key: SheetKey): JudgementTables {
  const { experiment, title, sheet } = key;
  const runs = (['improve', 'attack'] as const).flatMap((task) =>
    runNames(key, task).map((run) => runJudgement(run, task, answers, key)),
  );
  const tasks = [...new Set(runs.map(({ task }) => task))];
  const agreement = tasks.map((task) => {
    const cards = key.cards.filter((card) => card.task === task);
    return [task, agreementOf(judgementsOf(cards, answers), task)];
  });
  const judges = answers.map(({ judge, complete, incomplete }) => ({
    judge,
    complete: complete.size,
    incomplete,
  }));
  return {
    experiment,
    title,
    sheet,
    judges,
    runs,
    comparisons: compareRuns(runNames(key, 'improve'), answers, key),
    agreement: Object.fromEntries(agreement),
  };
}

/** Sorted: the sheet's order is random. */
function runNames({ cards, omitted }: SheetKey, task: Task): string[] {
  const pairs = [...cards, ...omitted].filter((pair) => pair.task === task);
  return [...new Set(pairs.map(({ run }) => run))].sort();
}

function runJudgement(
  run: string,
  task: Task,
  answers: readonly JudgeAnswers[],
  key: SheetKey,
): RunJudgement {
  const isOfRun = (pair: SheetCard | OmittedPair) => pair.run === run && pair.task === task;
  const cards = key.cards.filter(isOfRun);
  const omitted = key.omitted.filter(isOfRun);
  const unchanged = omitted.filter(({ reason }) => reason === 'unchanged');
  const pairs = { task, cards, unchanged };
  return {
    run,
    task,
    pairs: cards.length,
    unchanged: unchanged.length,
    unjudgeable: omitted.length - unchanged.length,
    all: tallyOf(pairs, answers),
    byJudge: answers.map((judge) => ({ judge: judge.judge, tally: tallyOf(pairs, [judge]) })),
    agreement: agreementOf(judgementsOf(cards, answers), task),
  };
}

/** Pairs of one run. */
interface RunPairs {
  readonly task: Task;
  readonly cards: readonly SheetCard[];
  readonly unchanged: readonly OmittedPair[];
}

function judgementsOf(cards: readonly SheetCard[], judges: readonly JudgeAnswers[]): PairJudgements[] {
  return cards.map((card) => judges.map((judge) => judgedCard(card, judge)));
}

function tallyOf({ task, cards, unchanged }: RunPairs, judges: readonly JudgeAnswers[]): JudgementTally {
  const judged = judgementsOf(cards, judges)
    .flat()
    .filter((one) => one !== undefined);
  const attempts = byPrompt([
    ...judged.map((one) => ({ prompt: one.card.prompt, attempt: one })),
    ...unchanged.flatMap(({ prompt }) => judges.map(() => ({ prompt, attempt: UNCHANGED }))),
  ]);
  const rates = hitRates(judged);
  if (task === 'attack') return { task, outcomes: attackSuccess(attempts), ...rates };
  const outcomes = attempts.map((ofPrompt) => ofPrompt.map(({ faithfulness }) => faithfulness));
  return { task, outcomes: winDrawLoss(outcomes), ...rates };
}

/** A prompt may have several pairs, of several search seeds. */
function byPrompt(
  attempts: readonly { readonly prompt: string; readonly attempt: AttackAttempt }[],
): AttackAttempt[][] {
  const groups = new Map<string, AttackAttempt[]>();
  for (const { prompt, attempt } of attempts) groups.set(prompt, [...(groups.get(prompt) ?? []), attempt]);
  return [...groups.values()];
}

/** Over all concepts of all pictures: a prompt with more concepts weighs more. */
function hitRates(judged: readonly JudgedCard[]): HitRates {
  return {
    originalHitRate: hitRateOf(judged.flatMap(({ original }) => original)) ?? null,
    candidateHitRate: hitRateOf(judged.flatMap(({ candidate }) => candidate)) ?? null,
  };
}

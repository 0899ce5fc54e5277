/**
 * @file Runs against each other (the paper's Figure 2), from what judges said of each against the original: marks are hit rates, which compare
 * also where two pictures never stood side by side. Improvements alone: the paper compares attacks with nothing but the original.
 */
import { compareScores, hitRateOf, type Outcome } from '../../statistics/outcome.ts';
import { type WinDrawLoss, winDrawLoss } from '../../statistics/win-draw-loss.ts';
import { judgedCard } from './judged-card.ts';
import type { JudgeAnswers } from './read-answers.ts';
import type { SheetKey } from './sheet-key.ts';

export interface RunComparison {
  readonly first: string;
  readonly second: string;
  /** As the first sees it, for each prompt and judge that has both. */
  readonly outcomes: WinDrawLoss;
}

/** Means of equal hits over differently many pictures may differ by rounding. */
const COMPARISON = { better: 'higher', margin: 1e-9 } as const;

/** Every two of `runs`, in their order. */
export function compareRuns(
  runs: readonly string[],
  answers: readonly JudgeAnswers[],
  key: SheetKey,
): RunComparison[] {
  const names = [...new Set([...key.cards, ...key.omitted].map(({ prompt }) => prompt))];
  const prompts = names.map((prompt) => ({
    unchanged: unchangedRuns(prompt, key),
    rates: answers.map((judge) => ratesOf(prompt, judge, key)),
  }));
  return runs.flatMap((first, index) =>
    runs.slice(index + 1).map((second) => {
      const outcomes = prompts.map(({ unchanged, rates }) =>
        unchanged.has(first) && unchanged.has(second)
          ? rates.map((): Outcome => 'draw')
          : rates.flatMap((rate) => outcomeOf(rate.get(first), rate.get(second))),
      );
      return { first, second, outcomes: winDrawLoss(outcomes) };
    }),
  );
}

/** Those whose searches found nothing else for `prompt`: two of them have the same pictures, whatever a judge would have said. */
function unchangedRuns(prompt: string, { cards, omitted }: SheetKey): Set<string> {
  const isAsked = isImprovementOf(prompt);
  const changed = new Set(cards.filter(isAsked).map(({ run }) => run));
  const unchanged = omitted.filter((pair) => isAsked(pair) && pair.reason === 'unchanged');
  return new Set(unchanged.map(({ run }) => run).filter((run) => !changed.has(run)));
}

function isImprovementOf(prompt: string) {
  return (pair: { readonly prompt: string; readonly task: string }) =>
    pair.prompt === prompt && pair.task === 'improve';
}

function outcomeOf(first: number | undefined, second: number | undefined): Outcome[] {
  return first === undefined || second === undefined ? [] : [compareScores(first, second, COMPARISON)];
}

/** Mean hit rate of each run's pictures of `prompt`; what a search left unchanged has the original's. */
function ratesOf(prompt: string, judge: JudgeAnswers, key: SheetKey): Map<string, number> {
  const isAsked = isImprovementOf(prompt);
  const judged = key.cards.filter(isAsked).flatMap((card) => judgedCard(card, judge) ?? []);
  const unchanged = key.omitted.filter((pair) => isAsked(pair) && pair.reason === 'unchanged');
  const originalRate = mean(judged.flatMap(({ original }) => hitRateOf(original) ?? []));
  const rates = new Map<string, number[]>();
  const add = (run: string, rate: number | undefined) => {
    if (rate !== undefined) rates.set(run, [...(rates.get(run) ?? []), rate]);
  };
  for (const { card, candidate } of judged) add(card.run, hitRateOf(candidate));
  for (const { run } of unchanged) add(run, originalRate);
  return new Map([...rates].map(([run, all]) => [run, mean(all)!]));
}

/** Undefined without values. */
function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

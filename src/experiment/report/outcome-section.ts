/** @file Wins, draws and losses against the original by the paper's human protocol, with the judge in place of people; attacks by their success. */
import { attackSuccess } from '../../statistics/attack-success.ts';
import { winDrawLoss } from '../../statistics/win-draw-loss.ts';
import { faithfulness, groupedByPrompt, OUTCOME_MEASURES, type OutcomeMeasure } from './outcome-of-rows.ts';
import { note, type ReportSection, type TableBlock, type Value } from './report-block.ts';
import type { RunRows } from './rows-by-run.ts';

export function outcomeSection(runs: readonly RunRows<'study'>[]): ReportSection {
  const improvements = runs.filter(({ task }) => task === 'improve');
  const attacks = runs.filter(({ task }) => task === 'attack');
  const tables = [
    ...(improvements.length > 0 ? [improvementTable(improvements)] : []),
    ...(attacks.length > 0 ? [attackTable(attacks)] : []),
  ];
  const isJudged = runs.some(({ rows }) => rows.some(({ best }) => best.hits ?? best.heldOutHits));
  const unjudged = note(
    'No judge looked at these pictures. `dpo-diff judge` makes a sheet for people, who decide by the same protocol.',
  );
  return {
    title: 'Wins and losses against the original',
    blocks: [...tables, ...(isJudged ? [] : [unjudged])],
  };
}

function improvementTable(runs: readonly RunRows<'study'>[]): TableBlock {
  return {
    kind: 'table',
    name: 'outcomes',
    title: 'Best prompt against the original',
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'By', as: 'text' },
      { head: 'Searches', as: 'count' },
      { head: 'Wins', as: 'count' },
      { head: 'Draws', as: 'count' },
      { head: 'Losses', as: 'count' },
      { head: 'Win rate', as: 'share', hasInterval: true },
      { head: 'Loss rate', as: 'share', hasInterval: true },
    ],
    rows: runs.flatMap((run) => OUTCOME_MEASURES.flatMap((measure) => improvementRow(run, measure))),
    note: 'As the paper asks people (appendix G.2): of two prompts on the same seeds, the one whose pictures show more of the key concepts wins, and equal hit rates are a draw. Rates weigh each prompt the same; 95 % intervals over prompts.',
  };
}

function improvementRow({ run, rows }: RunRows<'study'>, measure: OutcomeMeasure): Value[][] {
  const outcomes = rows.flatMap(({ promptIndex, original, best }) => {
    const value = faithfulness(measure, best, original);
    return value === undefined ? [] : [{ promptIndex, value }];
  });
  if (outcomes.length === 0) return [];
  const { comparisons, wins, draws, losses, winRate, lossRate } = winDrawLoss(groupedByPrompt(outcomes));
  return [[run, measure, comparisons, wins, draws, losses, winRate, lossRate]];
}

function attackTable(runs: readonly RunRows<'study'>[]): TableBlock {
  return {
    kind: 'table',
    name: 'attacks',
    title: 'Success of attacks',
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'By', as: 'text' },
      { head: 'Attacks', as: 'count' },
      { head: 'Successes', as: 'count' },
      { head: 'As faithful', as: 'count' },
      { head: 'More faithful', as: 'count' },
      { head: 'Meaning altered', as: 'count' },
      { head: 'Success rate', as: 'share', hasInterval: true },
    ],
    rows: runs.flatMap((run) => OUTCOME_MEASURES.flatMap((measure) => attackRow(run, measure))),
    note: `As the paper judges attacks (appendix G.2): wins and losses are reversed, so an attack succeeds where its pictures show fewer of the key concepts; there are no draws, as one is a failed attempt; a success that only came of another meaning is a failure.${unaskedNote(runs)}`,
  };
}

/** Only the embedded world says whether a prompt means something else, and of those prompts alone that it understands. */
function isMeaningJudged({ rows }: RunRows<'study'>): boolean {
  return rows.every(({ altersMeaning }) => altersMeaning !== undefined);
}

function unaskedNote(runs: readonly RunRows<'study'>[]): string {
  const unasked = runs.filter((run) => !isMeaningJudged(run)).map(({ run }) => run);
  if (unasked.length === 0) return '';
  return ` Nothing here says of every attack whether its prompt means something else (${unasked.join(', ')}), so successes that would fail by that may be among the successes; the people of \`dpo-diff judge\` are asked.`;
}

function attackRow(attacks: RunRows<'study'>, measure: OutcomeMeasure): Value[][] {
  const { run, rows } = attacks;
  const attempts = rows.flatMap(({ promptIndex, original, best, altersMeaning = false }) => {
    const outcome = faithfulness(measure, best, original);
    return outcome === undefined ? [] : [{ promptIndex, value: { faithfulness: outcome, altersMeaning } }];
  });
  if (attempts.length === 0) return [];
  const success = attackSuccess(groupedByPrompt(attempts));
  return [
    [
      ...[run, measure, success.attempts, success.successes],
      ...[success.draws, success.faithful, isMeaningJudged(attacks) ? success.altered : null],
      success.successRate,
    ],
  ];
}

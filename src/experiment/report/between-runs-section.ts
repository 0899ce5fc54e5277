/** @file The runs of a comparison against each other, on the same prompts and search seeds. */

import { reversed } from '../../statistics/outcome.ts';
import type { StudyRow } from '../experiment-row.ts';
import { estimateOver, pairedMeans, sideOf } from './measured-mean.ts';
import { faithfulness } from './outcome-of-rows.ts';
import { pairsOf } from './pairs-of.ts';
import type { ReportSection, Value } from './report-block.ts';
import { type RunRows, rowPairs } from './rows-by-run.ts';

/** Pairs of more runs would fill the page. */
const MAX_RUNS = 8;

/** Undefined where fewer than two runs of one task have rows. */
export function betweenRunsSection(runs: readonly RunRows<'study'>[]): ReportSection | undefined {
  const compared = runs.slice(0, MAX_RUNS);
  const rows = pairsOf(compared).flatMap(([first, second]) =>
    first.task === second.task ? betweenRow(first, second) : [],
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'The runs against each other',
    blocks: [
      {
        kind: 'table',
        name: 'between-runs',
        title: 'On held-out seeds',
        columns: [
          { head: 'First', as: 'text' },
          { head: 'Second', as: 'text' },
          { head: 'Pairs', as: 'count' },
          { head: 'First minus second', as: 'difference', hasInterval: true },
          { head: 'Told apart', as: 'text' },
          { head: 'Wins', as: 'count' },
          { head: 'Draws', as: 'count' },
          { head: 'Losses', as: 'count' },
        ],
        rows,
        note: 'Loss of the first run’s best prompts less that of the second’s, on the same prompts with the same search seeds, with the 95 % interval over prompts. Wins, draws and losses are the first run’s, by the judge; in attacks the less faithful picture wins.',
      },
    ],
  };
}

function betweenRow(first: RunRows<'study'>, second: RunRows<'study'>): Value[][] {
  const pairs = rowPairs(first.rows, second.rows);
  if (pairs.length === 0) return [];
  const difference = estimateOver(
    pairs.flatMap(([ours, theirs]) => {
      const means = pairedMeans(theirs.best.heldOutLosses, ours.best.heldOutLosses);
      return means === null ? [] : [{ promptIndex: ours.promptIndex, value: means.after - means.before }];
    }),
  );
  const isAttack = first.task === 'attack';
  const side = sideOf(difference);
  const better = side === (isAttack ? 1 : -1) ? first.run : second.run;
  const told = side === null ? 'unknown' : side === 0 ? 'no' : `${better} is ahead`;
  return [[first.run, second.run, pairs.length, difference, told, ...judgedOutcomes(pairs, isAttack)]];
}

function judgedOutcomes(pairs: readonly (readonly [StudyRow, StudyRow])[], isAttack: boolean): Value[] {
  const outcomes = pairs.flatMap(([ours, theirs]) => {
    const outcome = faithfulness('judge, held-out seeds', ours.best, theirs.best);
    if (outcome === undefined) return [];
    return [isAttack ? reversed(outcome) : outcome];
  });
  if (outcomes.length === 0) return [null, null, null];
  return (['win', 'draw', 'loss'] as const).map(
    (wanted) => outcomes.filter((outcome) => outcome === wanted).length,
  );
}

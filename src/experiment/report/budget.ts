/** @file Figure 6: the best loss against what was spent, one curve for each run. */

import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, StudyRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { bestOfSeedsSection } from './best-of-seeds-section.ts';
import { bestOfSeedsVerdict } from './best-of-seeds-verdict.ts';
import { budgetVerdict, differenceAt } from './budget-verdict.ts';
import { bestOfSeedsCourse, lossCourse } from './loss-course.ts';
import { meanOver } from './measured-mean.ts';
import { pairsOf } from './pairs-of.ts';
import type { ChartBlock, ChartSeries, TableBlock, Value } from './report-block.ts';
import { type RunRows, rowsByRun } from './rows-by-run.ts';
import { bestLossAt, inexactSearchNote, mostSpent, type Spending } from './search-course.ts';

/** Evaluations at which the table stands, as far as searches went. */
const BUDGETS = [5, 10, 20, 40, 80, 160, 320];

export function budgetReport(definition: ExperimentDefinition, rows: readonly ExperimentRow[]): Analysis {
  const runs = rowsByRun(definition, rows, 'study');
  const seeds = rowsByRun(definition, rows, 'best-of-seeds');
  const verdict = seeds.length > 0 ? bestOfSeedsVerdict(runs, seeds) : budgetVerdict(definition, runs);
  if (runs.length === 0 && seeds.length === 0) return { verdict, sections: [] };
  const byCalls = [
    ...runs.map(({ run, rows: own }) => lossCourse(run, own, 'unetCalls')),
    ...seeds.map(({ run, rows: own }) => bestOfSeedsCourse(`${run} (one picture)`, own)),
  ];
  const byEvaluations = runs.map(({ run, rows: own }) => lossCourse(run, own, 'spent'));
  const inexact = inexactSearchNote(runs);
  const curves = [
    ...(runs.length > 0 ? [chart('evaluations', 'evaluations spent', byEvaluations, inexact)] : []),
    chart('unet-calls', 'UNet calls', byCalls, inexact + (seeds.length > 0 ? ONE_PICTURE : '')),
  ];
  const best = bestOfSeedsSection(definition, rows);
  return {
    verdict,
    sections: [
      { title: 'Best loss against budget', blocks: curves },
      ...(runs.length > 0 ? [{ title: 'At budgets', blocks: budgetTables(runs) }] : []),
      ...(best ? [best] : []),
    ],
  };
}

const BAND =
  'Mean over prompts of the mean over search seeds. The band is the 95 % interval, by the bootstrap over prompts, of how far the best is from the original.';
const ONE_PICTURE =
  ' Where seeds are sampled and the best is kept, the loss is that of one picture, and that of searches a mean over their seeds: the curves start apart for that reason alone.';

function chart(name: string, xName: string, series: readonly ChartSeries[], more: string): ChartBlock {
  return {
    ...{ kind: 'chart', name: `loss-by-${name}`, title: `Best loss against ${xName}`, xName, series },
    yName: 'mean best loss',
    note: BAND + more,
  };
}

function budgetTables(runs: readonly RunRows<'study'>[]): TableBlock[] {
  return [
    ...(['spent', 'unetCalls'] as const).map((spending) => levelTable(runs, spending)),
    ...betweenTable(runs),
  ];
}

function levelTable(runs: readonly RunRows<'study'>[], spending: Spending): TableBlock {
  const ends = runs.map(({ rows }) => mostSpent(rows, spending));
  const most = Math.max(...ends);
  const budgets = spending === 'spent' ? BUDGETS.filter((budget) => budget < most) : quarters(most);
  const unit = spending === 'spent' ? 'evaluations' : 'UNet calls';
  return {
    kind: 'table',
    name: `at-${spending === 'spent' ? 'evaluations' : 'unet-calls'}`,
    title: `Mean best loss after so many ${unit}`,
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'Prompts', as: 'count' },
      { head: 'Original', as: 'loss' },
      ...budgets.map((budget) => ({ head: `At ${budget}`, as: 'loss' as const })),
      { head: 'End', as: 'loss' },
      { head: `${spending === 'spent' ? 'Evaluations' : 'UNet calls'} at the end`, as: 'count' },
    ],
    rows: runs.map(({ run, rows }, i) => [
      run,
      new Set(rows.map(({ promptIndex }) => promptIndex)).size,
      level(rows, spending, 0),
      // A run is not drawn on beyond what it spent.
      ...budgets.map((budget) => (budget <= ends[i] ? level(rows, spending, budget) : null)),
      level(rows, spending, Number.POSITIVE_INFINITY),
      ends[i],
    ]),
  };
}

function quarters(most: number): number[] {
  return [...new Set([0.25, 0.5, 0.75].map((part) => Math.round(part * most)))].filter((at) => at > 0);
}

function level(rows: readonly StudyRow[], spending: Spending, amount: number): number | null {
  return meanOver(
    rows.map((row) => ({
      promptIndex: row.promptIndex,
      value: bestLossAt(row, spending, amount) ?? Number.NaN,
    })),
  );
}

function betweenTable(runs: readonly RunRows<'study'>[]): TableBlock[] {
  const end = Math.min(...runs.map(({ rows }) => mostSpent(rows, 'spent')));
  const low = end / 4;
  const rows = pairsOf(runs)
    .filter(([first, second]) => first.task === second.task)
    .map(([first, second]): Value[] => [
      first.run,
      second.run,
      differenceAt(first.rows, second.rows, low),
      differenceAt(first.rows, second.rows, end),
    ]);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      name: 'between-runs',
      title: 'The runs against each other',
      columns: [
        { head: 'First', as: 'text' },
        { head: 'Second', as: 'text' },
        { head: `At ${Math.round(low * 10) / 10} evaluations`, as: 'difference', hasInterval: true },
        { head: `At ${Math.round(end * 10) / 10} evaluations`, as: 'difference', hasInterval: true },
      ],
      rows,
      note: 'First minus second on the same prompts with the same search seeds, 95 % intervals over prompts: at the end of the shortest run, and at a quarter of that.',
    },
  ];
}

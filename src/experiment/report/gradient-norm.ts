/** @file Figure 9: the norm of the shortcut text gradient at every step. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, GradientNormRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { grouped } from './grouped.ts';
import { estimateOver, isFiniteNumber } from './measured-mean.ts';
import type { ChartPoint, ChartSeries } from './report-block.ts';
import { type RunRows, rowsByRun } from './rows-by-run.ts';
import { type Claim, clauseOf, type Verdict, verdictOf } from './verdict.ts';

/** Thirds of the sampling steps: the first is the noisiest. */
const THIRDS = ['first third (noise)', 'middle third', 'last third (picture)'] as const;

export function gradientNormReport(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
): Analysis {
  const runs = rowsByRun(definition, rows, 'gradient-norm');
  if (runs.length === 0) return { verdict: gradientNormVerdict(runs), sections: [] };
  return {
    verdict: gradientNormVerdict(runs),
    sections: [
      {
        title: 'Norm against timestep',
        blocks: [
          {
            kind: 'chart',
            name: 'gradient-norm',
            title: 'Norm of the shortcut text gradient',
            xName: 'timestep (0 is the finished picture)',
            yName: 'median norm',
            series: runs.map(({ run, rows: own }) => normSeries(run, own)),
            note: 'Median over prompts and seeds; the band holds the middle half, from the first to the third quartile.',
          },
          {
            kind: 'table',
            name: 'thirds',
            title: 'Mean norm in thirds of the steps',
            columns: [
              { head: 'Run', as: 'text' },
              { head: 'Prompts', as: 'count' },
              ...THIRDS.map((third) => ({ head: third, as: 'significant' as const, hasInterval: true })),
            ],
            rows: runs.map(({ run, rows: own }) => [
              run,
              new Set(own.map(({ promptIndex }) => promptIndex)).size,
              ...THIRDS.map((_, third) => estimateOver(inThird(own, third))),
            ]),
            note: '95 % intervals by the bootstrap over prompts.',
          },
        ],
      },
    ],
  };
}

/** Figure 9: in the middle third of the steps the norm is larger, on the same prompts, than in the first and than in the last. */
export function gradientNormVerdict(runs: readonly RunRows<'gradient-norm'>[]): Verdict {
  return verdictOf(
    runs.flatMap(({ run, rows }) => {
      const prefix = runs.length > 1 ? `${run}: ` : '';
      return [0, 2].map((third) => {
        const claim: Claim = {
          claim: `${prefix}the norm is smaller near ${third === 0 ? 'the noise' : 'the finished picture'} than in the middle`,
          what: `middle third minus ${third === 0 ? 'first' : 'last'}`,
          ...{ wanted: 'above', as: 'significant' },
        };
        return clauseOf(claim, middleLess(rows, third));
      });
    }),
  );
}

function middleLess(rows: readonly GradientNormRow[], third: number) {
  const [middle, other] = [promptMeansOf(inThird(rows, 1)), promptMeansOf(inThird(rows, third))];
  return estimateOver(
    [...middle].flatMap(([promptIndex, mean]) => {
      const rival = other.get(promptIndex);
      return rival === undefined ? [] : [{ promptIndex, value: mean - rival }];
    }),
  );
}

function inThird(rows: readonly GradientNormRow[], third: number) {
  return rows
    .filter(({ stepIndex, steps, norm }) => thirdOf(stepIndex, steps) === third && isFiniteNumber(norm))
    .map(({ promptIndex, norm }) => ({ promptIndex, value: norm }));
}

function thirdOf(stepIndex: number, steps: number): number {
  return Math.min(2, Math.floor((3 * stepIndex) / steps));
}

function promptMeansOf(values: readonly { promptIndex: number; value: number }[]): Map<number, number> {
  return new Map(
    grouped(values, ({ promptIndex }) => promptIndex).map(([promptIndex, own]) => [
      promptIndex,
      own.reduce((sum, { value }) => sum + value, 0) / own.length,
    ]),
  );
}

function normSeries(name: string, rows: readonly GradientNormRow[]): ChartSeries {
  const finite = rows.filter(({ norm }) => isFiniteNumber(norm));
  const points = grouped(finite, ({ timestep }) => timestep).map(([timestep, own]) =>
    quartilePoint(
      timestep,
      own.map(({ norm }) => norm),
    ),
  );
  return { name, points: points.sort((a, b) => a.x - b.x) };
}

function quartilePoint(x: number, values: readonly number[]): ChartPoint {
  const sorted = values.toSorted((a, b) => a - b);
  return { x, y: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Between neighbours linearly; `sorted` is ascending and not empty. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** @file How well the shortcut gradient through K steps points where the full gradient does, and what it costs. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, GradientAgreementRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { grouped } from './grouped.ts';
import { estimateOver, finiteMean, isFiniteNumber } from './measured-mean.ts';
import type { ChartSeries, TableBlock } from './report-block.ts';
import { clauseOf, type Verdict, verdictOf } from './verdict.ts';

type Row = GradientAgreementRow;

export function gradientAgreementReport(
  _definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
): Analysis {
  const own = rows.filter((row) => row.kind === 'gradient-agreement');
  const verdict = gradientAgreementVerdict(own);
  if (own.length === 0) return { verdict, sections: [] };
  const byDepth = byGradientSteps(own);
  return {
    verdict,
    sections: [
      { title: 'Shortcut against full gradient', blocks: [depthTable(byDepth)] },
      {
        title: 'By step',
        blocks: [
          {
            kind: 'chart',
            name: 'gradient-agreement',
            title: 'Cosine similarity to the full gradient',
            xName: 'step index (0 is the noisiest)',
            yName: 'mean cosine',
            series: byDepth.map(([depth, of]) => cosineSeries(depthName(depth, of), of)),
            note: 'Mean over prompts and seeds; the band is the 95 % interval by the bootstrap over prompts.',
          },
          stepTable(byDepth),
        ],
      },
    ],
  };
}

/** What the method rests on (section 7.1): one step gives a signal, and costs little. */
export function gradientAgreementVerdict(rows: readonly Row[]): Verdict {
  const shallow = rows.filter(({ gradientSteps }) => gradientSteps === 1);
  return verdictOf([
    clauseOf(
      {
        claim: 'with K = 1 the gradient points the same way as the full one',
        what: 'mean cosine',
        ...{ wanted: 'above', as: 'decimal' },
      },
      estimateOver(shallow.map(({ promptIndex, cosine }) => ({ promptIndex, value: cosine }))),
    ),
    clauseOf(
      {
        claim: 'with K = 1 it costs less than the full one',
        what: 'share of the full gradient’s time',
        ...{ wanted: 'below', than: 1, as: 'share' },
      },
      estimateOver(costs(shallow)),
    ),
  ]);
}

type ByDepth = readonly (readonly [depth: number, rows: readonly Row[]])[];

function byGradientSteps(rows: readonly Row[]): ByDepth {
  return grouped(rows, ({ gradientSteps }) => gradientSteps).sort(([a], [b]) => a - b);
}

function depthName(depth: number, rows: readonly Row[]): string {
  return rows.every(({ steps }) => steps === depth) ? `K = T = ${depth}` : `K = ${depth}`;
}

/** This gradient's share of the full one's time. */
function costs(rows: readonly Row[]) {
  return rows
    .filter(({ milliseconds, fullMilliseconds }) => isFiniteNumber(milliseconds) && fullMilliseconds > 0)
    .map(({ promptIndex, milliseconds, fullMilliseconds }) => ({
      promptIndex,
      value: milliseconds / fullMilliseconds,
    }));
}

function depthTable(byDepth: ByDepth): TableBlock {
  return {
    kind: 'table',
    name: 'gradient-steps',
    title: 'Cosine and cost of K steps',
    columns: [
      { head: 'K', as: 'text' },
      { head: 'Gradients', as: 'count' },
      { head: 'Cosine', as: 'decimal', hasInterval: true },
      { head: 'Milliseconds', as: 'count' },
      { head: 'Full, milliseconds', as: 'count' },
      { head: 'Share of the full one’s time', as: 'share', hasInterval: true },
    ],
    rows: byDepth.map(([depth, rows]) => [
      depthName(depth, rows),
      rows.length,
      cosineOver(rows),
      finiteMean(rows.map(({ milliseconds }) => milliseconds)),
      finiteMean(rows.map(({ fullMilliseconds }) => fullMilliseconds)),
      estimateOver(costs(rows)),
    ]),
    note: 'Cosine similarity to the gradient through all steps from noise, of the same relaxed prompt; 95 % intervals by the bootstrap over prompts. Times without compiling.',
  };
}

function cosineOver(rows: readonly Row[]) {
  return estimateOver(rows.map(({ promptIndex, cosine }) => ({ promptIndex, value: cosine })));
}

function stepIndexes(rows: readonly Row[]): number[] {
  return [...new Set(rows.map(({ stepIndex }) => stepIndex))].sort((a, b) => a - b);
}

function cosineSeries(name: string, rows: readonly Row[]): ChartSeries {
  const points = stepIndexes(rows).flatMap((x) => {
    const cosine = cosineOver(rows.filter(({ stepIndex }) => stepIndex === x));
    if (cosine === null) return [];
    const [low, high] = cosine.interval ?? [cosine.mean, cosine.mean];
    return [{ x, y: cosine.mean, low, high }];
  });
  return { name, points };
}

function stepTable(byDepth: ByDepth): TableBlock {
  const steps = stepIndexes(byDepth.flatMap(([, rows]) => rows));
  return {
    kind: 'table',
    name: 'cosine-by-step',
    title: 'Mean cosine by step index',
    columns: [
      { head: 'K', as: 'text' },
      ...steps.map((step) => ({ head: `Step ${step}`, as: 'decimal' as const })),
    ],
    rows: byDepth.map(([depth, rows]) => [
      depthName(depth, rows),
      ...steps.map((step) =>
        finiteMean(rows.filter(({ stepIndex }) => stepIndex === step).map(({ cosine }) => cosine)),
      ),
    ]),
  };
}

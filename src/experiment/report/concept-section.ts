/** @file How often the judge finds the prompts' key concepts in the pictures, in the prompt's order. */
import type { MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import { estimateOver, meanOver } from './measured-mean.ts';
import type { ReportSection, Value } from './report-block.ts';
import type { RunRows } from './rows-by-run.ts';

type Hits = readonly (readonly boolean[])[] | undefined;

const SEEDS: readonly { readonly seeds: string; readonly of: (measured: MeasuredPrompts) => Hits }[] = [
  { seeds: 'searched', of: ({ hits }) => hits },
  { seeds: 'held out', of: ({ heldOutHits }) => heldOutHits },
];

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** Undefined where no picture was judged. */
export function conceptSection(runs: readonly RunRows<'study'>[]): ReportSection | undefined {
  const rows = runs.flatMap(({ run, rows: studies }) =>
    SEEDS.flatMap(({ seeds, of }) => hitRows(studies, of).map((row) => [run, seeds, ...row])),
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'Key concepts',
    blocks: [
      {
        kind: 'table',
        name: 'concepts',
        title: 'Hit rate of key concepts',
        columns: [
          { head: 'Run', as: 'text' },
          { head: 'Seeds', as: 'text' },
          { head: 'Concept', as: 'text' },
          { head: 'Prompts', as: 'count' },
          { head: 'Original', as: 'share' },
          { head: 'Best', as: 'share' },
          { head: 'Difference', as: 'points', hasInterval: true },
        ],
        rows,
        note: 'Share of pictures in which the judge, which is no scorer and had no part in the search, finds the concept; concepts in the order in which the prompt names them. Differences in percentage points, with the 95 % interval over prompts.',
      },
    ],
  };
}

/** A row for each place in the prompt, and one for all concepts together. */
function hitRows(rows: readonly StudyRow[], of: (measured: MeasuredPrompts) => Hits): Value[][] {
  const judged = rows.filter(
    ({ original, best }) => rateAt(of(original)) !== null && rateAt(of(best)) !== null,
  );
  if (judged.length === 0) return [];
  const most = judged.reduce((longest, { original }) => Math.max(longest, of(original)![0].length), 0);
  const places = Array.from({ length: Math.min(most, ORDINALS.length) }, (_, at) => at);
  return [
    ...places.map((at) => [ORDINALS[at], ...comparison(judged, of, at)]),
    ['all', ...comparison(judged, of)],
  ];
}

function comparison(
  rows: readonly StudyRow[],
  of: (measured: MeasuredPrompts) => Hits,
  at?: number,
): Value[] {
  const rates = rows.flatMap(({ promptIndex, original, best }) => {
    const [before, after] = [rateAt(of(original), at), rateAt(of(best), at)];
    return before === null || after === null ? [] : [{ promptIndex, before, after }];
  });
  const difference = estimateOver(
    rates.map(({ promptIndex, before, after }) => ({ promptIndex, value: after - before })),
  );
  return [
    difference?.count ?? 0,
    meanOver(rates.map(({ promptIndex, before }) => ({ promptIndex, value: before }))),
    meanOver(rates.map(({ promptIndex, after }) => ({ promptIndex, value: after }))),
    difference,
  ];
}

/** Share of hits of the concept at place `at`, or of all; null where it was not judged. */
function rateAt(hits: Hits, at?: number): number | null {
  const asked = (hits ?? []).flatMap((picture) => (at === undefined ? picture : picture.slice(at, at + 1)));
  return asked.length === 0 ? null : asked.filter(Boolean).length / asked.length;
}

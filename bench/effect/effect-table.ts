/** @file The effect experiment's rows as Markdown tables. */

import { pairedBootstrap } from '../../src/statistics/paired-bootstrap.ts';
import type { ControlRow } from './control-run.ts';
import type { AnyRow } from './effect-rows.ts';
import { type EffectRow, type EffectSettings, type Measure, mean } from './effect-run.ts';

/** One line for each method at two searched seeds, then the control; then the hybrid by number of searched seeds. */
export function effectTables(
  rows: readonly AnyRow[],
  { steps, guidanceScale, heldOutSeeds }: EffectSettings,
): string {
  const searches = rows.filter((row) => row.method !== 'control');
  const controls = rows.filter((row) => row.method === 'control');
  const twoSeeds = searches.filter((row) => row.searchedSeeds === 2);
  const methods = groupBy(twoSeeds, ({ method }) => method);
  const hybrids = groupBy(onSharedPrompts(searches.filter(({ method }) => method === 'hybrid')), (row) =>
    String(row.searchedSeeds),
  );
  const prompts = new Set(rows.map(({ prompt }) => prompt)).size;
  return [
    `${prompts} prompts, ${steps} DDIM steps, guidance ${guidanceScale}, searched on seeds 0 and 1, ${heldOutSeeds.length} held-out seeds:`,
    '',
    methodTable(methods, controls),
    '',
    `By number of searched seeds (hybrid, on the ${hybrids.get('2')?.length ?? 0} prompts that were run with all of them, same settings):`,
    '',
    seedTable(hybrids),
    '',
  ].join('\n');
}

function methodTable(methods: ReadonlyMap<string, EffectRow[]>, controls: readonly ControlRow[]): string {
  const header = [
    '| method | prompts | UNet calls | loss: original → best | change [95 %] | hit rate: original → best | change [95 %] | held-out loss change [95 %] | held-out hit rate change [95 %] | mean candidate’s loss |',
    '|---|---|---|---|---|---|---|---|---|---|',
  ];
  const lines = [...methods].map(([method, rows]) => {
    const cells = [
      method,
      rows.length,
      Math.round(mean(rows.map(({ searchCalls }) => searchCalls))),
      beforeAfter(rows, 'best', 'loss'),
      change(rows, 'original', 'best', 'loss'),
      beforeAfter(rows, 'best', 'hitRate'),
      change(rows, 'original', 'best', 'hitRate'),
      change(rows, 'heldOutOriginal', 'heldOutBest', 'loss'),
      change(rows, 'heldOutOriginal', 'heldOutBest', 'hitRate'),
      mean(rows.map(({ meanCandidateLoss }) => meanCandidateLoss)).toFixed(3),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...header, ...lines, ...controlLines(controls)].join('\n');
}

/** The mean of a few random candidates of each prompt, on the searched seeds. */
function controlLines(rows: readonly ControlRow[]): string[] {
  if (rows.length === 0) return [];
  const cells = [
    'random candidate (not chosen)',
    rows.length,
    '–',
    beforeAfter(rows, 'candidate', 'loss'),
    change(rows, 'original', 'candidate', 'loss'),
    beforeAfter(rows, 'candidate', 'hitRate'),
    change(rows, 'original', 'candidate', 'hitRate'),
    '–',
    '–',
    '–',
  ];
  return [`| ${cells.join(' | ')} |`];
}

function seedTable(hybrids: ReadonlyMap<string, EffectRow[]>): string {
  const header = [
    '| searched seeds | prompts | loss change on them [95 %] | hit rate change on them [95 %] | held-out loss change [95 %] | held-out hit rate change [95 %] |',
    '|---|---|---|---|---|---|',
  ];
  const lines = [...hybrids].map(([seeds, rows]) => {
    const cells = [
      seeds,
      rows.length,
      change(rows, 'original', 'best', 'loss'),
      change(rows, 'original', 'best', 'hitRate'),
      change(rows, 'heldOutOriginal', 'heldOutBest', 'loss'),
      change(rows, 'heldOutOriginal', 'heldOutBest', 'hitRate'),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...header, ...lines].join('\n');
}

type MeasuredRow<Name extends string> = Readonly<Record<Name, Measure>>;

function beforeAfter<After extends string>(
  rows: readonly MeasuredRow<After | 'original'>[],
  after: After,
  what: keyof Measure,
): string {
  return `${mean(rows.map((row) => row.original[what])).toFixed(3)} → ${mean(rows.map((row) => row[after][what])).toFixed(3)}`;
}

function change<Name extends string>(
  rows: readonly MeasuredRow<Name>[],
  before: Name,
  after: Name,
  what: keyof Measure,
): string {
  const { mean: average, interval } = pairedBootstrap(
    rows.map((row) => row[after][what] - row[before][what]),
  );
  return `${signed(average)} [${interval?.map(signed).join(', ') ?? '–'}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function onSharedPrompts(rows: readonly EffectRow[]): EffectRow[] {
  const counts = groupBy(rows, ({ prompt }) => prompt);
  const seedCounts = new Set(rows.map(({ searchedSeeds }) => searchedSeeds)).size;
  return rows.filter(({ prompt }) => counts.get(prompt)!.length === seedCounts);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

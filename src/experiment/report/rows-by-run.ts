/** @file Rows of one kind, run by run in the experiment's order. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, RowKind } from '../experiment-row.ts';

type RowOf<K extends RowKind> = Extract<ExperimentRow, { kind: K }>;

export interface RunRows<K extends RowKind> {
  readonly run: string;
  readonly task: 'improve' | 'attack';
  readonly rows: readonly RowOf<K>[];
}

/** Runs that have rows of `kind`; runs that the definition does not know come last. */
export function rowsByRun<K extends RowKind>(
  { runs }: ExperimentDefinition,
  rows: readonly ExperimentRow[],
  kind: K,
): RunRows<K>[] {
  const byRun = new Map<string, RowOf<K>[]>(runs.map(({ name }) => [name, []]));
  for (const row of rows) {
    if (row.kind !== kind) continue;
    const known = byRun.get(row.run);
    if (known) known.push(row as RowOf<K>);
    else byRun.set(row.run, [row as RowOf<K>]);
  }
  return [...byRun]
    .filter(([, own]) => own.length > 0)
    .map(([run, own]) => ({ run, task: taskOf(runs, run), rows: own }));
}

function taskOf(runs: ExperimentDefinition['runs'], name: string): 'improve' | 'attack' {
  return runs.find((run) => run.name === name)?.task ?? 'improve';
}

/** An option of a run, over the experiment's own. */
export function optionOf({ runs, options }: ExperimentDefinition, run: string, option: string): unknown {
  return runs.find(({ name }) => name === run)?.options[option] ?? options[option];
}

/** The job that a row is of. */
interface PairedRow {
  readonly promptIndex: number;
  readonly searchSeed: number;
}

/** What tells a job of one run from those of the others: the same prompt and search seed are compared. */
export function pairKey({ promptIndex, searchSeed }: PairedRow): string {
  return `${promptIndex} ${searchSeed}`;
}

/** Rows of two runs that belong to the same prompt and search seed. */
export function rowPairs<First extends PairedRow, Second extends PairedRow>(
  first: readonly First[],
  second: readonly Second[],
): (readonly [First, Second])[] {
  const others = new Map(second.map((row) => [pairKey(row), row]));
  return first.flatMap((row) => {
    const other = others.get(pairKey(row));
    return other ? [[row, other] as const] : [];
  });
}

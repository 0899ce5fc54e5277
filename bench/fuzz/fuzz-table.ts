/** @file What became of the cases, target by target. */
import type { CaseResult } from './fuzz-case.ts';

/** A row of the table, and of its last line. */
interface Row {
  cases: number;
  accepted: number;
  refused: number;
  failed: number;
  slowest: { readonly ms: number; readonly cpuMs: number; readonly index: number };
  bufferRatio: number;
  heapRatio: number;
}

export class FuzzTable {
  readonly #rows = new Map<string, Row>();

  add(result: CaseResult): void {
    this.#count(this.#row(result.target), result);
  }

  /** A case that never gave a result. */
  addLost(target: string): void {
    const row = this.#row(target);
    row.cases++;
    row.failed++;
  }

  get failed(): number {
    return this.#total().failed;
  }

  get cases(): number {
    return this.#total().cases;
  }

  /** Markdown, the targets in the order of `names`, totals last. */
  lines(names: readonly string[]): string[] {
    const rows = names.flatMap((name) => {
      const row = this.#rows.get(name);
      return row ? [line(name, row)] : [];
    });
    return [
      '| target | cases | accepted | refused | failed | worst time, processor | clock | in case | largest request / file | heap / file |',
      '|---|---|---|---|---|---|---|---|---|---|',
      ...rows,
      line('total', this.#total()),
    ];
  }

  #row(target: string): Row {
    const row = this.#rows.get(target) ?? emptyRow();
    this.#rows.set(target, row);
    return row;
  }

  #count(row: Row, { index, outcome, ms, cpuMs, bufferRatio, heapRatio, problem }: CaseResult): void {
    row.cases++;
    if (problem !== null) row.failed++;
    else row[outcome]++;
    if (cpuMs > row.slowest.cpuMs) row.slowest = { ms, cpuMs, index };
    row.bufferRatio = Math.max(row.bufferRatio, bufferRatio);
    row.heapRatio = Math.max(row.heapRatio, heapRatio ?? 0);
  }

  #total(): Row {
    const total = emptyRow();
    for (const row of this.#rows.values()) {
      total.cases += row.cases;
      total.accepted += row.accepted;
      total.refused += row.refused;
      total.failed += row.failed;
      if (row.slowest.cpuMs > total.slowest.cpuMs) total.slowest = row.slowest;
      total.bufferRatio = Math.max(total.bufferRatio, row.bufferRatio);
      total.heapRatio = Math.max(total.heapRatio, row.heapRatio);
    }
    return total;
  }
}

function emptyRow(): Row {
  return {
    cases: 0,
    accepted: 0,
    refused: 0,
    failed: 0,
    slowest: { ms: 0, cpuMs: 0, index: -1 },
    bufferRatio: 0,
    heapRatio: 0,
  };
}

function line(name: string, row: Row): string {
  const { ms, cpuMs, index } = row.slowest;
  const ratios = [row.bufferRatio, row.heapRatio].map((ratio) => (ratio === 0 ? '0' : ratio.toFixed(2)));
  const counts = [row.cases, row.accepted, row.refused, row.failed].map((count) =>
    count.toLocaleString('en-US'),
  );
  return `| ${[name, ...counts, `${cpuMs.toFixed(0)} ms`, `${ms.toFixed(0)} ms`, String(index), ...ratios].join(' | ')} |`;
}

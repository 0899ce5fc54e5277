/** @file Figure 6, statement by statement: who is ahead at a low budget, who plateaus, who is best at the end. */
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { StudyRow } from '../experiment-row.ts';
import { estimateOver } from './measured-mean.ts';
import { optionOf, type RunRows, rowPairs } from './rows-by-run.ts';
import { bestLossAt, mostSpent } from './search-course.ts';
import { type Claim, type Clause, clauseOf, type Verdict, verdictOf } from './verdict.ts';

type Method = 'random' | 'evolution' | 'gradient' | 'hybrid';

/** Rows by method, losses with the task's sign: lower is better. */
type MethodRows = Readonly<Partial<Record<Method, readonly StudyRow[]>>>;

/** The first run of each method. */
function methodRows(definition: ExperimentDefinition, runs: readonly RunRows<'study'>[]): MethodRows {
  const byMethod: Partial<Record<Method, readonly StudyRow[]>> = {};
  for (const { run, rows } of runs) {
    const method = (optionOf(definition, run, 'method') ?? 'hybrid') as Method;
    byMethod[method] ??= rows;
  }
  return byMethod;
}

/**
 * The paper's three statements. A low budget is a quarter of what the shortest run spent. Gradient search plateaus where it gains less than
 * evolution in the second half of that. The hybrid is best where it is ahead of each other method at the end.
 */
export function budgetVerdict(definition: ExperimentDefinition, runs: readonly RunRows<'study'>[]): Verdict {
  const methods = methodRows(definition, runs);
  const end = runs.length === 0 ? 0 : Math.min(...runs.map(({ rows }) => mostSpent(rows, 'spent')));
  return verdictOf([
    earlyLead(methods, end),
    plateau(methods, end),
    ...(['random', 'evolution', 'gradient'] as const).map((method) => finalLead(methods, method, end)),
  ]);
}

function earlyLead({ gradient, evolution }: MethodRows, end: number): Clause {
  const claim: Claim = {
    claim: 'at a low budget gradient search is ahead of evolution',
    what: `gradient minus evolution at ${shortNumber(end / 4)} evaluations`,
    ...{ wanted: 'below', as: 'difference' },
  };
  return clauseOf(claim, gradient && evolution ? signedDifference(gradient, evolution, end / 4) : null);
}

function plateau({ gradient, evolution }: MethodRows, end: number): Clause {
  const claim: Claim = {
    claim: 'gradient search plateaus: evolution gains more in the second half',
    what: `what evolution gains from ${shortNumber(end / 2)} to ${shortNumber(end)} evaluations, less what gradient search gains`,
    ...{ wanted: 'above', as: 'difference' },
  };
  if (!gradient || !evolution) return clauseOf(claim, null);
  const gain = (row: StudyRow) => valueAt(row, end / 2) - valueAt(row, end);
  const pairs = rowPairs(evolution, gradient);
  const differences = pairs.map(([first, second]) => ({
    promptIndex: first.promptIndex,
    value: gain(first) - gain(second),
  }));
  return clauseOf(claim, estimateOver(differences));
}

function finalLead(methods: MethodRows, other: Exclude<Method, 'hybrid'>, end: number): Clause {
  const claim: Claim = {
    claim: `at the end the hybrid is ahead of ${NAMES[other]}`,
    what: `hybrid minus ${other} at ${shortNumber(end)} evaluations`,
    ...{ wanted: 'below', as: 'difference' },
  };
  const [hybrid, rows] = [methods.hybrid, methods[other]];
  return clauseOf(claim, hybrid && rows ? signedDifference(hybrid, rows, end) : null);
}

const NAMES = { random: 'random search', evolution: 'evolution', gradient: 'gradient search' };

/** Difference of the best losses themselves, first minus second, when both had spent so many evaluations. */
export function differenceAt(
  first: readonly StudyRow[],
  second: readonly StudyRow[],
  amount: number,
): BootstrapInterval | null {
  return estimateOver(
    rowPairs(first, second).map(([ours, theirs]) => ({
      promptIndex: ours.promptIndex,
      value: lossAt(ours, amount) - lossAt(theirs, amount),
    })),
  );
}

/** The same with attacks reversed: below 0 the first is ahead. */
function signedDifference(first: readonly StudyRow[], second: readonly StudyRow[], amount: number) {
  return estimateOver(
    rowPairs(first, second).map(([ours, theirs]) => ({
      promptIndex: ours.promptIndex,
      value: valueAt(ours, amount) - valueAt(theirs, amount),
    })),
  );
}

function valueAt(row: StudyRow, amount: number): number {
  return (row.task === 'attack' ? -1 : 1) * lossAt(row, amount);
}

function lossAt(row: StudyRow, amount: number): number {
  return bestLossAt(row, 'spent', amount) ?? Number.NaN;
}

function shortNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

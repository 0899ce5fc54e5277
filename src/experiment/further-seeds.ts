/** @file Seeds of pictures beyond those that an experiment names, for `best-of-seeds`; like all seeds they have 32 bits. */
import { MAX_SEED } from '../diffusion/check-seed.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { parametersOf } from './run-parameters.ts';

/** Each search seed has a range of its own, apart from held-out seeds and from each other. */
const SEED_RANGE = 100_000;

/** The seed of place `index` in the range of a search seed. */
export function furtherSeed(searchSeed: number, index: number): number {
  return SEED_RANGE * (searchSeed + 1) + index;
}

/** Throws what `error` makes of the sentence that says what is wrong. */
export function checkFurtherSeeds(
  { runs, searchSeeds }: Pick<ExperimentDefinition, 'runs' | 'searchSeeds'>,
  error: (problem: string) => Error,
): void {
  const largest = Math.max(...searchSeeds);
  for (const run of runs) {
    if (run.kind !== 'best-of-seeds') continue;
    const { seeds } = parametersOf('best-of-seeds', run);
    if (furtherSeed(largest, seeds - 1) <= MAX_SEED) continue;
    const most = Math.floor((MAX_SEED - seeds + 1) / SEED_RANGE) - 1;
    const problem = `the run "${run.name}" takes ${seeds} seeds from a range that the search seed decides, and those of ${largest} are beyond 2^32 − 1.`;
    throw error(
      most < 0 ? `${problem} Give fewer seeds.` : `${problem} Give search seeds of at most ${most}.`,
    );
  }
}

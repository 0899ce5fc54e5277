/** @file Seeds as people read them. */

/** Three in a row and more are written as a range. */
const MIN_RANGE = 3;

/** `seed 7`, `seeds 0, 1`, `seeds 2–31, 40`; in the order in which they are given. */
export function seedText(seeds: readonly number[]): string {
  const runs: number[][] = [];
  for (const seed of seeds) {
    const run = runs.at(-1);
    if (run && seed === run.at(-1)! + 1) run.push(seed);
    else runs.push([seed]);
  }
  const parts = runs.map((run) => (run.length < MIN_RANGE ? run.join(', ') : `${run[0]}–${run.at(-1)}`));
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${parts.join(', ')}`;
}

/** @file Prompts that were chosen because they fail regress to the mean: only seeds that had no part in the choice tell what a search brings. */
import { DEFAULT_SEEDS, studySeeds } from '../study/resolve-study-options.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';

/** Seeds that an experiment's hard prompts are chosen by. */
export function choiceSeeds({ hard, options }: ExperimentDefinition): readonly number[] {
  return hard?.seeds ?? (options.seeds as readonly number[] | undefined) ?? DEFAULT_SEEDS;
}

/** Throws what `error` makes of the sentence that says what is wrong. */
export function checkHeldOutSeeds(definition: ExperimentDefinition, error: (problem: string) => Error): void {
  if (!definition.hard) return;
  const chosenBy = choiceSeeds(definition);
  for (const { name, kind, options } of definition.runs) {
    if (kind !== 'study') continue;
    const given = { ...definition.options, ...options } as Parameters<typeof studySeeds>[0];
    const shared = studySeeds(given).heldOutSeeds.filter((seed) => chosenBy.includes(seed));
    if (shared.length === 0) continue;
    throw error(
      `hard prompts are chosen by their pictures on the seeds ${chosenBy.join(', ')}, so the run "${name}" cannot hold out ${shared.join(', ')}: those pictures had a part in the choice. Give other heldOutSeeds.`,
    );
  }
}

/** @file Prompts × runs × search seeds as jobs. Those of one prompt follow each other: they share pictures that the store keeps. */
import { DEFAULT_STEPS } from '../diffusion/schedulers/scheduler-settings.ts';
import type { ExperimentDefinition, ExperimentRun } from './experiment-definition.ts';
import type { ExperimentJob } from './experiment-job.ts';
import { parametersOf } from './run-parameters.ts';

/** What a run measures apart from other jobs of the same prompt and seed. */
type JobPart = Pick<ExperimentJob, 'stepIndex' | 'gradientSteps'>;

export function expandJobs(definition: ExperimentDefinition, prompts: readonly string[]): ExperimentJob[] {
  const { runs, searchSeeds } = definition;
  const parts = new Map(runs.map((run) => [run.name, partsOf(run, definition)]));
  return prompts.flatMap((prompt, promptIndex) =>
    runs.flatMap(({ name }) =>
      searchSeeds.flatMap((searchSeed) =>
        parts.get(name)!.map((part) => {
          const job = { run: name, promptIndex, prompt, searchSeed, ...part };
          return { key: keyOf(job), ...job };
        }),
      ),
    ),
  );
}

function partsOf(run: ExperimentRun, { options }: ExperimentDefinition): readonly JobPart[] {
  if (run.kind === 'gradient-norm') {
    const steps = (run.options.steps ?? options.steps ?? DEFAULT_STEPS) as number;
    const { stepIndexes = range(steps) } = parametersOf(run.kind, run);
    return stepIndexes.map((stepIndex) => ({ stepIndex }));
  }
  if (run.kind !== 'gradient-agreement') return [{}];
  return parametersOf(run.kind, run).gradientSteps.map((gradientSteps) => ({ gradientSteps }));
}

function keyOf({
  promptIndex,
  run,
  searchSeed,
  stepIndex,
  gradientSteps,
}: Omit<ExperimentJob, 'key'>): string {
  const parts = [`p${String(promptIndex).padStart(3, '0')}`, run, `s${searchSeed}`];
  if (stepIndex !== undefined) parts.push(`t${stepIndex}`);
  if (gradientSteps !== undefined) parts.push(`k${gradientSteps}`);
  return parts.join('/');
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

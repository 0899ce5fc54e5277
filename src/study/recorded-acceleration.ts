/** @file How a search's pictures are made cheaper than exact ones, as artifacts record it and as options ask for it again. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import { NO_ACCELERATION } from './resolve-acceleration.ts';
import type { ResolvedStudyOptions } from './resolve-study-options.ts';
import type { StepCounts } from './search-costs.ts';
import { evaluationCosts } from './search-costs.ts';
import type { RecordedAcceleration } from './study-event.ts';

type Searched = Pick<ResolvedStudyOptions, 'settings' | 'searchSettings' | 'acceleration'>;

/** Guided steps of the search's pictures and of exact ones. */
export function stepCounts(pipeline: Pipeline, { settings, searchSettings }: Searched): StepCounts {
  const stepsOf = (of: typeof settings) => pipeline.scheduler(of).steps.length;
  return { search: stepsOf(searchSettings), exact: stepsOf(settings) };
}

/** Undefined for the paper's procedure. */
export function recordedAcceleration(
  pipeline: Pipeline,
  options: Searched,
): RecordedAcceleration | undefined {
  const { acceleration, searchSettings } = options;
  const { gradientRefresh, looks, prefix, positiveFrom, confirm } = acceleration;
  const isPlain = looks.length === 0 && prefix === 0 && positiveFrom === 0 && confirm === 0;
  if (isPlain && gradientRefresh === NO_ACCELERATION.gradientRefresh) return undefined;
  const { name, steps } = pipeline.scheduler(searchSettings);
  return {
    ...acceleration,
    gradientRefresh: Number.isFinite(gradientRefresh) ? gradientRefresh : 'never',
    steps: searchSettings.steps,
    scheduler: searchSettings.scheduler,
    sampler: name,
    guidedSteps: steps.length,
    costs: evaluationCosts(stepCounts(pipeline, options), acceleration),
  };
}

/** The command line's options that ask for it again. */
export function accelerationArguments(
  recorded: RecordedAcceleration | undefined,
  exact: { readonly steps: number; readonly scheduler: string },
): string[] {
  if (recorded === undefined) return [];
  const { gradientRefresh, looks, raceKeep, steps, scheduler, confirm, prefix, positiveFrom } = recorded;
  return [
    ...(gradientRefresh === 1 ? [] : ['--gradient-refresh', String(gradientRefresh)]),
    ...(looks.length === 0 ? [] : ['--race-at', looks.join(','), '--race-keep', String(raceKeep)]),
    ...(steps === exact.steps ? [] : ['--search-steps', String(steps)]),
    ...(scheduler === exact.scheduler ? [] : ['--search-scheduler', scheduler]),
    ...(prefix === 0 ? [] : ['--share-prefix', String(prefix)]),
    ...(positiveFrom === 0 ? [] : ['--share-positive', String(positiveFrom)]),
    ...(confirm === 0 ? [] : ['--confirm', String(confirm)]),
  ];
}

/** For people: a clause for each short cut. */
export function accelerationTexts(recorded: RecordedAcceleration): string[] {
  const {
    gradientRefresh,
    looks,
    raceKeep,
    steps,
    sampler,
    confirm,
    confirmsOriginal,
    prefix,
    positiveFrom,
  } = recorded;
  const percent = `${Math.round(100 * raceKeep)} %`;
  return [
    ...(confirmsOriginal ? [`the search's pictures take ${steps} steps of ${sampler}`] : []),
    ...(gradientRefresh === 'never' ? ["gradients at the original's latents"] : []),
    ...(typeof gradientRefresh === 'number' && gradientRefresh > 1
      ? [`${gradientRefresh} gradients at one sampling's latents`]
      : []),
    ...(looks.length > 0 ? [`races: ${percent} go on after step ${looks.join(', ')}`] : []),
    ...(prefix > 0 ? [`the first ${prefix} steps are the original's`] : []),
    ...(positiveFrom > 0 ? [`the positive branch is the original's before step ${positiveFrom}`] : []),
    ...(confirm > 0 ? [`the best ${confirm} are confirmed with exact pictures`] : []),
  ];
}

/** @file How a search's pictures are made cheaper than exact ones, as artifacts record it. */
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

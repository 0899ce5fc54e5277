/** @file The settings of a pipeline's pictures as every artifact records them. */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { placeOf } from './execution-text.ts';
import type { PictureSettings } from './recorded-settings.ts';
import { scorerSettings } from './scorer-settings.ts';

/** `settings` with the names of model, adapters, scorer and sampler, and where it is computed. */
export function pictureSettings(pipeline: Pipeline, settings: SamplingSettings): PictureSettings {
  const { name, steps } = pipeline.scheduler(settings);
  const { name: model, loras } = pipeline.model;
  return {
    model,
    ...(loras && { loras }),
    ...scorerSettings(pipeline),
    sampler: name,
    guidedSteps: steps.length,
    ...settings,
    ...placeOf(pipeline.execution),
  };
}

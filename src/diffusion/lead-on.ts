/** @file Leads pictures that stand at the same step on together, from wherever they are. */
import { invariant } from '../errors.ts';
import { concatRows, rowsOf, stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { combineConditionings } from './conditioning.ts';
import { type GuidedInputs, guide } from './denoiser.ts';
import { PictureSampling, type PictureSamplingParts } from './picture-sampling.ts';
import type { Pipeline, SampleRequest, SamplingSettings } from './pipeline.ts';
import type { Scheduler } from './schedulers/scheduler.ts';
import { timeIdsOf } from './size-conditioning.ts';
import { stepNoise } from './step-noise.ts';

export interface LeadOnOptions {
  readonly settings: SamplingSettings;
  /** Index of the step that is not taken any more; the number of `Scheduler.steps` for all. */
  readonly until: number;
  /** Aborts between two steps, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step of a batch, with the UNet calls that it took: one a picture, half a one where the positive branch is shared. */
  readonly onStep?: ((unetCalls: number) => void) | undefined;
}

type Kept = Pick<PictureSamplingParts, 'keepsSteps' | 'keepsPositive'>;

/** The picture of `request` before its first step. @throws {DpoError} INVALID_OPTION for a seed outside its range */
export async function startPicture(
  pipeline: Pipeline,
  { prompt, negativePrompt = '', seed }: SampleRequest,
  settings: SamplingSettings,
  kept: Kept = {},
): Promise<PictureSampling> {
  const prompts = {
    positive: await pipeline.text.encode(prompt),
    negative: await pipeline.text.encode(negativePrompt, 'negative'),
  };
  return startWith(pipeline, { prompts, seed }, settings, kept);
}

/** The same with prompts that are conditionings already. */
export function startWith(
  pipeline: Pipeline,
  { prompts, seed }: Pick<PictureSamplingParts, 'prompts'> & { readonly seed: number },
  settings: SamplingSettings,
  kept: Kept = {},
): PictureSampling {
  const { latents, generator } = pipeline.initialLatents(seed, settings);
  const run = pipeline.scheduler(settings).start(latents.data);
  return new PictureSampling({ shape: latents.shape, run, generator, prompts, ...kept });
}

/** Denoises `pictures`, which stand at the same step, to step `until` (exclusive), as many at once as are worth it. */
export async function leadOn(
  pipeline: Pipeline,
  pictures: readonly PictureSampling[],
  options: LeadOnOptions,
): Promise<void> {
  const size = pipeline.batchSize(options.settings);
  for (let start = 0; start < pictures.length; start += size)
    await leadBatch(pipeline, pictures.slice(start, start + size), options);
}

async function leadBatch(
  pipeline: Pipeline,
  pictures: readonly PictureSampling[],
  { settings, until, signal, onStep }: LeadOnOptions,
): Promise<void> {
  const [{ index }] = pictures;
  invariant(
    pictures.every((picture) => picture.index === index),
    'pictures at different steps were led on together',
  );
  for (let step = index; step < until; step++) {
    const sharing = pictures.filter(({ sharedPositive }) => sharedPositive?.has(step));
    const whole = pictures.filter((picture) => !sharing.includes(picture));
    for (const group of [whole, sharing]) {
      if (group.length === 0) continue;
      signal?.throwIfAborted();
      const unetCalls = await takeStep(pipeline, group, settings, group === sharing);
      onStep?.(unetCalls);
    }
  }
}

/** One step of a batch; gives the UNet calls that it took. */
async function takeStep(
  pipeline: Pipeline,
  pictures: readonly PictureSampling[],
  settings: SamplingSettings,
  isShared: boolean,
): Promise<number> {
  const scheduler = pipeline.scheduler(settings);
  const [{ index, shape }] = pictures;
  const inputs = guidedInputs(scheduler, pictures, settings);
  const { output, positive } = isShared
    ? await withSharedPositive(pipeline, pictures, inputs, settings.guidanceScale)
    : await withBothBranches(pipeline, pictures, inputs, settings.guidanceScale);
  const outputs = floatTensor(inputs.sample.shape, output);
  for (const [row, picture] of pictures.entries()) {
    const own = rowsOf(outputs, row, row + 1).data;
    picture.advance({
      output: own,
      estimate: scheduler.original(index, picture.run.sample, own),
      noise: () => stepNoise(scheduler, index, shape, [picture.generator]),
      positive: positive && rowsOf(positive, row, row + 1).data.slice(),
    });
  }
  return isShared ? pictures.length / 2 : pictures.length;
}

interface GuidedOutput {
  readonly output: Float32Array;
  /** Of the positive branch, where somebody keeps it. */
  readonly positive?: FloatTensor;
}

async function withBothBranches(
  { denoiser }: Pipeline,
  pictures: readonly PictureSampling[],
  inputs: GuidedInputs,
  guidanceScale: number,
): Promise<GuidedOutput> {
  if (guidanceScale === 1 || !pictures.some(({ keepsPositive }) => keepsPositive))
    return { output: await denoiser.guided(inputs, guidanceScale) };
  const { positive, negative } = await denoiser.branches(inputs);
  return { output: guide(positive.data, negative.data, guidanceScale), positive };
}

async function withSharedPositive(
  { denoiser }: Pipeline,
  pictures: readonly PictureSampling[],
  { positive: _, negative, ...state }: GuidedInputs,
  guidanceScale: number,
): Promise<GuidedOutput> {
  const known = pictures.map(({ sharedPositive, index, shape }) =>
    floatTensor(shape, sharedPositive!.get(index)!),
  );
  const output = await denoiser.branch({ ...state, ...negative });
  return { output: guide(concatRows(known).data, output.data, guidanceScale) };
}

function guidedInputs(
  scheduler: Scheduler,
  pictures: readonly PictureSampling[],
  settings: SamplingSettings,
): GuidedInputs {
  const [{ index }] = pictures;
  const timeIds = timeIdsOf(settings);
  const prompts = (branch: 'positive' | 'negative') =>
    combineConditionings(
      pictures.map((picture) => picture.prompts[branch]),
      stack,
    );
  return {
    sample: concatRows(pictures.map(({ shape, run }) => floatTensor(shape, run.input))),
    timestep: scheduler.steps[index].timestep,
    positive: prompts('positive'),
    negative: prompts('negative'),
    ...(timeIds && { timeIds }),
  };
}

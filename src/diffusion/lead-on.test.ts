import { afterAll, describe, expect, it } from 'vitest';
import { STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { loadPipeline } from '../study/load-pipeline.ts';
import { leadOn, startPicture } from './lead-on.ts';
import type { PictureSampling } from './picture-sampling.ts';
import { SCHEDULER_NAMES, type SchedulerName } from './schedulers/scheduler-names.ts';
import { shortcutGradient } from './shortcut-gradient.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const REQUESTS = [
  { prompt: STUDY_PROMPT, negativePrompt: 'green', seed: 3 },
  { prompt: STUDY_PROMPT, negativePrompt: '', seed: 4 },
];
const settingsOf = (scheduler: SchedulerName = 'ddim', steps = 5) =>
  pipeline.settings({ steps, scheduler, guidanceScale: 5, ...(scheduler === 'ddim' && { eta: 0.5 }) });
const bits = (pictures: readonly PictureSampling[]) => pictures.map(({ latents }) => [...latents.data]);
const start = (settings: ReturnType<typeof settingsOf>, kept = {}) =>
  Promise.all(REQUESTS.map((request) => startPicture(pipeline, request, settings, kept)));

/** Led through in one go, one picture at a time. */
async function through(settings: ReturnType<typeof settingsOf>): Promise<number[][]> {
  const pictures = await start(settings);
  const until = pipeline.scheduler(settings).steps.length;
  for (const picture of pictures) await leadOn(pipeline, [picture], { settings, until });
  return bits(pictures);
}

describe('a picture that is led on from the middle', () => {
  it.each(SCHEDULER_NAMES)('with %s is bit for bit that which was led through', async (scheduler) => {
    const settings = settingsOf(scheduler);
    const whole = await through(settings);
    const until = pipeline.scheduler(settings).steps.length;
    const kept = await start(settings, { keepsSteps: true });
    await leadOn(pipeline, kept, { settings, until: 2 });
    const others = kept.map((picture) => picture.copy());
    await leadOn(pipeline, kept, { settings, until });
    expect(bits(kept)).toEqual(whole);
    // Copies were not moved, and neither were steps that are gone back to.
    await leadOn(pipeline, others, { settings, until });
    expect(bits(others)).toEqual(whole);
    for (const index of [0, 1, 3]) {
      const back = kept.map((picture) => picture.at(index));
      expect(back.map((picture) => picture.index)).toEqual([index, index]);
      await leadOn(pipeline, back, { settings, until });
      expect(bits(back)).toEqual(whole);
    }
  });

  it('ends in the latents that the pipeline samples', async () => {
    const settings = settingsOf('dpm++2m');
    const [latents] = await through(settings);
    const [{ seed, prompt, negativePrompt }] = REQUESTS;
    const { latents: noise, generator } = pipeline.initialLatents(seed, settings);
    const [positive, negative] = [
      await pipeline.text.encode(prompt),
      await pipeline.text.encode(negativePrompt, 'negative'),
    ].map(({ context }) => ({ context: { ...context, shape: [1, ...context.shape] } }));
    const sampled = await pipeline.sample(
      { latents: noise, positive, negative },
      { settings, until: 5, generators: [generator] },
    );
    expect([...sampled.data]).toEqual(latents);
  });

  it('estimates after the last step of Euler what the picture is', async () => {
    const settings = settingsOf('euler', 4);
    const [picture] = await start(settings);
    expect(picture.estimate).toBeUndefined();
    await leadOn(pipeline, [picture], { settings, until: 4 });
    const difference = picture.estimate!.data.map((value, i) => Math.abs(value - picture.latents.data[i]));
    expect(Math.max(...difference)).toBeLessThan(1e-5);
    expect(picture.estimate!.shape).toEqual(picture.latents.shape);
  });

  it('is refused beside one at another step', async () => {
    const settings = settingsOf();
    const [one, other] = await start(settings);
    await leadOn(pipeline, [one], { settings, until: 1 });
    await expect(leadOn(pipeline, [one, other], { settings, until: 2 })).rejects.toThrow(/different steps/);
    expect(() => one.at(0)).toThrow(/was not kept/);
  });
});

describe('a shared positive branch', () => {
  it('is half a call a step, and changes nothing where the latents are the same', async () => {
    const settings = settingsOf();
    const originals = await start(settings, { keepsPositive: true });
    await leadOn(pipeline, originals, { settings, until: 5 });
    const calls: number[] = [];
    const before = pipeline.denoiser.calls;
    const fresh = await start(settings);
    const sharing = fresh.map((picture, i) => {
      const few = new Map([...originals[i].positiveOutputs].filter(([step]) => step < 3));
      return picture.copy({ sharedPositive: few });
    });
    await leadOn(pipeline, sharing, { settings, until: 5, onStep: (unetCalls) => calls.push(unetCalls) });
    expect(bits(sharing)).toEqual(bits(originals));
    expect(calls).toEqual([1, 1, 1, 2, 2]);
    expect(pipeline.denoiser.calls - before).toBe(7);
  });

  it('is exact for another negative prompt at its first step alone', async () => {
    const settings = pipeline.settings({ steps: 4, guidanceScale: 5 });
    const [original] = await start(settings, { keepsPositive: true });
    await leadOn(pipeline, [original], { settings, until: 4 });
    const request = { ...REQUESTS[0], negativePrompt: 'dog' };
    const exact = await startPicture(pipeline, request, settings);
    const ends: number[][] = [];
    for (const until of [0, 1, 4]) {
      const few = new Map([...original.positiveOutputs].filter(([step]) => step < until));
      const picture = exact.copy({ sharedPositive: few });
      await leadOn(pipeline, [picture], { settings, until: 4 });
      ends.push([...picture.latents.data]);
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).not.toEqual(ends[0]);
  });
});

describe('a gradient at kept latents', () => {
  it.each(['ddim', 'dpm++2m', 'unipc', 'euler-ancestral', 'pndm'] as const)(
    'with %s is that of a sampling which came there by itself',
    async (scheduler) => {
      const settings = settingsOf(scheduler);
      const kept = await start(settings, { keepsSteps: true });
      await leadOn(pipeline, kept, { settings, until: 4 });
      const starts = REQUESTS.map(({ seed }) => pipeline.initialLatents(seed, settings));
      const joined = (branch: 'positive' | 'negative') => {
        const contexts = kept.map(({ prompts }) => prompts[branch].context);
        const data = Float32Array.from(contexts.flatMap(({ data }) => [...data]));
        return { context: { ...contexts[0], shape: [2, ...contexts[0].shape], data } };
      };
      const request = {
        state: {
          latents: {
            ...starts[0].latents,
            shape: [2, ...starts[0].latents.shape.slice(1)],
            data: Float32Array.from(starts.flatMap(({ latents }) => [...latents.data])),
          },
          positive: joined('positive'),
          negative: joined('negative'),
        },
        settings,
        stepIndex: 2,
        gradientSteps: 2,
        searched: ['negative' as const],
        target: STUDY_PROMPT,
        generators: starts.map(({ generator }) => generator),
      };
      const calls: number[] = [];
      const [fresh, reused] = [
        await shortcutGradient(pipeline, request),
        await shortcutGradient(pipeline, {
          ...request,
          generators: [],
          start: kept.map((picture) => picture.at(2)),
          onUnetCall: (pictures) => calls.push(pictures),
        }),
      ];
      expect(reused.loss).toBe(fresh.loss);
      expect([...reused.gradients.negative!.context.data]).toEqual([
        ...fresh.gradients.negative!.context.data,
      ]);
      // Two steps there; on the way back both branches of the last, and the searched one of the first.
      expect(calls).toEqual([2, 2, 2, 2, 2]);
    },
  );
});

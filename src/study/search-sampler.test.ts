import { afterAll, describe, expect, it } from 'vitest';
import { STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { Acceleration } from './acceleration-options.ts';
import { loadPipeline } from './load-pipeline.ts';
import { NO_ACCELERATION } from './resolve-acceleration.ts';
import { SearchSampler } from './search-sampler.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const STEPS = 6;
const settings = pipeline.settings({ steps: STEPS, guidanceScale: 5, scheduler: 'dpm++2m' });
const original = { prompt: STUDY_PROMPT, negativePrompt: '' };
const originals = [1, 2].map((seed) => ({ ...original, seed }));
const requests = [1, 2].map((seed) => ({ prompt: STUDY_PROMPT, negativePrompt: 'dog', seed }));
const others = [1, 2].map((seed) => ({ prompt: STUDY_PROMPT, negativePrompt: 'green', seed }));

function samplerOf(acceleration: Partial<Acceleration>, of = settings) {
  const options = { settings: of, original, acceleration: { ...NO_ACCELERATION, ...acceleration } };
  const sampler = new SearchSampler(pipeline, options);
  let calls = 0;
  const at = (look: number | null) => ({
    look,
    onStep: (unetCalls: number) => {
      calls += unetCalls;
    },
  });
  return { sampler, at, calls: () => calls };
}

const bits = (latents: FloatTensor) => [...latents.data];
const distance = (a: readonly number[], b: readonly number[]) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);
const exact = async (wanted: typeof requests, of = settings) =>
  bits(await samplerOf({}, of).sampler.latents(wanted, { look: null }));

describe('pictures of a race', () => {
  it.each(['dpm++2m', 'euler-ancestral'] as const)(
    'of %s that went on from their looks are bit for bit those that were sampled through',
    async (scheduler) => {
      const of = pipeline.settings({ steps: STEPS, guidanceScale: 5, scheduler });
      const { sampler, at, calls } = samplerOf({ looks: [2, 4] }, of);
      const [first, second] = [
        bits(await sampler.latents(requests, at(0))),
        bits(await sampler.latents(requests, at(1))),
      ];
      expect(calls()).toBe(2 * 4);
      const whole = bits(await sampler.latents(requests, at(null)));
      expect(calls()).toBe(2 * STEPS);
      expect(whole).toEqual(await exact(requests, of));
      expect(distance(second, whole)).toBeLessThan(distance(first, whole));
    },
  );

  it('are sampled again where they are no more in memory, and counted once', async () => {
    const { sampler, at, calls } = samplerOf({ looks: [2] });
    const look = bits(await sampler.latents(requests, at(0)));
    const fresh = samplerOf({ looks: [2] });
    const whole = bits(await fresh.sampler.latents(requests, fresh.at(null)));
    expect(fresh.calls()).toBe(2 * (STEPS - 2));
    expect([calls(), sampler.callsOf(requests[0], 0), sampler.callsOf(requests[0], null)]).toEqual([4, 2, 4]);
    expect(whole).toEqual(await exact(requests));
    expect(bits(await fresh.sampler.latents(requests, at(0)))).toEqual(look);
  });

  it('may stand at different steps', async () => {
    const { sampler, at, calls } = samplerOf({ looks: [3] });
    await sampler.latents(requests, at(0));
    const whole = bits(await sampler.latents([...others, ...requests], { look: null }));
    expect(whole).toEqual(await exact([...others, ...requests]));
    expect(calls()).toBe(6);
  });
});

describe('pictures with a shared prefix', () => {
  it('cost its steps once for each seed, with the original, which stays exact', async () => {
    const { sampler, at, calls } = samplerOf({ prefix: 2 });
    expect(bits(await sampler.latents(originals, at(null)))).toEqual(await exact(originals));
    expect(calls()).toBe(2 * STEPS);
    const shared = bits(await sampler.latents(requests, at(null)));
    expect(calls()).toBe(2 * STEPS + 2 * (STEPS - 2));
    expect(sampler.callsOf(requests[0], null)).toBe(STEPS - 2);
    // Other pictures, nearer to the original's than the exact ones are.
    const [whole, start] = [await exact(requests), await exact(originals)];
    expect(distance(shared, whole)).toBeGreaterThan(0);
    expect(distance(shared, start)).toBeLessThan(distance(whole, start));
    expect(sampler.variantOf(originals[0], null)).toBeUndefined();
    expect(sampler.variantOf(requests[0], null)).toMatchObject({ prefix: 2, original });
  });

  it('do not count the original where it was not asked for', async () => {
    const { sampler, at, calls } = samplerOf({ prefix: 2, looks: [3] });
    const look = bits(await sampler.latents(requests, at(0)));
    expect(calls()).toBe(2);
    await sampler.latents(requests, at(null));
    expect(calls()).toBe(2 * (STEPS - 2));
    expect(look).not.toEqual(await exact(requests));
  });
});

describe('pictures with a shared positive branch', () => {
  it('cost half of the steps that share it, and differ more the more do', async () => {
    const [whole, start] = [await exact(requests), await exact(originals)];
    const distances: number[] = [];
    for (const positiveFrom of [1, 3, 5]) {
      const { sampler, at, calls } = samplerOf({ positiveFrom });
      await sampler.latents(originals, at(null));
      const shared = bits(await sampler.latents(requests, at(null)));
      expect(calls()).toBe(2 * STEPS + 2 * (STEPS - positiveFrom / 2));
      distances.push(distance(shared, whole));
    }
    // At the first step the latents are the same noise.
    expect(distances[0]).toBeLessThan(1e-4);
    expect(distances[1]).toBeGreaterThan(0);
    expect(distances[2]).toBeGreaterThan(distances[1]);
    expect(distance(whole, start)).toBeGreaterThan(0);
  });

  it('go together with a prefix and looks: every call is counted once', async () => {
    const { sampler, at, calls } = samplerOf({ prefix: 1, positiveFrom: 4, looks: [3] });
    const before = pipeline.denoiser.calls;
    await sampler.latents(originals, at(null));
    await sampler.latents(requests, at(0));
    expect(calls()).toBe(2 * STEPS + 2);
    await sampler.latents(requests, at(null));
    expect(calls()).toBe(2 * STEPS + 2 * (3 / 2 + 2));
    expect(pipeline.denoiser.calls - before).toBe(calls());
  });
});

describe('the original', () => {
  it('can be gone back to at every step, also where it was not sampled yet', async () => {
    const { sampler } = samplerOf({ gradientRefresh: Number.POSITIVE_INFINITY });
    const pictures = await sampler.originalsAt([1, 2], 3);
    expect(pictures.map(({ index }) => index)).toEqual([3, 3]);
    const before = pipeline.denoiser.calls;
    await sampler.originalsAt([2], 5);
    expect(pipeline.denoiser.calls).toBe(before);
  });
});

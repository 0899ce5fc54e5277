import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openRecordedPipeline, SD1_FOLDER } from '../../tests/diffusion/recorded-pipeline.ts';
import { relativeError } from '../../tests/models/run-graph.ts';
import { openClipFolder } from '../checkpoint/clip-folder.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { rowsOf, stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { ClipScorer } from './clip-scorer.ts';
import { CombinedScorer } from './combined-scorer.ts';
import { combineConditionings } from './conditioning.ts';
import { Pipeline } from './pipeline.ts';
import { ProgramTable } from './program-table.ts';
import type { Scorer, WeightedScorer } from './scorer.ts';
import { shortcutGradient } from './shortcut-gradient.ts';

const { pipeline, runs } = await openRecordedPipeline();
const { decoder, model } = pipeline;
const executor = createOrtExecutor({ threads: 1 });
beforeEach(() => {
  runs.length = 0;
});
afterAll(() => Promise.all([pipeline.release(), executor.release()]));

const PROMPT = 'a red car';
const first = await clipOf('sd1');
const second = await clipOf('sd2');
const latents = new TorchGenerator(3).randn([2, 4, 16, 16]);
const one = rowsOf(latents, 0, 1);

async function clipOf(family: string, loss: 'spherical' | 'cosine' = 'spherical'): Promise<ClipScorer> {
  const clip = await openClipFolder(join(SD1_FOLDER, '..', family, 'scorer'), model.tokenizer);
  return new ClipScorer({ ...clip, name: family }, new ProgramTable(executor), loss);
}

const combined = (...scorers: WeightedScorer[]) => new CombinedScorer(scorers, new ProgramTable(executor));

/** The mean of all values, squared: easy to differentiate by hand, and no graph. */
const brightness: Scorer = {
  name: 'brightness',
  losses: async (images) => rowMeans(images).map((mean) => mean ** 2),
  gradient: async (images) => {
    const means = rowMeans(images);
    const size = images.data.length / images.shape[0];
    const gradient = images.data.map((_, i) => (2 * means[Math.floor(i / size)]) / size);
    return { losses: means.map((mean) => mean ** 2), gradient: floatTensor(images.shape, gradient) };
  },
};

function rowMeans({ shape, data }: FloatTensor): number[] {
  const size = data.length / shape[0];
  return Array.from(
    { length: shape[0] },
    (_, row) => data.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value, 0) / size,
  );
}

/** The same scorer to whom only pixels can be shown. */
const byPixels = (scorer: ClipScorer): Scorer => ({
  name: `${scorer.name} by pixels`,
  losses: (images, prompt) => scorer.losses(images, prompt),
  gradient: (images, prompt) => scorer.gradient(images, prompt),
});

describe('losses', () => {
  it('are the weighted sum, with what each scorer says beside it', async () => {
    const images = await decoder.decode(latents);
    const scorer = combined(
      { scorer: first },
      { scorer: second, weight: 0.5 },
      { scorer: brightness, weight: 3 },
    );
    const { losses, byScorer } = await scorer.losses(images, PROMPT);
    const own = [first, second, brightness].map((part) => part.losses(images, PROMPT));
    expect(byScorer).toEqual((await Promise.all(own)).map((list) => [...(list as number[])]));
    for (const i of [0, 1]) {
      expect(losses[i]).toBeCloseTo(byScorer[0][i] + 0.5 * byScorer[1][i] + 3 * byScorer[2][i], 10);
    }
  });

  it('of a cosine scorer are one less the cosine that its spherical twin sees', async () => {
    const images = await decoder.decode(latents);
    const spherical = await first.losses(images, PROMPT);
    const cosine = await (await clipOf('sd1', 'cosine')).losses(images, PROMPT);
    for (const i of [0, 1]) expect(cosine[i]).toBeCloseTo(1 - Math.cos(Math.sqrt(2 * spherical[i])), 5);
  });
});

describe('the gradient at the latents', () => {
  it('of several CLIPs is the weighted sum of their gradients', async () => {
    const together = await combined(
      { scorer: first, weight: 2 },
      { scorer: second, weight: 0.25 },
    ).latentLosses(decoder, latents, PROMPT);
    const [a, b] = [
      await combined({ scorer: first }).latentLosses(decoder, latents, PROMPT),
      await combined({ scorer: second }).latentLosses(decoder, latents, PROMPT),
    ];
    const sum = a.gradient.data.map((value, i) => 2 * value + 0.25 * b.gradient.data[i]);
    expect(relativeError(together.gradient, floatTensor(latents.shape, sum))).toBeLessThan(1e-5);
    for (const i of [0, 1]) expect(together.losses[i]).toBeCloseTo(2 * a.losses[i] + 0.25 * b.losses[i], 5);
  });

  it.each(['spherical', 'cosine'] as const)(
    'through pixels is that of one program, for the %s loss',
    async (loss) => {
      const clip = await clipOf('sd1', loss);
      const fused = await combined({ scorer: clip }, { scorer: second }).latentLosses(
        decoder,
        latents,
        PROMPT,
      );
      const apart = await combined({ scorer: byPixels(clip) }, { scorer: second }).latentLosses(
        decoder,
        latents,
        PROMPT,
      );
      expect(relativeError(apart.gradient, fused.gradient)).toBeLessThan(1e-4);
      for (const i of [0, 1]) expect(apart.losses[i]).toBeCloseTo(fused.losses[i], 5);
    },
  );

  it('of a scorer of pixels and a CLIP is what small steps say', async () => {
    const scorer = combined({ scorer: brightness, weight: 5 }, { scorer: first });
    const { losses, gradient } = await scorer.latentLosses(decoder, one, PROMPT);
    const at = async (step: number) => {
      const moved = one.data.map((value, i) => value + step * gradient.data[i]);
      return (await scorer.losses(await decoder.decode(floatTensor(one.shape, moved)), PROMPT)).losses[0];
    };
    expect((await scorer.losses(await decoder.decode(one), PROMPT)).losses[0]).toBeCloseTo(losses[0], 5);
    const slope = gradient.data.reduce((sum, value) => sum + value * value, 0);
    const step = 0.02 / Math.sqrt(slope);
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs(measured / slope - 1)).toBeLessThan(0.02);
  });

  it('decodes once for CLIPs alone, and goes back through the decoder once where pixels take part', async () => {
    const decoders = () =>
      runs.filter(({ inputs }) => 'latents' in inputs).map(({ graph }) => Object.keys(graph.outputs));
    await pipeline.scorer.latentLosses(decoder, one, PROMPT);
    expect(decoders()).toEqual([['loss', 'gradient']]);
    runs.length = 0;
    await combined({ scorer: brightness }, { scorer: first }, { scorer: byPixels(second) }).latentLosses(
      decoder,
      one,
      PROMPT,
    );
    // The way back runs on the combination's own executor.
    expect(decoders()).toEqual([['image']]);
  });

  it('reaches the prompt through the shortcut: the same by pixels as in one program', async () => {
    const settings = pipeline.settings({ steps: 4 });
    const batched = combineConditionings([await pipeline.text.encode(PROMPT)], stack);
    const request = {
      state: { latents: one, positive: batched, negative: batched },
      settings,
      stepIndex: 1,
      searched: ['negative'],
      target: PROMPT,
    } as const;
    const fused = await shortcutGradient(pipeline, request);
    const scorers = { scorers: [{ scorer: byPixels(pipeline.scorer.clip!) }], loss: 'spherical' } as const;
    const apart = await shortcutGradient(new Pipeline(model, scorers, executor), request);
    expect(apart.loss).toBeCloseTo(fused.loss, 5);
    expect(relativeError(apart.gradients.negative!.context, fused.gradients.negative!.context)).toBeLessThan(
      1e-3,
    );
  });
});

describe('a scorer without a gradient', () => {
  const { gradient: _, ...blind } = brightness;
  const scorer = combined({ scorer: first }, { scorer: { ...blind, name: 'blind' } });

  it('scores, and is refused by name where a gradient is asked for', async () => {
    expect((await scorer.losses(await decoder.decode(one), PROMPT)).losses).toHaveLength(1);
    expect(scorer.withoutGradient).toEqual(['blind']);
    await expect(scorer.latentLosses(decoder, one, PROMPT)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(
        /The scorer blind has no gradient.*Choose the method random or evolution/,
      ),
    });
  });
});

describe('a combination', () => {
  it('is named by its parts and weights', () => {
    const twin = { ...brightness };
    const scorer = combined({ scorer: first }, { scorer: brightness, weight: 0.5 }, { scorer: twin });
    expect(scorer.name).toBe('sd1 + 0.5 × brightness + brightness (2)');
    expect([scorer.clip, scorer.clipLoss, scorer.comparesTexts]).toEqual([first, 'spherical', true]);
    expect(combined({ scorer: brightness }).clipLoss).toBeUndefined();
  });

  it('compares texts by the first that can', async () => {
    const flat: Scorer = { ...brightness, textSimilarity: async () => 0.25 };
    expect(
      await combined({ scorer: brightness }, { scorer: flat }, { scorer: first }).textSimilarity('a', 'b'),
    ).toBe(0.25);
    expect(await combined({ scorer: first }, { scorer: flat }).textSimilarity('a car', 'a car')).toBeCloseTo(
      1,
      6,
    );
    await expect(combined({ scorer: brightness }).textSimilarity('a', 'b')).rejects.toThrow(
      /brightness offers none/,
    );
  });

  it('warns by the scorer that reads the least', () => {
    const short: Scorer = {
      ...brightness,
      tokenizer: { maxLength: 9, tokenize: () => ({ truncatedText: 'x' }) },
    };
    expect(combined({ scorer: first }, { scorer: short }).shortestReader).toMatchObject({
      name: 'brightness',
    });
    expect(combined({ scorer: brightness }).shortestReader).toBeUndefined();
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the weight %d', (weight) => {
    expect(() => combined({ scorer: brightness, weight })).toThrow(
      `The weight of the scorer brightness must be a number above 0, got ${weight}.`,
    );
  });

  it('refuses none and the same one twice', () => {
    expect(() => combined()).toThrow('At least one scorer is needed.');
    expect(() => combined({ scorer: first }, { scorer: first, weight: 2 })).toThrow('sd1 is given twice');
  });

  it.each([
    [{ losses: async () => [1, 2] }, 'gave 2 losses for 1 picture'],
    [{ losses: async () => ['1'] as unknown as number[] }, 'gave "1" where a loss should be a number'],
    [
      { gradient: async () => ({ losses: [1], gradient: floatTensor([1, 3]) }) },
      'gave a gradient of shape [1,3] for pictures of shape [1,3,32,32]',
    ],
  ])('says who broke its promise: %j', async (broken, message) => {
    const scorer = combined({ scorer: { ...brightness, ...broken } });
    const ask = async () => {
      await scorer.losses(await decoder.decode(one), PROMPT);
      await scorer.latentLosses(decoder, one, PROMPT);
    };
    await expect(ask()).rejects.toMatchObject({
      code: 'EXECUTION_FAILED',
      message: `The scorer brightness ${message}.`,
    });
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { openRecordedPipeline } from '../../tests/diffusion/recorded-pipeline.ts';
import { negativeVariants, positiveVariants } from '../study/prompt-variants.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { RelaxedPrompt } from './relaxed-prompt.ts';

const { pipeline, runs } = await openRecordedPipeline();
afterAll(() => pipeline.release());

const choice = (text: string) => ({ text, source: 'test', relation: 'synonym', score: 1 });
const slots = [
  { text: 'truck', start: 4, choices: ['car', 'big lorry', 'locomotive'].map(choice) },
  { text: 'house', start: 16, choices: ['truck', 'bed'].map(choice) },
];
const PROMPT = 'the truck near a house';

const VARIANTS = {
  negative: negativeVariants({ prompt: PROMPT, task: 'improve', slots }),
  positive: positiveVariants(
    {
      prompt: PROMPT,
      task: 'attack',
      slots: slots.map((slot) => ({ ...slot, start: PROMPT.indexOf(slot.text) })),
    },
    '',
  ),
};

describe('a relaxed context', () => {
  it.each([
    ['negative', [0, 0]],
    ['negative', [2, 1]],
    ['negative', [0, 2]],
    ['positive', [0, 0]],
    ['positive', [2, 1]],
  ] as const)('of a certain %s prompt %j is the context of that prompt', async (branch, candidate) => {
    const variants = VARIANTS[branch];
    const relaxed = new RelaxedPrompt(variants.template(pipeline.model.tokenizer));
    const oneHot = variants.space.slots.map(({ choices }, i) =>
      choices.map((_, k) => (k === candidate[i] ? 1 : 0)),
    );
    const context = await pipeline.text.encodeRelaxed(relaxed.tokens, relaxed.mixture(oneHot));
    const prompts = variants.promptsOf(candidate);
    const text = branch === 'negative' ? prompts.negativePrompt : prompts.prompt;
    const expected = await pipeline.text.encode(text);
    expect(context.shape).toEqual(expected.shape);
    const largest = context.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected.data[i])),
      0,
    );
    expect(largest).toBeLessThan(1e-5);
  });

  it('has the transpose that finite differences give', async () => {
    const relaxed = new RelaxedPrompt(VARIANTS.negative.template(pipeline.model.tokenizer));
    const mixture = relaxed.mixture([
      [0.1, 0.2, 0.3, 0.4],
      [0.5, 0.25, 0.25],
    ]);
    const generator = new TorchGenerator(5);
    const direction = generator.randn(mixture.shape);
    const context = await pipeline.text.encodeRelaxed(relaxed.tokens, mixture);
    const cotangent = generator.randn(context.shape);
    const gradient = await pipeline.text.relaxedTranspose(relaxed.tokens, mixture, cotangent);
    const valueAt = async (distance: number) => {
      const data = mixture.data.map((value, i) => value + distance * direction.data[i]);
      return dot(
        await pipeline.text.encodeRelaxed(relaxed.tokens, floatTensor(mixture.shape, data)),
        cotangent,
      );
    };
    const step = 1e-3;
    const slope = ((await valueAt(step)) - (await valueAt(-step))) / (2 * step);
    expect(Math.abs(dot(gradient, direction) / slope - 1)).toBeLessThan(0.01);
  });
});

function dot(a: FloatTensor, b: FloatTensor): number {
  return a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
}

describe('the context of a prompt', () => {
  it('is computed once, and soon forgotten when many others come', async () => {
    runs.length = 0;
    const first = await pipeline.text.encode('a dog');
    expect(await pipeline.text.encode('a dog')).toBe(first);
    expect(runs).toHaveLength(1);
    for (let i = 0; i < 130; i++) await pipeline.text.encode(`dog ${i}`);
    expect(await pipeline.text.encode('a dog')).toEqual(first);
    expect(runs).toHaveLength(132);
  });
});

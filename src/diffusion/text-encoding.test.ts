import { afterAll, describe, expect, it } from 'vitest';
import {
  openRecordedPipeline,
  SD1_FOLDER,
  SD2_FOLDER,
  SDXL_FOLDER,
} from '../../tests/diffusion/recorded-pipeline.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { promptVariants } from '../study/prompt-variants.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { type Conditioning, conditioningDot, mapConditioning } from './conditioning.ts';
import { ProgramTable } from './program-table.ts';
import { TextEncoding } from './text-encoding.ts';

const FAMILIES = {
  'SD 1': await openRecordedPipeline(SD1_FOLDER),
  'SD 2': await openRecordedPipeline(SD2_FOLDER),
  SDXL: await openRecordedPipeline(SDXL_FOLDER),
};
type Family = keyof typeof FAMILIES;
afterAll(() => Promise.all(Object.values(FAMILIES).map(({ pipeline }) => pipeline.release())));

const choice = (text: string) => ({ text, source: 'test', relation: 'synonym', score: 1 });
const slots = [
  { text: 'truck', start: 4, choices: ['car', 'big lorry', 'locomotive'].map(choice) },
  { text: 'house', start: 16, choices: ['truck', 'bed'].map(choice) },
];
const PROMPT = 'the truck near a house';

const VARIANTS = {
  negative: promptVariants({ prompt: PROMPT, task: 'improve', slots }),
  positive: promptVariants(
    {
      prompt: PROMPT,
      task: 'attack',
      slots: slots.map((slot) => ({ ...slot, start: PROMPT.indexOf(slot.text) })),
    },
    '',
  ),
};

const CANDIDATES = [
  ['negative', [0, 0]],
  ['negative', [2, 1]],
  ['negative', [0, 2]],
  ['positive', [0, 0]],
  ['positive', [2, 1]],
] as const;

const FAMILY_CANDIDATES = (Object.keys(FAMILIES) as Family[]).flatMap((family) =>
  CANDIDATES.map((candidate) => [family, ...candidate] as const),
);

function relaxedOf(family: Family, branch: 'positive' | 'negative') {
  const { text } = FAMILIES[family].pipeline;
  return text.relax((tokenizer) => VARIANTS[branch].template(tokenizer, branch), branch);
}

function largestDifference(a: Conditioning, b: Conditioning): number {
  const tensors = [
    [a.context, b.context],
    [a.pooled, b.pooled],
  ].filter(([tensor]) => tensor !== undefined);
  return Math.max(
    ...tensors.flatMap(([x, y]) => [...x!.data].map((value, i) => Math.abs(value - y!.data[i]))),
  );
}

describe('a relaxed prompt', () => {
  it.each(FAMILY_CANDIDATES)(
    'of %s, certain of the %s candidate %j, has the conditioning of that prompt',
    async (family, branch, candidate) => {
      const { text } = FAMILIES[family].pipeline;
      const variants = VARIANTS[branch];
      const oneHot = variants.space.slots.map(({ choices }, i) =>
        choices.map((_, k) => (k === candidate[i] ? 1 : 0)),
      );
      const conditioning = await text.encodeRelaxed(relaxedOf(family, branch), oneHot);
      const prompts = variants.promptsOf(candidate);
      const prompt = branch === 'negative' ? prompts.negativePrompt : prompts.prompt;
      const expected = await text.encode(prompt, branch);
      expect(Object.keys(conditioning)).toEqual(family === 'SDXL' ? ['context', 'pooled'] : ['context']);
      expect(conditioning.context.shape).toEqual(expected.context.shape);
      expect(conditioning.pooled?.shape).toEqual(expected.pooled?.shape);
      expect(largestDifference(conditioning, expected)).toBeLessThan(1e-5);
    },
  );

  const PROBABILITIES = [
    [0.4, 0.1, 0.2, 0.3],
    [0.5, 0.25, 0.25],
  ];

  it.each([
    ['SD 1', 'negative', ['context']],
    ['SD 2', 'negative', ['context']],
    ['SDXL', 'negative', ['context', 'pooled']],
    ['SDXL', 'negative', ['pooled']],
    ['SDXL', 'positive', ['context', 'pooled']],
  ] as const)(
    'of %s, %s, has the gradient that finite differences of %j give',
    async (family, branch, parts) => {
      const { text } = FAMILIES[family].pipeline;
      const relaxed = relaxedOf(family, branch);
      const generator = new TorchGenerator(5);
      const random = mapConditioning(await text.encodeRelaxed(relaxed, PROBABILITIES), ({ shape }) =>
        generator.randn(shape),
      );
      const zeros = mapConditioning(random, ({ shape }) => floatTensor(shape));
      const cotangent = { ...zeros, ...Object.fromEntries(parts.map((part) => [part, random[part]])) };
      const gradient = await text.relaxedTranspose(relaxed, PROBABILITIES, cotangent);
      const valueAt = async (probabilities: number[][]) =>
        conditioningDot(await text.encodeRelaxed(relaxed, probabilities), cotangent);
      const largest = Math.max(...gradient.flatMap((row) => [...row].map(Math.abs)));
      const step = 5e-3;
      for (const [slot, row] of gradient.entries()) {
        for (const [k, value] of row.entries()) {
          const moved = (by: number) =>
            PROBABILITIES.map((all, i) => all.map((p, j) => (i === slot && j === k ? p + by : p)));
          const slope = ((await valueAt(moved(step))) - (await valueAt(moved(-step)))) / (2 * step);
          expect(Math.abs(value - slope) / largest).toBeLessThan(0.01);
        }
      }
    },
  );
});

describe('an empty prompt of SDXL', () => {
  const { pipeline } = FAMILIES.SDXL;

  it.each(['', '   '])(
    '%j is zeros as a negative prompt, and words of nothing as a prompt',
    async (empty) => {
      const negative = await pipeline.text.encode(empty, 'negative');
      expect(negative).toEqual({ context: floatTensor([77, 96]), pooled: floatTensor([40]) });
      const positive = await pipeline.text.encode(empty);
      expect(positive.context.data.some((value) => value !== 0)).toBe(true);
      expect(positive.pooled!.data.some((value) => value !== 0)).toBe(true);
    },
  );

  it('is words of nothing as a negative prompt too where the index does not ask for zeros', async () => {
    const executor = createOrtExecutor({ threads: 1 });
    const model = { ...pipeline.model, forceZerosForEmptyPrompt: false };
    const text = new TextEncoding(model, new ProgramTable(executor));
    expect(await text.encode('', 'negative')).toEqual(await pipeline.text.encode(''));
    const relaxed = text.relax((tokenizer) => VARIANTS.negative.template(tokenizer, 'negative'), 'negative');
    const conditioning = await text.encodeRelaxed(relaxed, [
      [1, 0, 0, 0],
      [1, 0, 0],
    ]);
    expect(largestDifference(conditioning, await text.encode(''))).toBeLessThan(1e-5);
    await executor.release();
  });

  it('takes its share of a relaxed prompt, and of nothing else', async () => {
    const relaxed = relaxedOf('SDXL', 'negative');
    const words = await pipeline.text.encodeRelaxed(relaxed, [
      [0, 1, 0, 0],
      [1, 0, 0],
    ]);
    const blended = await pipeline.text.encodeRelaxed(relaxed, [
      [0.75, 0.25, 0, 0],
      [1, 0, 0],
    ]);
    const expected = mapConditioning(words, ({ shape, data }) =>
      floatTensor(
        shape,
        data.map((value) => value / 4),
      ),
    );
    expect(largestDifference(blended, expected)).toBeLessThan(1e-6);
  });
});

describe('the two text encoders of SDXL', () => {
  it('fill short prompts up each with its own token', () => {
    const { tokenizers } = FAMILIES.SDXL.pipeline.text;
    expect(tokenizers.map(({ padTokenId, maxLength }) => [padTokenId, maxLength])).toEqual([
      [913, 77],
      [0, 77],
    ]);
  });
});

describe('the conditioning of a prompt', () => {
  it('is computed once, and soon forgotten when many others come', async () => {
    const { pipeline, runs } = FAMILIES['SD 1'];
    runs.length = 0;
    const first = await pipeline.text.encode('a dog');
    expect(await pipeline.text.encode('a dog')).toBe(first);
    expect(await pipeline.text.encode('a dog', 'negative')).toBe(first);
    expect(runs).toHaveLength(1);
    for (let i = 0; i < 130; i++) await pipeline.text.encode(`dog ${i}`);
    expect(await pipeline.text.encode('a dog')).toEqual(first);
    expect(runs).toHaveLength(132);
  });
});

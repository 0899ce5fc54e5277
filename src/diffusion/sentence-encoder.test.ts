/** @file Sentence encoders against what Python makes of the same files: the whole way from text to vector. */
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { minilmFolder } from '../checkpoint/minilm-folder.ts';
import { openSentenceModel } from '../checkpoint/sentence-model.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { ProgramTable } from './program-table.ts';
import { GraphSentenceEncoder } from './sentence-encoder.ts';

const FIXTURES = new URL('../../tests/fixtures/sentence/', import.meta.url).pathname;

interface Expected {
  readonly texts: readonly string[];
  readonly ids: readonly (readonly number[])[];
  readonly vectors: readonly (readonly number[])[];
}

interface MinilmRow {
  readonly text: string;
  readonly ids: readonly number[];
  /** The first entries. */
  readonly vector: readonly number[];
  readonly similarityToFirst: number;
}

const fixture = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(`${FIXTURES}${name}`, 'utf8'));
const expected = await fixture<Readonly<Record<string, Expected>>>('expected.json');

const executor = createOrtExecutor();
afterAll(() => executor.release());

async function open(dir: string) {
  const model = await openSentenceModel(dir);
  return { model, encoder: new GraphSentenceEncoder(model, new ProgramTable(executor), 0.5) };
}

function largestDifference(actual: ArrayLike<number>, wanted: ArrayLike<number>): number {
  return Math.max(...Array.from(wanted, (value, i) => Math.abs(value - actual[i])));
}

describe.each(Object.entries(expected))('%s', (name, { texts, ids, vectors }) => {
  it('gives the token ids of the tokenizers library', async () => {
    const { model } = await open(`${FIXTURES}${name}`);
    expect(texts.map((text) => model.tokenizer.encode(text))).toEqual(ids);
  });

  it('gives the vectors of PyTorch', async () => {
    const { encoder } = await open(`${FIXTURES}${name}`);
    const found = await encoder.embed(texts);
    for (const [i, vector] of found.entries()) {
      expect(vector).toHaveLength(vectors[i].length);
      expect(largestDifference(vector, vectors[i])).toBeLessThan(1e-5);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });
});

describe('all-MiniLM-L6-v2, which comes with the package', async () => {
  const { model, encoder } = await open(await minilmFolder());
  const rows = await fixture<readonly MinilmRow[]>('minilm.json');

  it('gives the token ids of the tokenizers library', () => {
    for (const { text, ids } of rows) expect(model.tokenizer.encode(text), text).toEqual(ids);
  });

  it('gives the vectors and similarities of PyTorch with weights in full precision', async () => {
    const vectors = await encoder.embed(rows.map(({ text }) => text));
    for (const [i, { text, vector, similarityToFirst }] of rows.entries()) {
      expect(largestDifference(vectors[i], vector), text).toBeLessThan(1e-3);
      expect(Math.abs((await encoder.similarity(text, rows[0].text)) - similarityToFirst)).toBeLessThan(1e-3);
    }
  });

  // From the documentation of the sentence-transformers library: usage, and paraphrase mining.
  it.each([
    ['The weather is lovely today.', "It's so sunny outside!", 0.666],
    ['The weather is lovely today.', 'He drove to the stadium.', 0.1046],
    ["It's so sunny outside!", 'He drove to the stadium.', 0.1411],
    ['The new movie is awesome', 'The new movie is so great', 0.8939],
    ['The cat sits outside', 'The cat plays in the garden', 0.6788],
    ['I love pasta', 'Do you like pizza?', 0.5096],
    ['I love pasta', 'The new movie is so great', 0.256],
    ['I love pasta', 'The new movie is awesome', 0.244],
    ['A man is playing guitar', 'The cat plays in the garden', 0.2105],
    ['The new movie is awesome', 'Do you like pizza?', 0.1969],
  ])('finds "%s" and "%s" as alike as was published', async (one, other, similarity) => {
    expect(Math.abs((await encoder.similarity(one, other)) - similarity)).toBeLessThan(1e-3);
  });
});

describe('GraphSentenceEncoder', () => {
  it('gives the same vector in a longer program: padding is not seen', async () => {
    const { model } = await open(`${FIXTURES}bert-tiny`);
    const text = 'a red cat';
    const tokenizer = { maxLength: 3, encode: (given: string) => model.tokenizer.encode(given) };
    const unpadded = { ...model, tokenizer } as typeof model;
    const [exact] = await new GraphSentenceEncoder(unpadded, new ProgramTable(executor), 0).embed([text]);
    const [padded] = await new GraphSentenceEncoder(model, new ProgramTable(executor), 0).embed([text]);
    expect(largestDifference(padded, exact)).toBeLessThan(1e-6);
    expect(exact).not.toEqual(padded.map(() => 0));
  });

  it('answers a text that comes again from memory', async () => {
    const { encoder } = await open(`${FIXTURES}bert-tiny`);
    const [first, second] = await encoder.embed(['a cat', 'a cat']);
    expect(second).toBe(first);
    expect(await encoder.similarity('a cat', 'a cat')).toBe(1);
  });
});

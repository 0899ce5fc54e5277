import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { clipVocabulary } from './clip-vocabulary.ts';

const CONFIGURATIONS = join(import.meta.dirname, '../../configurations');

const load = (folder: string) =>
  ClipTokenizer.load(join(CONFIGURATIONS, folder), { vocabulary: clipVocabulary() });

test('it is the vocabulary of the released models', async () => {
  const tokenizer = await load('stable-diffusion-1/tokenizer');
  expect(tokenizer).toMatchObject({
    maxLength: 77,
    idBound: 49408,
    bosTokenId: 49406,
    eosTokenId: 49407,
    padTokenId: 49407,
  });
  // As OpenAI's simple_tokenizer encodes them.
  expect(tokenizer.encode('a photo of a cat')).toEqual([320, 1125, 539, 320, 2368]);
  expect(tokenizer.encode('A \u{1F431} on a mat')).toEqual([320, 22979, 525, 320, 9063]);
});

test('the folder says what pads', async () => {
  const tokenizer = await load('stable-diffusion-2-base/tokenizer');
  expect(tokenizer.padTokenId).toBe(0);
  expect(tokenizer.tokenize('cat').ids.slice(0, 5)).toEqual(Int32Array.of(49406, 2368, 49407, 0, 0));
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { EMBEDDED_MODEL } from './load-pipeline.ts';
import { truncationWarning } from './truncation-warning.ts';

test('truncationWarning() names the words that are not read, and who does not read them', async () => {
  const tokenizer = await ClipTokenizer.load(join(EMBEDDED_MODEL, 'tokenizer'), { maxLength: 5 });
  expect(truncationWarning([tokenizer], 'a red cat', 'prompt')).toBeUndefined();
  expect(truncationWarning([tokenizer], 'a red cat and a dog', 'negative prompt')).toBe(
    'The text encoder reads 3 tokens; these words of the negative prompt fall off: "and a dog".',
  );
  expect(truncationWarning([tokenizer], 'a red cat on\nit', 'prompt', 'scorer')).toBe(
    String.raw`The scorer reads 3 tokens; these words of the prompt fall off: "on\nit".`,
  );
});

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { tokenizersOf, truncatedText } from './truncated-text.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');

it('is what the text encoder that reads least has no room for', async () => {
  const [first, second] = tokenizersOf(await openDiffusersFolder(join(FIXTURES, 'sdxl')));
  const tokenizers = [first.limitedTo(6), second.limitedTo(5)];
  expect(truncatedText(tokenizers.slice(0, 1), 'car car car red')).toBeUndefined();
  expect(truncatedText(tokenizers, 'car car car red')).toBe('red');
  expect(truncatedText(tokenizers.toReversed(), 'car car car red')).toBe('red');
  expect(truncatedText(tokenizers, 'car car car red car')).toBe('red car');
  expect(truncatedText(tokenizers, 'car')).toBeUndefined();
  expect(tokenizersOf(await openDiffusersFolder(join(FIXTURES, 'sd1')))).toHaveLength(1);
});

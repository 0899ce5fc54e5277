import { expect, it } from 'vitest';
import { poolingIndex } from './pooling-index.ts';

const EOS = 49407;

it('is where the text ends, not where its padding does', () => {
  expect(poolingIndex(Int32Array.of(49406, 320, 736, EOS, EOS, EOS), EOS, EOS)).toBe(3);
});

it('is at the largest id where the configuration holds the placeholder 2', () => {
  expect(poolingIndex(Int32Array.of(49406, 2, 736, EOS, EOS), 2, EOS)).toBe(3);
  // A token that was added to the vocabulary counts as the end, as in Hugging Face.
  expect(poolingIndex(Int32Array.of(49406, 49408, 736, EOS, EOS), 2, EOS)).toBe(1);
});

it("is at the tokenizer's own token where the configuration names one that does not occur", () => {
  expect(poolingIndex(Int32Array.of(1, 5, 9, 0, 0), 77, 9)).toBe(2);
});

import { describe, expect, test } from 'vitest';
import { seedText } from './seed-text.ts';

describe('seedText()', () => {
  test.each([
    [[7], 'seed 7'],
    [[0, 1], 'seeds 0, 1'],
    [[2, 3, 4], 'seeds 2–4'],
    [[5, 3, 4, 5, 6, 9], 'seeds 5, 3–6, 9'],
    [Array.from({ length: 30 }, (_, i) => i + 2), 'seeds 2–31'],
  ])('%j is %s', (seeds, text) => {
    expect(seedText(seeds)).toBe(text);
  });
});

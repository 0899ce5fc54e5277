import { describe, expect, it } from 'vitest';
import { checkSeed } from './check-seed.ts';

describe('checkSeed()', () => {
  it.each([0, 1, 2 ** 32 - 1])('takes %s', (seed) => {
    expect(() => checkSeed(seed)).not.toThrow();
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY, '0' as never, undefined as never])(
    'refuses %s',
    (seed) => {
      expect(() => checkSeed(seed, 'seeds')).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTION',
          message: `A seed must be a whole number from 0 to 2^32 − 1, got ${seed}.`,
          details: { option: 'seeds', value: seed },
        }),
      );
    },
  );
});

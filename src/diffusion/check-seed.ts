/** @file What a seed may be. */
import { DpoError } from '../errors.ts';

/** The generators, as PyTorch's, use 32 bits of a seed: a larger number would give the pictures of a smaller one. */
export const MAX_SEED = 2 ** 32 - 1;

/** @throws {DpoError} INVALID_OPTION unless `seed` is a whole number from 0 to 2^32 − 1; `option` is what it was given as */
export function checkSeed(seed: number, option = 'seed'): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return;
  const message = `A seed must be a whole number from 0 to 2^32 − 1, got ${String(seed)}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option, value: seed } });
}

/** @file The noise that stochastic DDIM steps add. */
import { DpoError } from '../errors.ts';
import { concatRows } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import type { DdimStep } from './ddim.ts';

/**
 * Standard normal noise for latents `[N, 4, h, w]`, drawn from one generator a picture; none where the step is deterministic.
 * @throws {DpoError} INVALID_OPTION when a generator is missing
 */
export function stepNoise(
  { sigma }: DdimStep,
  latents: FloatTensor,
  generators: readonly TorchGenerator[],
): Float32Array | undefined {
  if (sigma === 0) return undefined;
  const [count, ...shape] = latents.shape;
  if (generators.length !== count) {
    const message = `With eta above 0 each picture needs a generator of its noise: expected ${count}, got ${generators.length}.`;
    throw new DpoError('INVALID_OPTION', message, {
      details: { expected: count, actual: generators.length },
    });
  }
  return concatRows(generators.map((generator) => generator.randn([1, ...shape]))).data;
}

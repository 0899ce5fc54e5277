/** @file The noise that the steps of stochastic samplers add. */
import { DpoError } from '../errors.ts';
import { concatRows } from '../tensor/stack.ts';
import type { Shape } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import type { Scheduler } from './schedulers/scheduler.ts';

/**
 * Standard normal noise for step `index` of latents `[N, 4, h, w]`, drawn from one generator a picture; none where the step is deterministic.
 * @throws {DpoError} INVALID_OPTION when a generator is missing
 */
export function stepNoise(
  scheduler: Scheduler,
  index: number,
  [count, ...shape]: Shape,
  generators: readonly TorchGenerator[],
): Float32Array | undefined {
  if (scheduler.noiseScale(index) === 0) return undefined;
  if (generators.length !== count) {
    const message = `${scheduler.name} adds noise, so each picture needs a generator of it: expected ${count}, got ${generators.length}.`;
    throw new DpoError('INVALID_OPTION', message, {
      details: { expected: count, actual: generators.length },
    });
  }
  return concatRows(generators.map((generator) => generator.randn([1, ...shape]))).data;
}

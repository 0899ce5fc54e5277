/** @file What a scorer answered, held to its promise: anybody may write one. */
import { DpoError } from '../errors.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { PixelGradient } from './scorer.ts';

/** @throws {DpoError} EXECUTION_FAILED unless there is a number (or NaN) for each of `count` pictures */
export function checkedLosses(name: string, losses: ArrayLike<number>, count: number): number[] {
  const values = Array.from(losses);
  if (values.length !== count) {
    throw broken(name, `gave ${values.length} losses for ${count} ${count === 1 ? 'picture' : 'pictures'}`);
  }
  const other = values.find((value) => typeof value !== 'number');
  if (other !== undefined)
    throw broken(name, `gave ${JSON.stringify(other)} where a loss should be a number`);
  return values;
}

/** @throws {DpoError} EXECUTION_FAILED unless there is a loss for each of `images`, and a gradient of their shape */
export function checkedGradient(name: string, result: PixelGradient, images: FloatTensor): PixelGradient {
  const losses = checkedLosses(name, result.losses, images.shape[0]);
  const { gradient } = result;
  if (gradient.shape.join() !== images.shape.join() || gradient.data.length !== images.data.length) {
    throw broken(
      name,
      `gave a gradient of shape [${gradient.shape}] for pictures of shape [${images.shape}]`,
    );
  }
  return { losses, gradient };
}

function broken(name: string, what: string): DpoError {
  return new DpoError('EXECUTION_FAILED', `The scorer ${name} ${what}.`, { details: { scorer: name } });
}

/** @file Why pictures cannot be scored: safety filters give black ones, broken numerics give none at all. */
import type { FloatTensor } from '../tensor/tensor.ts';

/** Brightest value of a picture that is called black, on a scale to 1. */
const BLACK = Math.fround(1 / 255);

/** What is wrong with pictures `[N, 3, H, W]` or their losses, or undefined. */
export function pictureFault(images: FloatTensor, losses: readonly number[]): string | undefined {
  const size = images.data.length / images.shape[0];
  for (let i = 0; i < images.shape[0]; i++) {
    const pixels = images.data.subarray(i * size, (i + 1) * size);
    if (!pixels.every(Number.isFinite)) return 'a picture holds values that are not numbers';
    if (pixels.every((value) => value <= BLACK)) return 'a picture is all black';
  }
  return losses.every(Number.isFinite) ? undefined : 'the scorer gave no number';
}

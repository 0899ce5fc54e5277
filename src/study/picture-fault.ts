/** @file Why pictures cannot be scored: safety filters give black ones, broken numerics give none at all. */
import type { Precision } from '../runtime/executor.ts';
import type { FloatTensor } from '../tensor/tensor.ts';

/** Brightest value of a picture that is called black, on a scale to 1. */
const BLACK = Math.fround(1 / 255);

/** What is wrong where a picture is sound and its loss is no number. */
export const NO_LOSS = 'the scorer gave no number';

const NO_NUMBERS = 'a picture holds values that are not numbers';
/** Halves end at 65504, and a network trained in wider numbers may go beyond. */
const NO_NUMBERS_IN_HALVES = `${NO_NUMBERS}: float16 may be too narrow for this model, try --precision float32`;

/** What is wrong with pictures `[N, 3, H, W]`, computed in `precision`, or with their losses; or undefined. */
export function pictureFault(
  images: FloatTensor,
  losses: readonly number[],
  precision: Precision = 'float32',
): string | undefined {
  const size = images.data.length / images.shape[0];
  for (let i = 0; i < images.shape[0]; i++) {
    const pixels = images.data.subarray(i * size, (i + 1) * size);
    if (!pixels.every(Number.isFinite)) return precision === 'float16' ? NO_NUMBERS_IN_HALVES : NO_NUMBERS;
    if (pixels.every((value) => value <= BLACK)) return 'a picture is all black';
  }
  return losses.every(Number.isFinite) ? undefined : NO_LOSS;
}

/** What is wrong with some of several pictures; what is wrong with a picture itself comes before a scorer that gave no number. */
export function groupFault(pictures: readonly { readonly fault: string | null }[]): string | null {
  const faults = pictures.flatMap(({ fault }) => fault ?? []);
  return faults.find((fault) => fault !== NO_LOSS) ?? faults[0] ?? null;
}

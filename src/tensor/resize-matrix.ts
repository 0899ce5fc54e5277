/**
 * @file Antialiased resizing along one axis as a matrix, equal to `torch.nn.functional.interpolate(antialias=True)`
 * and to PIL. A picture X becomes `A_h · X · A_w^T`: linear, so its gradient needs no rule of its own.
 */
import { type FloatTensor, floatTensor } from './tensor.ts';

export type ResizeKind = 'bicubic' | 'bilinear';

interface Filter {
  /** Half the width on which the filter is not zero, in pixels of the finer grid. */
  readonly radius: number;
  weight(distance: number): number;
}

const FILTERS: Readonly<Record<ResizeKind, Filter>> = {
  bilinear: { radius: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { radius: 2, weight: (x) => keysCubic(Math.abs(x)) },
};

/** The matrix `[outputSize, inputSize]` that resizes an axis; each row sums to 1. */
export function resizeMatrix(inputSize: number, outputSize: number, kind: ResizeKind): FloatTensor {
  const matrix = floatTensor([outputSize, inputSize]);
  const { radius, weight } = FILTERS[kind];
  const scale = inputSize / outputSize;
  // Antialiasing: when the picture shrinks the filter widens, so that no input pixel is skipped.
  const stretch = Math.max(scale, 1);
  for (let row = 0; row < outputSize; row++) {
    const centre = scale * (row + 0.5);
    const first = Math.max(Math.floor(centre - radius * stretch + 0.5), 0);
    const end = Math.min(Math.floor(centre + radius * stretch + 0.5), inputSize);
    const weights = Array.from({ length: end - first }, (_, i) =>
      weight((first + i + 0.5 - centre) / stretch),
    );
    const total = weights.reduce((sum, value) => sum + value, 0);
    weights.forEach((value, i) => {
      matrix.data[row * inputSize + first + i] = value / total;
    });
  }
  return matrix;
}

/** Keys' cubic convolution kernel with a = -1/2. */
function keysCubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/**
 * @file What CLIP does to a picture before it looks: resize, centre crop, normalise. Resizing and cropping are one matrix
 * along each axis, so the whole is differentiable.
 */
import type { PreprocessorConfig } from '../checkpoint/preprocessor-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type ResizeKind, resizeMatrix } from '../tensor/resize-matrix.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';

/**
 * `image [B, 3, H, W]` in [0, 1] to the pixels that `clipImageEmbedding` reads, `[B, 3, cropHeight, cropWidth]`: the
 * shorter side becomes `size`, antialiased, the centre is cut out and each channel normalised.
 * Differs: values are neither rounded to bytes nor cut to [0, 1] between the steps, as an image file would have them.
 */
export function preprocessImage(g: GraphBuilder, config: PreprocessorConfig, image: Node): Node {
  const [height, width] = image.shape.slice(2) as [number, number];
  const resized = resizedSides(height, width, config.size);
  const { resample, cropSize } = config;
  const rows = axisMatrix(height, resized.height, cropSize.height, resample);
  const columns = axisMatrix(width, resized.width, cropSize.width, resample);
  let pixels = image;
  if (columns) pixels = g.matMul(pixels, g.constant(transposed(columns), [width, cropSize.width]));
  if (rows) pixels = g.matMul(g.constant(rows.data, [cropSize.height, height]), pixels);
  const mean = g.constant(config.imageMean, [1, 3, 1, 1]);
  const std = g.constant(config.imageStd, [1, 3, 1, 1]);
  return g.div(g.sub(pixels, mean), std);
}

/** The shorter side becomes `size`, the longer one keeps the aspect ratio, rounded down; unless both are given. */
function resizedSides(
  height: number,
  width: number,
  size: PreprocessorConfig['size'],
): { readonly height: number; readonly width: number } {
  if (typeof size === 'object') return size;
  const shorter = Math.min(height, width);
  const scale = (side: number) => (side === shorter ? size : Math.trunc((size * side) / shorter));
  return { height: scale(height), width: scale(width) };
}

/**
 * The matrix `[cropped, input]` that resizes an axis and cuts out its centre, undefined where it would change nothing.
 * Beyond the resized axis its rows are zero: a crop larger than the picture pads with black.
 */
function axisMatrix(
  input: number,
  resized: number,
  cropped: number,
  kind: ResizeKind,
): FloatTensor | undefined {
  if (input === resized && resized === cropped) return undefined;
  const whole = resizeMatrix(input, resized, kind);
  if (resized === cropped) return whole;
  const start = Math.floor((resized - cropped) / 2);
  const matrix = floatTensor([cropped, input]);
  for (let row = Math.max(0, -start); row < cropped && start + row < resized; row++) {
    const from = (start + row) * input;
    matrix.data.set(whole.data.subarray(from, from + input), row * input);
  }
  return matrix;
}

function transposed({ data, shape }: FloatTensor): Float32Array {
  const [rows, columns] = shape as [number, number];
  return Float32Array.from({ length: data.length }, (_, i) => {
    const [column, row] = [Math.floor(i / rows), i % rows];
    return data[row * columns + column]!;
  });
}

/** @file Pictures as PNG files. */
import { encode } from 'fast-png';
import { invariant } from '../errors.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { withPngText } from './png-text.ts';

/**
 * A PNG file of `image`, float32 [3, H, W] in [0, 1], rounded to 8 bits; values beyond are cut, NaN becomes 0.
 * `text` goes into text chunks by keyword; the ecosystem's tools read how a picture was made from `parameters`.
 */
export function encodePng(image: FloatTensor, text: Readonly<Record<string, string>> = {}): Uint8Array {
  const [channels, height, width] = image.shape;
  invariant(image.shape.length === 3 && channels === 3, `a picture is [3, H, W], got [${image.shape}]`);
  return withPngText(encode({ width, height, channels: 3, depth: 8, data: interleavedBytes(image) }), text);
}

/** `image` with every pixel repeated `factor` times in both directions, a whole number of at least 1. */
export function enlargePixels(image: FloatTensor, factor: number): FloatTensor {
  const [channels, height, width] = image.shape;
  const enlarged = floatTensor([channels, height * factor, width * factor]);
  for (let index = 0; index < enlarged.data.length; index++) {
    const column = index % (width * factor);
    const row = Math.floor(index / (width * factor));
    const sourceRow = Math.floor(row / factor);
    enlarged.data[index] = image.data[sourceRow * width + Math.floor(column / factor)];
  }
  return enlarged;
}

/** [3, H, W] in [0, 1] as bytes [H, W, 3]. */
function interleavedBytes({ data, shape }: FloatTensor): Uint8ClampedArray {
  const pixels = shape[1] * shape[2];
  // A clamped array cuts what is out of range and takes NaN as 0.
  const bytes = new Uint8ClampedArray(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      bytes[3 * pixel + channel] = Math.round(data[channel * pixels + pixel] * 255);
    }
  }
  return bytes;
}

import { describe, expect, test } from 'vitest';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import type { PreprocessorConfig } from '../checkpoint/preprocessor-config.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { resizeMatrix } from '../tensor/resize-matrix.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { preprocessImage } from './preprocess-image.ts';

// Mean 0 and deviation 1, so that only the geometry shows.
const PLAIN: PreprocessorConfig = {
  size: 8,
  cropSize: { height: 8, width: 8 },
  resample: 'bicubic',
  imageMean: [0, 0, 0],
  imageStd: [1, 1, 1],
};

const prepare = (image: FloatTensor, config: Partial<PreprocessorConfig> = {}) =>
  runGraph({ image }, (g, nodes) => preprocessImage(g, { ...PLAIN, ...config }, nodes.image));

/** Three different smooth channels of two pictures. */
function picture(height: number, width: number): FloatTensor {
  const image = floatTensor([2, 3, height, width]);
  image.data.forEach((_, i) => {
    image.data[i] = 0.5 + 0.5 * Math.sin(0.7 * i + Math.floor(i / width));
  });
  return image;
}

/** Resizes each picture by the definition, pixel by pixel. */
function resized(image: FloatTensor, height: number, width: number): FloatTensor {
  const [batch, channels, oldHeight, oldWidth] = image.shape as [number, number, number, number];
  const rows = resizeMatrix(oldHeight, height, 'bicubic').data;
  const columns = resizeMatrix(oldWidth, width, 'bicubic').data;
  const result = floatTensor([batch, channels, height, width]);
  result.data.forEach((_, index) => {
    const [x, y, plane] = [
      index % width,
      Math.floor(index / width) % height,
      Math.floor(index / (width * height)),
    ];
    let sum = 0;
    for (let v = 0; v < oldHeight; v++) {
      for (let u = 0; u < oldWidth; u++) {
        const pixel = image.data[(plane * oldHeight + v) * oldWidth + u]!;
        sum += rows[y * oldHeight + v]! * columns[x * oldWidth + u]! * pixel;
      }
    }
    result.data[index] = sum;
  });
  return result;
}

/** The rectangle of each picture that begins at `top`, `left`; black outside. */
function cut(image: FloatTensor, top: number, left: number, height: number, width: number): FloatTensor {
  const [batch, channels, oldHeight, oldWidth] = image.shape as [number, number, number, number];
  const result = floatTensor([batch, channels, height, width]);
  result.data.forEach((_, index) => {
    const [x, y] = [left + (index % width), top + (Math.floor(index / width) % height)];
    const plane = Math.floor(index / (width * height));
    const inside = x >= 0 && y >= 0 && x < oldWidth && y < oldHeight;
    result.data[index] = inside ? image.data[(plane * oldHeight + y) * oldWidth + x]! : 0;
  });
  return result;
}

test('stretches a picture to two given sides', async () => {
  const image = picture(6, 14);
  const stretched = await prepare(image, { size: { height: 8, width: 8 } });
  expect(relativeError(stretched, resized(image, 8, 8))).toBeLessThan(1e-5);
});

describe('preprocessImage()', () => {
  test('only normalises a picture of the right size', async () => {
    const g = new GraphBuilder();
    const node = preprocessImage(g, PLAIN, g.input('image', [1, 3, 8, 8]));
    const operations = graphOf({ node }).nodes.flatMap((n) => (n.kind === 'op' ? [n.op] : []));
    expect(operations).toEqual(['Sub', 'Div']);

    const image = picture(8, 8);
    const normalised = await prepare(image, { imageMean: [0.1, 0.2, 0.3], imageStd: [0.5, 0.25, 2] });
    const expected = image.data.map((value, i) => {
      const channel = Math.floor(i / 64) % 3;
      return (value - [0.1, 0.2, 0.3][channel]!) / [0.5, 0.25, 2][channel]!;
    });
    expect(relativeError(normalised, floatTensor(image.shape, expected))).toBeLessThan(1e-6);
  });

  test('resizes both axes', async () => {
    const image = picture(20, 20);
    expect(relativeError(await prepare(image), resized(image, 8, 8))).toBeLessThan(1e-6);
  });

  test.each([
    [12, 20, 8, 13],
    [20, 12, 13, 8],
  ])('scales the shorter side of %dx%d to the size and cuts out the centre', async (h, w, newH, newW) => {
    const image = picture(h, w);
    const expected = cut(
      resized(image, newH, newW),
      Math.floor((newH - 8) / 2),
      Math.floor((newW - 8) / 2),
      8,
      8,
    );
    expect(relativeError(await prepare(image), expected)).toBeLessThan(1e-6);
  });

  test('cuts without resizing where the shorter side has the size already', async () => {
    const image = picture(8, 11);
    expect(relativeError(await prepare(image), cut(image, 0, 1, 8, 8))).toBeLessThan(1e-6);
  });

  test('pads with black where the crop is larger than the picture', async () => {
    const image = picture(8, 8);
    const result = await prepare(image, { cropSize: { height: 11, width: 10 } });
    expect(relativeError(result, cut(image, -2, -1, 11, 10))).toBeLessThan(1e-6);
  });
});

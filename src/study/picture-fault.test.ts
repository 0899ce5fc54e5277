import { describe, expect, it } from 'vitest';
import { floatTensor } from '../tensor/tensor.ts';
import { pictureFault } from './picture-fault.ts';

/** Two pictures of two by two pixels, the second with `pixel` in all places but the last, which is `last`. */
function pictures(pixel: number, last: number) {
  const second = new Array<number>(12).fill(pixel);
  second[11] = last;
  return floatTensor([2, 3, 2, 2], [...new Array<number>(12).fill(0.5), ...second]);
}

describe('a picture', () => {
  it.each([
    ['all black', pictures(0, 0), [0.1, 0.1], 'a picture is all black'],
    ['black to the eye', pictures(0, 1 / 255), [0.1, 0.1], 'a picture is all black'],
    ['with a hole', pictures(0.5, Number.NaN), [0.1, 0.1], 'a picture holds values that are not numbers'],
    [
      'beyond all bounds',
      pictures(0.5, Number.POSITIVE_INFINITY),
      [0.1, 0.1],
      'a picture holds values that are not numbers',
    ],
    ['without a score', pictures(0.5, 0.5), [0.1, Number.NaN], 'the scorer gave no number'],
  ])('%s is no evaluation', (_, images, losses, fault) => {
    expect(pictureFault(images, losses)).toBe(fault);
  });

  it('of a dark room with one light is one', () => {
    expect(pictureFault(pictures(0, 0.1), [0.1, 0.1])).toBeUndefined();
  });

  it('is told with what to try where halves may be too narrow', () => {
    const fault = pictureFault(pictures(Number.NaN, 0.1), [0.1, 0.1], 'float16');
    expect(fault).toContain('not numbers: float16 may be too narrow for this model, try --precision float32');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sprite } from './sprites.ts';
import { bestMatch, bitTemplate, bitWindows } from './template-match.ts';

const SIDE = 20;

/** Whether pixel `at` of a window at (x, y) is a labelled pixel of the picture. */
function isLabelled(labels: Uint8Array, x: number, y: number, at: number): boolean {
  const [column, row] = [x + (at % SIDE), y + Math.floor(at / SIDE)];
  return column >= 0 && column < 64 && row >= 0 && row < 64 && labels[row * 64 + column] === 3;
}

function plainIou(labels: Uint8Array, { coverage }: Sprite, x: number, y: number): number {
  const pixels = [...coverage.keys()];
  const intersection = pixels.filter((at) => coverage[at]! >= 128 && isLabelled(labels, x, y, at)).length;
  const union = pixels.filter((at) => coverage[at]! >= 128 || isLabelled(labels, x, y, at)).length;
  return Math.fround(intersection / union);
}

/** Pixel by pixel, over the same positions: what `bestMatch` has to find. */
function plainBestMatch(labels: Uint8Array, sprite: Sprite) {
  let best = { x: 0, y: 0, iou: -1 };
  for (let y = -4; y + SIDE <= 68; y += 2) {
    for (let x = -4; x + SIDE <= 68; x += 2) {
      const iou = plainIou(labels, sprite, x, y);
      if (iou > best.iou) best = { x, y, iou };
    }
  }
  return best;
}

/** A silhouette of random pixels, pressed into a picture of random pixels that may cut it off. */
const CASES = fc
  .record({
    coverage: fc.uint8Array({ minLength: SIDE * SIDE, maxLength: SIDE * SIDE }),
    noise: fc.array(fc.nat(64 * 64 - 1), { maxLength: 600 }),
    x: fc.integer({ min: -6, max: 50 }),
    y: fc.integer({ min: -6, max: 50 }),
  })
  .map(({ coverage, noise, x, y }) => {
    const labels = new Uint8Array(64 * 64);
    coverage.forEach((value, at) => {
      const [column, row] = [x + (at % SIDE), y + Math.floor(at / SIDE)];
      if (value >= 128 && column >= 0 && column < 64 && row >= 0 && row < 64) labels[row * 64 + column] = 3;
    });
    for (const pixel of noise) labels[pixel] = labels[pixel] === 3 ? 0 : 3;
    return { labels, sprite: { side: SIDE, coverage } };
  });

describe('bestMatch()', () => {
  it('finds the same place and overlap as counting pixels does', () => {
    fc.assert(
      fc.property(CASES, ({ labels, sprite }) => {
        fc.pre(sprite.coverage.some((value) => value >= 128));
        const expected = plainBestMatch(labels, sprite);
        const match = bestMatch(bitWindows(labels, 3, SIDE), bitTemplate(sprite), 0.2);
        expect(match).toEqual(expected.iou >= Math.fround(0.2) ? expected : undefined);
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});

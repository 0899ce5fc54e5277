import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FloatTensor, floatTensor, sizeOf } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { addTile, blendTiles, blendTranspose, cutTile, type TilePlace, tilePlaces } from './tile-blend.ts';
import type { TileSizes } from './vae-tiling.ts';

/** Sizes of tiles and of latents, the smallest among them. */
const layout = fc.record({
  side: fc.integer({ min: 1, max: 4 }).map((quarter) => quarter * 4),
  scale: fc.constantFrom(1, 2, 4),
  height: fc.integer({ min: 1, max: 37 }),
  width: fc.integer({ min: 1, max: 37 }),
});

function sizesOf({ side, scale }: { side: number; scale: number }): TileSizes {
  const stride = (side * 3) / 4;
  return { side, stride, scale, blend: (side - stride) * scale, kept: stride * scale };
}

const noise = (shape: readonly number[], seed = 1) => new TorchGenerator(seed).randn(shape);
const dot = (a: FloatTensor, b: FloatTensor) => a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);

function pixelTiles(places: readonly TilePlace[], scale: number, channels = 2): FloatTensor[] {
  return places.map(({ height, width }, i) => noise([1, channels, height * scale, width * scale], i));
}

describe('tiles', () => {
  it('lie in the latents, and each latent lies in one', () => {
    fc.assert(
      fc.property(layout, (given) => {
        const covered = floatTensor([1, 1, given.height, given.width]);
        for (const place of tilePlaces(sizesOf(given), given.height, given.width)) {
          expect(place.height).toBeLessThanOrEqual(given.side);
          const ones = floatTensor([1, 1, place.height, place.width]);
          ones.data.fill(1);
          addTile(covered, ones, place);
        }
        expect(Math.min(...covered.data)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('of one picture give that picture: what fades in and what fades out are 1 together', () => {
    fc.assert(
      fc.property(layout, (given) => {
        const sizes = sizesOf(given);
        const picture = noise([2, 1, given.height * given.scale, given.width * given.scale]);
        const places = tilePlaces(sizes, given.height, given.width);
        const blended = blendTiles(
          places.map((place) => cutTile(picture, place, given.scale)),
          places,
          sizes,
        );
        expect(blended.shape).toEqual(picture.shape);
        for (const [i, value] of blended.data.entries()) expect(value).toBeCloseTo(picture.data[i], 5);
      }),
    );
  });

  it('fade as weights that are linear over the overlap', () => {
    const sizes = sizesOf({ side: 8, scale: 2 });
    const places = tilePlaces(sizes, 1, 14);
    const tiles = places.map(({ width }, i) =>
      floatTensor([1, 1, 2, width * 2], new Float32Array(width * 4).fill(i)),
    );
    const row = [...blendTiles(tiles, places, sizes).data.slice(0, 28)];
    expect(row.slice(0, 12)).toEqual(new Array(12).fill(0));
    expect(row.slice(12, 17)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(row.slice(24)).toEqual([1, 1.25, 1.5, 1.75]);
  });

  it('have a transpose: <blend(x), y> = <x, transpose(y)>', () => {
    fc.assert(
      fc.property(layout, (given) => {
        const sizes = sizesOf(given);
        const places = tilePlaces(sizes, given.height, given.width);
        const cotangent = noise([1, 2, given.height * given.scale, given.width * given.scale], 99);
        const gradients = blendTranspose(cotangent, places, sizes);
        const right = pixelTiles(places, given.scale).reduce((sum, x, i) => sum + dot(x, gradients[i]), 0);
        const left = dot(blendTiles(pixelTiles(places, given.scale), places, sizes), cotangent);
        expect(Math.abs(left - right)).toBeLessThan(1e-5 * sizeOf(cotangent.shape) + 1e-5);
      }),
    );
  });
});

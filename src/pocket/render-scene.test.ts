import { describe, expect, it } from 'vitest';
import { renderScene, renderSceneBytes } from './render-scene.ts';
import type { Scene } from './scene.ts';
import { BACKGROUNDS, COLOURS } from './world.ts';

const SCENE: Scene = {
  objects: [{ object: 'heart', colour: 'red', size: 'small', x: 40, y: 4 }],
  background: 'cream',
  relation: undefined,
};

function pixel(bytes: Uint8Array, x: number, y: number): number[] {
  return [...bytes.slice(3 * (y * 64 + x), 3 * (y * 64 + x) + 3)];
}

describe('renderScene()', () => {
  it('puts the silhouette in its colour where the scene says, over the background', () => {
    const bytes = renderSceneBytes(SCENE);
    expect(pixel(bytes, 50, 14)).toEqual(COLOURS.red);
    expect(pixel(bytes, 14, 50)).toEqual(BACKGROUNDS.cream);
    expect(pixel(bytes, 39, 14)).toEqual(BACKGROUNDS.cream);
  });

  it('gives channels first, float32 in [0, 1]', () => {
    const { shape, data } = renderScene(SCENE);
    expect(shape).toEqual([3, 64, 64]);
    expect([0, 4096, 8192].map((channel) => data[channel + 14 * 64 + 50])).toEqual(
      COLOURS.red.map((value) => Math.fround(value / 255)),
    );
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('blends the rim of a silhouette between both colours', () => {
    const reds = renderScene(SCENE).data.slice(0, 4096);
    const between = reds.filter((value) => value > Math.fround(220 / 255) && value < Math.fround(235 / 255));
    expect(between.length).toBeGreaterThan(10);
  });
});

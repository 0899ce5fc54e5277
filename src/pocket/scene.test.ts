import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { centreOf, positionOf, randomScene, type Scene, type SceneObject } from './scene.ts';
import { IMAGE_SIZE, isHeldOut, SIZES } from './world.ts';

function scenes(count: number, options = {}): Scene[] {
  const rng = new MersenneTwister(5);
  return Array.from({ length: count }, () => randomScene(rng, options));
}

function objectAt(x: number, y: number): SceneObject {
  return { object: 'key', colour: 'red', size: 'small', x, y };
}

describe('randomScene()', () => {
  it('keeps objects inside the picture, on the 4-pixel grid and apart from each other', () => {
    for (const { objects, relation } of scenes(500)) {
      for (const { x, y, size } of objects) {
        expect([x % 4, y % 4]).toEqual([0, 0]);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y) + SIZES[size]).toBeLessThanOrEqual(IMAGE_SIZE);
      }
      const [a, b] = objects;
      if (!b) continue;
      expect(relation === 'left' ? b.x - a!.x : b.y - a!.y).toBeGreaterThanOrEqual(SIZES[a!.size]);
      const across = relation === 'left' ? 1 : 0;
      expect(Math.abs(centreOf(a!)[across] - centreOf(b)[across])).toBeLessThanOrEqual(12);
      expect(a!.object).not.toBe(b.object);
    }
  });

  it('draws one object in 4 of 10 scenes', () => {
    const alone = scenes(2000).filter((scene) => scene.objects.length === 1).length / 2000;
    expect(alone).toBeCloseTo(0.4, 1);
  });

  it('holds the held-out pairs out, or draws nothing else', () => {
    const isHeld = ({ colour, object }: SceneObject) => isHeldOut(colour, object);
    expect(
      scenes(500)
        .flatMap((scene) => scene.objects)
        .some(isHeld),
    ).toBe(false);
    expect(
      scenes(100, { pairs: 'held-out' })
        .flatMap((scene) => scene.objects)
        .every(isHeld),
    ).toBe(true);
  });

  it('is the same for the same seed', () => {
    expect(scenes(20)).toEqual(scenes(20));
  });
});

describe('positionOf()', () => {
  it.each([
    [24, 20, 'center'],
    [0, 24, 'left'],
    [44, 20, 'right'],
    [24, 0, 'top'],
    [20, 44, 'bottom'],
    [0, 0, undefined],
    [16, 20, undefined],
  ])('names the place of an object at (%i, %i): %s', (x, y, position) => {
    expect(positionOf(objectAt(x, y))).toBe(position);
  });
});

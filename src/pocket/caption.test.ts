import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { type CaptionSpec, captionScene, randomCaptionSpec } from './caption.ts';
import { randomScene, type Scene } from './scene.ts';

const SCENE: Scene = {
  objects: [
    { object: 'umbrella', colour: 'orange', size: 'big', x: 0, y: 20 },
    { object: 'fish', colour: 'pink', size: 'small', x: 40, y: 24 },
  ],
  background: 'gray',
  relation: 'left',
};

const FULL: CaptionSpec = {
  objects: [0, 1],
  colours: [true, true],
  sizes: [false, false],
  relation: true,
  position: false,
  background: true,
  form: 'sentence',
};

/** All captions that the grammar gives for one spec, sorted. */
function variants(spec: CaptionSpec): string[] {
  const rng = new MersenneTwister(3);
  return [...new Set(Array.from({ length: 200 }, () => captionScene(SCENE, spec, rng)))].sort();
}

describe('captionScene()', () => {
  it('states what the spec says, in both forms of "left of"', () => {
    expect(variants(FULL)).toEqual([
      'an orange umbrella left of a pink fish on a gray background',
      'an orange umbrella to the left of a pink fish on a gray background',
    ]);
  });

  it('turns the relation round when the objects are named the other way round', () => {
    const spec = { ...FULL, objects: [1, 0], colours: [false, true], sizes: [true, true], background: false };
    expect(variants(spec)).toEqual([
      'a small pink fish right of a big umbrella',
      'a small pink fish to the right of a big umbrella',
    ]);
  });

  it('links objects without a relation by words that state none', () => {
    const spec = { ...FULL, colours: [false, false], relation: false, background: false };
    expect(variants(spec)).toEqual(
      ['and', 'beside', 'near', 'next to', 'with'].map((link) => `an umbrella ${link} a fish`),
    );
  });

  it('lists keywords, an adjective before its object or after it', () => {
    const spec: CaptionSpec = { ...FULL, colours: [true, false], background: false, form: 'keywords' };
    expect(variants(spec)).toEqual(['orange umbrella , left , fish', 'umbrella , orange , fish , left']);
  });

  it('fits the 32 tokens of the text encoder with room to spare', () => {
    const rng = new MersenneTwister(4);
    const lengths = Array.from({ length: 3000 }, () => {
      const scene = randomScene(rng);
      return captionScene(scene, randomCaptionSpec(scene, rng), rng, { synonyms: true }).split(' ').length;
    });
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
  });
});

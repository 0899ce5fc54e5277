import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectPrompts } from '../../pocket/prompts.ts';
import { renderScene } from '../../pocket/render-scene.ts';
import type { Scene } from '../../pocket/scene.ts';
import type { SceneFacts } from '../../pocket/scene-facts.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import { conceptsOf } from './concepts-of.ts';
import { judgedHits } from './judged-hits.ts';

const SCENE: Scene = {
  objects: [
    { object: 'cat', colour: 'red', size: 'big', x: 0, y: 16 },
    { object: 'house', colour: 'blue', size: 'big', x: 36, y: 16 },
  ],
  background: 'dark',
  relation: 'left',
};

const FACTS: SceneFacts = {
  objects: [
    { object: 'cat', colour: 'red' },
    { object: 'house', colour: 'green' },
  ],
  relation: 'left',
  background: 'white',
};

describe('judgedHits()', () => {
  it('says of each concept whether it is in the picture', () => {
    expect(judgedHits(renderScene(SCENE), FACTS)).toEqual([
      { concept: 'red cat', isHit: true },
      { concept: 'green house', isHit: false },
      { concept: 'red cat left of green house', isHit: true },
      { concept: 'white background', isHit: false },
    ]);
  });

  it('leaves out what the prompt does not state', () => {
    const facts = { objects: [{ object: 'house' }], background: 'dark' } as const;
    expect(judgedHits(renderScene(SCENE), facts)).toEqual([
      { concept: 'house', isHit: true },
      { concept: 'dark background', isHit: true },
    ]);
  });

  it('judges exactly the concepts of any prompt of the world, in their order', () => {
    const prompts = effectPrompts(60, 4);
    fc.assert(
      fc.property(fc.constantFrom(...prompts), ({ prompt, facts }) => {
        const judged = judgedHits(renderScene(SCENE), facts);
        expect(judged.map(({ concept }) => concept)).toEqual(conceptsOf(prompt, facts));
        for (const { isHit } of judged) expect(typeof isHit).toBe('boolean');
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a picture of another size', () => {
    expect(() => judgedHits(floatTensor([3, 8, 8]), FACTS)).toThrow(/\[3, 64, 64\]/);
  });
});

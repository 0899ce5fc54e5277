import { describe, expect, it } from 'vitest';
import type { Detection, Verdict } from './judge.ts';
import { hitRate, isSceneRight, scoreFacts } from './score-facts.ts';
import type { ObjectName, Relation } from './world.ts';

function found(object: ObjectName, place: Partial<Detection> = {}): Detection {
  return { object, colour: 'red', size: 'small', cx: 32, cy: 32, iou: 0.9, ...place };
}

function verdict(...detections: Detection[]): Verdict {
  return { background: 'white', detections };
}

function holds(relation: Relation, first: Partial<Detection>, second: Partial<Detection>) {
  const facts = { objects: [{ object: 'cat' }, { object: 'dog' }], relation } as const;
  return scoreFacts(verdict(found('cat', first), found('dog', second)), facts).relation;
}

describe('scoreFacts()', () => {
  it('tells an object in the wrong colour from a missing one', () => {
    const facts = {
      objects: [{ object: 'cat', colour: 'blue' }, { object: 'dog' }, { object: 'key' }],
    } as const;
    const score = scoreFacts(verdict(found('cat'), found('dog')), facts);
    expect(score.objects).toEqual([true, true, false]);
    expect(score.objectsWithColour).toEqual([false, true, false]);
    expect(hitRate(score)).toBeCloseTo(1 / 3);
  });

  it('finds the colour among several detections of one object', () => {
    const facts = { objects: [{ object: 'cat', colour: 'blue' }] } as const;
    const score = scoreFacts(verdict(found('cat'), found('cat', { colour: 'blue', cx: 10 })), facts);
    expect(score.objectsWithColour).toEqual([true]);
  });

  it.each([
    ['left', { cx: 20 }, { cx: 26 }, true],
    ['left', { cx: 20 }, { cx: 24 }, false],
    ['right', { cx: 30 }, { cx: 20 }, true],
    ['above', { cy: 10 }, { cy: 40 }, true],
    ['above', { cy: 40 }, { cy: 10 }, false],
    ['below', { cy: 40 }, { cy: 10 }, true],
  ] as const)('says whether "%s" holds between %o and %o: %s', (relation, first, second, expected) => {
    expect(holds(relation, first, second)).toBe(expected);
  });

  it('says that a relation to a missing object does not hold', () => {
    const facts = { objects: [{ object: 'cat' }, { object: 'dog' }], relation: 'left' } as const;
    expect(scoreFacts(verdict(found('cat')), facts).relation).toBe(false);
  });

  it('leaves out what the caption does not state', () => {
    const score = scoreFacts(verdict(found('cat')), { objects: [{ object: 'cat' }] });
    expect([score.relation, score.background]).toEqual([undefined, undefined]);
    expect(isSceneRight(score)).toBe(true);
  });

  it('compares the background', () => {
    const right = scoreFacts(verdict(found('cat')), { objects: [{ object: 'cat' }], background: 'white' });
    const wrong = scoreFacts(verdict(found('cat')), { objects: [{ object: 'cat' }], background: 'dark' });
    expect([isSceneRight(right), isSceneRight(wrong)]).toEqual([true, false]);
    expect(hitRate(wrong)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { captionFacts } from './caption-facts.ts';
import { effectPrompts } from './prompts.ts';
import { isHeldOut } from './world.ts';

describe('effectPrompts()', () => {
  const prompts = effectPrompts(200, 1);

  it('gives as many different prompts as asked for', () => {
    expect(new Set(prompts.map(({ prompt }) => prompt)).size).toBe(200);
  });

  it('gives the facts that each prompt states', () => {
    for (const { prompt, facts } of prompts) {
      const parsed = captionFacts(prompt);
      expect(parsed.unusedWords).toEqual([]);
      expect(parsed.facts).toEqual({
        position: undefined,
        ...facts,
        objects: facts.objects.map((o) => ({ size: undefined, ...o })),
      });
    }
  });

  it('names two different objects, each with its colour, seen in training unless asked otherwise', () => {
    const pairs = (list: typeof prompts) => list.flatMap(({ facts }) => facts.objects);
    for (const { facts } of prompts) expect(new Set(facts.objects.map((o) => o.object)).size).toBe(2);
    expect(pairs(prompts).some((o) => isHeldOut(o.colour!, o.object))).toBe(false);
    expect(pairs(effectPrompts(50, 1, { heldOut: true })).every((o) => isHeldOut(o.colour!, o.object))).toBe(
      true,
    );
  });

  it('states a relation or a background in some of them', () => {
    const relations = prompts.filter(({ facts }) => facts.relation).length;
    const backgrounds = prompts.filter(({ facts }) => facts.background).length;
    expect([relations, backgrounds].every((count) => count > 20 && count < 100)).toBe(true);
  });

  it('depends on the seed alone: a shorter list is the beginning of a longer one', () => {
    expect(effectPrompts(120, 1)).toEqual(prompts.slice(0, 120));
    expect(effectPrompts(120, 2)).not.toEqual(prompts.slice(0, 120));
    expect(effectPrompts(3, 1).map(({ prompt }) => prompt)).toMatchInlineSnapshot(`
      [
        "a green flower below a red tree",
        "a red cat next to a blue bicycle",
        "a blue fish beside a purple bus",
      ]
    `);
  });

  it.each([-1, 1.5, 5000, Number.NaN])('refuses to make %d of them', (count) => {
    expect(() => effectPrompts(count, 1)).toThrow(/0 to 1000/);
  });
});

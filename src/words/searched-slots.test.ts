import { describe, expect, it } from 'vitest';
import { jointSpace } from './joint-space.ts';
import type { WordSlot } from './prompt-space.ts';
import { limitedTo, searchedSlots, searchOf, slotName } from './searched-slots.ts';

const choices = [{ text: 'x', source: 'test', relation: 'test', score: 1 }];
const slot = (text: string, start: number): WordSlot => ({ text, start, choices });
const library = [{ theme: 'quality', choices }];
const cat = slot('cat', 2);
const car = slot('car', 10);

describe('a joint space', () => {
  it('has the slots of the negative prompt, then of the prompt, then of the library, and says which is which', () => {
    const space = jointSpace('a cat or a car', 'improve', { negative: [cat], positive: [cat, car], library });
    expect(space.slots).toEqual([
      { ...cat, part: 'negative' },
      { ...cat, part: 'positive' },
      { ...car, part: 'positive' },
    ]);
    expect(searchOf(space)).toBe('both');
    expect(searchedSlots(space).map((each) => [slotName(each), each.part, each.kind])).toEqual([
      ['cat', 'negative', 'word'],
      ['cat', 'positive', 'word'],
      ['car', 'positive', 'word'],
      ['quality', 'negative', 'library'],
    ]);
  });

  it.each([
    ['improve', { negative: [cat], library }, 'negative'],
    ['attack', { positive: [cat] }, 'positive'],
  ] as const)('says nothing of parts where all are what the task (%s) searches', (task, parts, search) => {
    const space = jointSpace('a cat', task, parts);
    expect(space.slots).toEqual([cat]);
    expect(searchOf(space)).toBe(search);
  });

  it('can be limited to one of its prompts', () => {
    const space = jointSpace('a cat or a car', 'attack', { negative: [cat], positive: [car], library });
    expect(limitedTo(space, 'both')).toEqual(space);
    expect(limitedTo(space, 'negative')).toMatchObject({ slots: [{ text: 'cat' }], library });
    const positive = limitedTo(space, 'positive');
    expect(positive).toEqual({
      prompt: 'a cat or a car',
      task: 'attack',
      slots: [{ ...car, part: 'positive' }],
    });
    expect(searchOf(positive)).toBe('positive');
    expect(searchOf({ ...positive, slots: [], library })).toBe('negative');
    expect(searchOf({ ...positive, slots: [] })).toBe('positive');
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SD1_FOLDER } from '../../tests/diffusion/recorded-pipeline.ts';
import type { PromptSpace, WordChoice } from '../words/prompt-space.ts';
import { searchedSlots, searchOf, slotName } from '../words/searched-slots.ts';
import { openWordModel } from './open-word-model.ts';
import { buildStudySpace, neededWords, type StudySpaceOptions } from './study-space.ts';

/** One that knows every word, and the embedded one, which knows few. */
const plain = await openWordModel(SD1_FOLDER);
const pocket = await openWordModel(undefined);
const PROMPT = 'a red cat and a blue car';

const build = (options: Partial<StudySpaceOptions> = {}, source = plain) =>
  buildStudySpace(source, PROMPT, { task: 'improve', ...options });
const names = (space: PromptSpace) => searchedSlots(space).map((slot) => `${slot.part} ${slotName(slot)}`);
const choice = (text: string): WordChoice => ({ text, source: 'test', relation: 'test', score: 1 });

describe('the space of a study', () => {
  it.each([
    ['improve', 'negative'],
    ['attack', 'positive'],
  ] as const)('is, to %s, of the %s prompt alone, and of both where that is asked for', (task, part) => {
    const own = build({ task }, pocket);
    expect(searchOf(own)).toBe(part);
    expect(own.slots[0]).not.toHaveProperty('part');
    const both = build({ task, search: 'both' }, pocket);
    expect(names(both)).toEqual(expect.arrayContaining(['negative cat', 'positive cat']));
    const other = part === 'negative' ? 'positive' : 'negative';
    expect(searchOf(build({ task, search: other }, pocket))).toBe(other);
    const stripped = both.slots.filter((slot) => slot.part === part).map(({ part: _, ...slot }) => slot);
    expect(stripped).toEqual(own.slots);
  });

  it('has a library beside the words, or alone', () => {
    const joined = build({ space: 'antonym+library' });
    expect(joined.slots).toEqual(build().slots);
    expect(joined.library?.map(({ theme }) => theme)).toEqual([
      'quality',
      'anatomy',
      'text',
      'composition',
      'style',
    ]);
    const alone = build({ space: 'library', librarySlots: 2, maxChoices: 3, task: 'attack' });
    expect(names(alone)).toEqual(['negative quality', 'negative anatomy']);
    expect(alone.library?.map(({ choices }) => choices.length)).toEqual([3, 3]);
    expect(names(build({ space: 'library+synonym' }))).toEqual(
      expect.arrayContaining(['positive cat', 'negative quality']),
    );
  });

  it('says that the embedded model knows no word of the library', () => {
    for (const space of ['library', 'antonym+library'])
      expect(() => build({ space }, pocket)).toThrow(
        /learnt none of the words of the negative prompt library/,
      );
  });

  it('leaves out of the library first what finds no room, a given negative prompt counted', () => {
    const short = { model: { ...plain.model, tokenizer: plain.model.tokenizer.limitedTo(24) } };
    const space = build({ space: 'antonym+library', librarySlots: 5, maxChoices: 2 }, short);
    expect(space.slots.length).toBeGreaterThan(0);
    expect(space.leftOut?.at(-1)).toEqual({ text: 'style', start: null, reason: 'no-room' });
    const given = build(
      { space: 'antonym+library', maxChoices: 2, negativePrompt: 'bad, worse, worst' },
      short,
    );
    expect(given.leftOut!.length).toBeGreaterThan(space.leftOut!.length);
  });

  it('takes words that were found elsewhere, and says which it needs', () => {
    const slots = [{ text: 'cat', start: 6, choices: [choice('kitten')] }];
    const words = { attack: { prompt: PROMPT, task: 'attack' as const, slots, asked: 'a friend' } };
    expect(build({ search: 'positive', words })).toEqual({
      ...{ prompt: PROMPT, task: 'improve', asked: 'a friend' },
      slots: [{ ...slots[0], part: 'positive' }],
    });
    expect(build({ words })).toEqual(build());
    expect(neededWords({ task: 'improve' })).toEqual(['improve']);
    expect(neededWords({ task: 'improve', search: 'both', space: 'library' })).toEqual(['attack']);
    expect(neededWords({ task: 'attack', search: 'both' })).toEqual(['improve', 'attack']);
    expect(neededWords({ task: 'attack', space: 'x.json' })).toEqual([]);
  });

  it('of a given space keeps what is searched, without empty choices and with words in their places', () => {
    const given: PromptSpace = {
      prompt: PROMPT,
      task: 'improve',
      slots: [
        { text: 'cat', start: 6, choices: [choice('dog'), choice(' ')] },
        { text: 'cat', start: 6, part: 'positive', choices: [choice(''), choice('kitten')] },
        { text: 'car', start: 21, part: 'positive', choices: [choice('')] },
      ],
    };
    expect(names(build({ space: given }))).toEqual(['negative cat', 'positive cat']);
    expect(build({ space: given }).slots[1].choices).toEqual([choice('kitten')]);
    expect(names(build({ space: given, search: 'positive' }))).toEqual(['positive cat']);
    const misplaced = { ...given, slots: [{ ...given.slots[1], start: 5 }] };
    expect(() => build({ space: misplaced })).toThrow(/a slot for "cat" at 5/);
  });

  it('reads a file for the searched prompt', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'study-space-')), 'x.json');
    writeFileSync(path, JSON.stringify({ [PROMPT]: { sub: { cat: ['kitten'] }, opp: { red: ['blue'] } } }));
    expect(names(build({ space: path }))).toEqual(['negative red']);
    expect(names(build({ space: path, search: 'both' }))).toEqual(['negative red', 'positive cat']);
  });

  it.each([
    [{ search: 'all' as 'both' }, /searched prompt must be negative, positive or both, got all/],
    [{ space: 'synonym', search: 'negative' }, /names synonym, whose words go into the prompt itself/],
    [{ space: 'antonyms' }, /must be antonym, synonym, library/],
    [{ librarySlots: 21 }, /library slots must be a whole number from 1 to 20, got 21/],
    [{ maxChoices: 0 }, /choices in a slot must be a whole number of at least 1, got 0/],
  ] as const)('refuses %j in a sentence', (options, message) => {
    expect(() => build(options)).toThrow(message);
  });
});

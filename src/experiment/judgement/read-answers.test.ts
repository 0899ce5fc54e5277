import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersFile } from '../../../tests/experiment/judge-answers.ts';
import { JUDGED_PAIRS } from '../../../tests/experiment/judged-scenes.ts';
import { DpoError } from '../../errors.ts';
import { judgementSheet } from './judgement-sheet.ts';
import { readAnswers } from './read-answers.ts';

const { key } = judgementSheet(JUDGED_PAIRS, { title: 't', experiment: 'e', seed: 0 });
const file = answersFile(key, 'Ann');
const read = (change: object, name = 'ann.json') =>
  readAnswers([{ name, text: JSON.stringify({ ...file, ...change }) }], key);

describe('readAnswers()', () => {
  it('reads one judge after the other', () => {
    const texts = ['Ann', 'Bob'].map((judge) => ({
      name: judge,
      text: JSON.stringify(answersFile(key, judge)),
    }));
    const answers = readAnswers(texts, key);
    expect(answers.map(({ judge, incomplete }) => [judge, incomplete])).toEqual([
      ['Ann', 0],
      ['Bob', 0],
    ]);
    expect([...answers[0].complete.keys()].sort()).toEqual(key.cards.map(({ card }) => card).sort());
  });

  it('counts what was not answered to the end', () => {
    const [first, ...rest] = file.answers;
    expect(read({ answers: rest })[0].incomplete).toBe(1);
    expect(read({ answers: [{ ...first, done: false }, ...rest] })[0].incomplete).toBe(1);
    const unasked = file.answers.map(({ altersMeaning: _, ...answer }) => answer);
    const attacks = key.cards.filter(({ task }) => task === 'attack').length;
    expect(read({ answers: unasked })[0].incomplete).toBe(attacks);
    expect(attacks).toBe(2);
    expect(read({ answers: [] })[0].incomplete).toBe(5);
  });

  it.each([
    [
      'another sheet',
      { sheet: 'abc' },
      `ann.json has the answers of sheet abc, but the key is of sheet ${key.sheet}`,
    ],
    ['no name', { judge: ' ' }, "at judge: expected the judge's name, found none"],
    ['another format', { format: 'x' }, 'ann.json should hold a judge'],
    [
      'an unknown card',
      { answers: [{ ...file.answers[0], card: 'c99' }] },
      'it answers c99, which the sheet has not',
    ],
    ['a card twice', { answers: [file.answers[0], file.answers[0]] }, 'twice'],
    ['too few marks', { answers: [{ ...file.answers[0], left: [] }] }, 'do not fit the sheet'],
    [
      'too many concepts',
      { answers: [{ ...file.answers[0], left: [[true, true, true]] }] },
      'do not fit the sheet',
    ],
  ])('refuses %s in a sentence', (_, change, sentence) => {
    expect(() => read(change)).toThrow(sentence);
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'INVALID_ANSWERS' }));
  });

  it('refuses two files of one judge', () => {
    const texts = ['a.json', 'b.json'].map((name) => ({ name, text: JSON.stringify(file) }));
    expect(() => readAnswers(texts, key)).toThrow('a.json and b.json are both of the judge "Ann"');
  });

  it('reads or refuses any text, and never fails otherwise', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((answers) => JSON.stringify({ ...file, answers })),
        ),
        (text) => {
          try {
            readAnswers([{ name: 'x', text }], key);
          } catch (error) {
            expect(error).toBeInstanceOf(DpoError);
            expect((error as DpoError).code).toBe('INVALID_ANSWERS');
          }
        },
      ),
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { StoredJob } from '../store/experiment-table.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { isHardPrompt, promptChoice, requirePrompts } from './hard-prompts.ts';

describe('isHardPrompt()', () => {
  test('compares the mean loss over the seeds', () => {
    expect(isHardPrompt({ count: 1, lossAbove: 0.5 }, [0.4, 0.7], undefined)).toBe(true);
    expect(isHardPrompt({ count: 1, lossAbove: 0.6 }, [0.4, 0.7], undefined)).toBe(false);
    expect(isHardPrompt({ count: 1, lossBelow: 0.6 }, [0.4, 0.7], undefined)).toBe(true);
    expect(isHardPrompt({ count: 1, lossAbove: 0.1 }, [Number.NaN, 0.7], undefined)).toBe(false);
  });

  test('asks the judge where there is one', () => {
    const [all, some] = [
      [[true, true]],
      [
        [true, true],
        [true, false],
      ],
    ];
    expect(isHardPrompt({ count: 1, missesConcept: true }, [0.1], some)).toBe(true);
    expect(isHardPrompt({ count: 1, missesConcept: true }, [0.1], all)).toBe(false);
    expect(isHardPrompt({ count: 1, missesConcept: false }, [0.1], all)).toBe(true);
    expect(isHardPrompt({ count: 1, missesConcept: true, lossAbove: 0.5 }, [0.1], some)).toBe(false);
  });

  test('has other thresholds where nobody can judge', () => {
    const filter = { count: 1, missesConcept: true, whereNotJudged: { lossAbove: 0.85 } };
    expect(isHardPrompt(filter, [0.9], undefined)).toBe(true);
    expect(isHardPrompt(filter, [0.8], undefined)).toBe(false);
    expect(isHardPrompt(filter, [0.2], [[false]])).toBe(true);
  });
});

/** `+` is hard, `-` is not, `!` failed, `.` is waiting. */
function jobs(states: string): StoredJob[] {
  return [...states].map((mark, place) => ({
    place,
    key: `c${place}`,
    job: { prompt: `prompt ${place}` },
    state: mark === '.' ? 'waiting' : mark === '!' ? 'failed' : 'done',
    result: '+-'.includes(mark) ? { prompt: `prompt ${place}`, losses: [], isHard: mark === '+' } : null,
    error: null,
  }));
}

describe('promptChoice()', () => {
  test.each([
    ['....', [], 0, false],
    ['+-.+', [0], 2, false],
    // What comes after a gap may not be chosen yet: another order of work would choose others.
    ['+-.++', [0], 2, false],
    ['+-!+.', [0, 3], 4, true],
    ['+++..', [0, 1], 3, true],
    ['---+', [3], 4, true],
  ])('of %s', (states, places, seen, isFinal) => {
    const choice = promptChoice(jobs(states), { count: 2 });
    const prompts = places.map((place) => `prompt ${place}`);
    const failed = states.slice(0, seen).split('!').length - 1;
    expect(choice).toEqual({ prompts, seen, candidates: states.length, failed, isFinal });
  });

  test('is refused where it is empty', () => {
    const definition = { hard: { count: 2, lossAbove: 9 } } as ExperimentDefinition;
    const choice = promptChoice(jobs('---'), { count: 2 });
    expect(() => requirePrompts(choice, definition)).toThrow(
      /None of the 3 prompts is as hard .*"lossAbove":9\}\)\. Give more prompts/,
    );
    const failed = promptChoice(jobs('-!!'), { count: 2 });
    expect(() => requirePrompts(failed, definition)).toThrow('2 of them could not be looked at; --retry');
  });
});

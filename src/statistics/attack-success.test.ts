import { describe, expect, it } from 'vitest';
import { type AttackAttempt, attackSuccess, isSuccess } from './attack-success.ts';
import type { Outcome } from './outcome.ts';

const attempt = (faithfulness: Outcome, altersMeaning = false): AttackAttempt => ({
  faithfulness,
  altersMeaning,
});

describe('isSuccess()', () => {
  it.each([
    [attempt('loss'), true],
    [attempt('loss', true), false],
    [attempt('draw'), false],
    [attempt('win'), false],
    [attempt('win', true), false],
  ])('of %o is %s', (judged, success) => {
    expect(isSuccess(judged)).toBe(success);
  });
});

describe('attackSuccess()', () => {
  it('reproduces the arithmetic of a 44 % success rate over 100 prompts', () => {
    const judged = [
      ...Array.from({ length: 44 }, () => attempt('loss')),
      ...Array.from({ length: 6 }, () => attempt('loss', true)),
      ...Array.from({ length: 30 }, () => attempt('draw')),
      ...Array.from({ length: 20 }, () => attempt('win')),
    ];
    const table = attackSuccess(judged.map((one) => [one]));
    expect(table).toMatchObject({
      prompts: 100,
      attempts: 100,
      successes: 44,
      draws: 30,
      faithful: 20,
      altered: 6,
    });
    expect(table.successRate.mean).toBeCloseTo(0.44, 12);
    const [low, high] = table.successRate.interval!;
    expect(low).toBeGreaterThan(0.32);
    expect(high).toBeLessThan(0.56);
  });

  it('weighs prompts, not attempts, and leaves out those without any', () => {
    const table = attackSuccess([[attempt('loss')], [attempt('draw'), attempt('draw'), attempt('draw')], []]);
    expect(table).toMatchObject({ prompts: 2, attempts: 4, successes: 1 });
    expect(table.successRate.mean).toBe(0.5);
  });
});

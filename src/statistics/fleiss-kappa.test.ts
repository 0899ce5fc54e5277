import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleissKappa } from './fleiss-kappa.ts';

/** Rows of counts by category as rows of answers. */
function answersOf(counts: readonly (readonly number[])[]): string[][] {
  return counts.map((row) => row.flatMap((count, category) => Array<string>(count).fill(String(category))));
}

describe('fleissKappa()', () => {
  it("is 0.210 on the example of Fleiss's own kind: 10 subjects, 14 judges, 5 categories", () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const agreement = fleissKappa(answersOf(counts));
    // statsmodels 0.15.0, statsmodels.stats.inter_rater.fleiss_kappa
    expect(agreement.kappa).toBeCloseTo(0.20993070442195522, 12);
    expect(agreement).toMatchObject({ subjects: 10, judges: 14, leftOut: 0 });
    expect(agreement.observed).toBeCloseTo(0.378, 3);
    expect(agreement.expected).toBeCloseTo(0.213, 3);
  });

  it('equals statsmodels for five judges who draw at random', () => {
    const drawn = '12012 20000 00101 10100 01001 20002 21220 01100 00000 21000 00100 02211'.split(' ');
    // statsmodels 0.15.0: fleiss_kappa(aggregate_raters(answers)[0])
    expect(fleissKappa(drawn.map((row) => [...row])).kappa).toBeCloseTo(0.027645376549094408, 12);
  });

  it('is 1 for judges who agree, and −1 for two who always differ', () => {
    expect(fleissKappa([...'abab'].map((answer) => [answer, answer, answer])).kappa).toBe(1);
    expect(fleissKappa(['ab', 'ba', 'ab', 'ba'].map((row) => [...row])).kappa).toBe(-1);
  });

  it.each([
    [[], /no subject/],
    [[[]], /no subject/],
    [[['win', undefined]], /no subject/],
    [[['win'], ['loss']], /one judge/],
    [
      [
        ['win', 'win'],
        ['win', 'win'],
      ],
      /every answer is the same/,
    ],
  ])('is not defined for %j', (answers, reason) => {
    const agreement = fleissKappa(answers as (string | undefined)[][]);
    expect(agreement.kappa).toBeNull();
    expect(agreement.reason).toMatch(reason);
  });

  it('leaves out subjects with a missing answer, and counts them', () => {
    const complete = [
      ['a', 'b', 'a'],
      ['b', 'b', 'b'],
    ];
    const withGaps = [['a', undefined, 'a'], ...complete, ['a', 'b']];
    expect(fleissKappa(withGaps)).toEqual({ ...fleissKappa(complete), leftOut: 2 });
  });

  it('lies between −1 / (judges − 1) and 1, whatever the order of judges and the names of answers', () => {
    const tables = fc.integer({ min: 2, max: 6 }).chain((judges) =>
      fc.array(fc.array(fc.constantFrom('win', 'draw', 'loss'), { minLength: judges, maxLength: judges }), {
        minLength: 1,
        maxLength: 12,
      }),
    );
    const renamed: Readonly<Record<string, string>> = { win: 'loss', loss: 'x', draw: 'win' };
    fc.assert(
      fc.property(tables, (answers) => {
        const { kappa, judges } = fleissKappa(answers);
        const turned = answers.map((row) => [...row].reverse().map((answer) => renamed[answer])).reverse();
        const other = fleissKappa(turned).kappa;
        if (kappa === null) {
          expect(other).toBeNull();
          expect(new Set(answers.flat()).size).toBe(1);
          return;
        }
        expect(kappa).toBeLessThanOrEqual(1 + 1e-12);
        expect(kappa).toBeGreaterThanOrEqual(-1 / (judges - 1) - 1e-9);
        expect(other).toBeCloseTo(kappa, 9);
      }),
    );
  });
});

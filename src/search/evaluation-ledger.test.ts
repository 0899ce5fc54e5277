import { describe, expect, it } from 'vitest';
import { EvaluationLedger } from './evaluation-ledger.ts';
import type { Score } from './objective.ts';

const valid = (loss: number): Score => ({ kind: 'valid', loss });

describe('EvaluationLedger', () => {
  it('keeps the earliest of equal bests and counts what came after it', () => {
    const ledger = new EvaluationLedger();
    expect(ledger.record([0], valid(2))).toMatchObject({ index: 0, improved: true });
    expect(ledger.record([1], valid(1))).toMatchObject({ index: 1, improved: true });
    expect(ledger.record([2], valid(1))).toMatchObject({ index: 2, improved: false });
    expect(ledger.best).toEqual({ candidate: [1], loss: 1 });
    expect(ledger.sinceImprovement).toBe(1);
    expect(ledger.top(5)).toEqual([[1], [2], [0]]);
    expect(ledger.top(1)).toEqual([[1]]);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])(
    'a loss of %s is invalid',
    (loss) => {
      const ledger = new EvaluationLedger();
      const { score, improved } = ledger.record([0], valid(loss));
      expect(score).toEqual({ kind: 'invalid', reason: expect.stringContaining(String(loss)) });
      expect(improved).toBe(false);
      expect(ledger.best).toBeNull();
      expect(ledger.count).toBe(1);
    },
  );

  it('refuses a candidate it holds', () => {
    const ledger = new EvaluationLedger();
    ledger.record([0, 1], valid(1));
    expect(() => ledger.record([0, 1], valid(1))).toThrow(/0,1 was evaluated twice/);
  });

  it('counts those that were stopped early, with what they cost, and has none of them among the best', () => {
    const ledger = new EvaluationLedger();
    ledger.record([0], valid(2));
    ledger.record([1], { kind: 'pruned', loss: 1 }, 0.25);
    ledger.record([2], valid(3), 0.5);
    expect([ledger.count, ledger.pruned, ledger.spent]).toEqual([3, 1, 1.75]);
    expect(ledger.top(5)).toEqual([[0], [2]]);
    expect([ledger.best?.candidate, ledger.sinceImprovement]).toEqual([[0], 2]);
  });
});

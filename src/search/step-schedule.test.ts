import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { resolveStepSchedule, type StepSchedule } from './step-schedule.ts';

function steps(schedule: StepSchedule, samplingSteps: number, iterations: number): number[] {
  const pick = resolveStepSchedule(schedule, samplingSteps, iterations);
  const rng = new MersenneTwister(0);
  return Array.from({ length: iterations }, (_, iteration) => pick(iteration, rng));
}

describe('resolveStepSchedule()', () => {
  it("is the paper's 15 + floor(i / 2) by default, with 50 steps", () => {
    expect(steps({ kind: 'ramp' }, 50, 20)).toEqual(
      Array.from({ length: 20 }, (_, i) => 15 + Math.floor(i / 2)),
    );
  });

  it('scales with the number of sampling steps', () => {
    expect(steps({ kind: 'ramp' }, 100, 4)).toEqual([30, 30, 32, 32]);
    expect(steps({ kind: 'ramp' }, 20, 20)).toEqual([
      6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9,
    ]);
    expect(steps({ kind: 'ramp' }, 1, 20)).toEqual(new Array(20).fill(0));
  });

  it("the defaults fit any number of steps for the paper's 20 iterations", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom('ramp' as const, 'random' as const),
        (T, kind) => {
          for (const index of steps({ kind }, T, 20)) {
            expect(Number.isInteger(index) && index >= 0 && index < T).toBe(true);
            expect(Math.abs(index / T - 0.4)).toBeLessThanOrEqual(0.1 + 1 / T);
          }
        },
      ),
    );
  });

  it('a ramp takes its own start, repeat and stride', () => {
    expect(steps({ kind: 'ramp', start: 4, repeat: 1, stride: -2 }, 10, 3)).toEqual([4, 2, 0]);
  });

  it('a random schedule stays between min and max and reaches both', () => {
    const indices = steps({ kind: 'random', min: 3, max: 5 }, 10, 200);
    expect([...new Set(indices)].toSorted()).toEqual([3, 4, 5]);
  });

  it('a fixed schedule may be the first or the last step', () => {
    expect(steps({ kind: 'fixed', stepIndex: 0 }, 4, 2)).toEqual([0, 0]);
    expect(steps({ kind: 'fixed', stepIndex: 3 }, 4, 2)).toEqual([3, 3]);
  });

  it.each<[string, StepSchedule, RegExp]>([
    [
      'beyond the steps',
      { kind: 'fixed', stepIndex: 50 },
      /stepIndex must be a step index from 0 to 49.*it is 50/,
    ],
    ['negative', { kind: 'fixed', stepIndex: -1 }, /it is -1/],
    ['a fraction', { kind: 'fixed', stepIndex: 1.5 }, /it is 1.5/],
    ['a range beyond the steps', { kind: 'random', min: 2, max: 70 }, /max must be .* it is 70/],
    ['an empty range', { kind: 'random', min: 9, max: 8 }, /min must not be above max/],
    ['a start beyond the steps', { kind: 'ramp', start: 60 }, /start must be .* it is 60/],
    ['a start that is no number', { kind: 'ramp', start: Number.NaN }, /start must be .* it is NaN/],
    ['a stride that leads beyond', { kind: 'ramp', stride: 10 }, /leads iteration 19 to step index 105/],
    ['a repeat of 0', { kind: 'ramp', repeat: 0 }, /repeat must be a whole number of at least 1/],
    [
      'an unknown kind',
      { kind: 'cosine' } as unknown as StepSchedule,
      /"ramp", "fixed" or "random".*"cosine"/,
    ],
  ])('refuses %s and names it', (_, schedule, message) => {
    const resolve = () => resolveStepSchedule(schedule, 50, 20);
    expect(resolve).toThrow(message);
    expect(resolve).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

import { describe, expect, test } from 'vitest';
import { candidate, gradientIteration, rejected, STARTED, sampling } from '../../tests/cli/study-events.ts';
import { resolveSearchOptions } from '../search/search-options.ts';
import { NO_ACCELERATION } from '../study/resolve-acceleration.ts';
import type { RecordedAcceleration } from '../study/study-event.ts';
import { GRADIENT_BUDGET_SHARE, StudyProgress } from './study-progress.ts';

/** A study whose clock stands where `clock.now` says. */
function setUp(options: { maxSeconds?: number } = {}) {
  const clock = { now: 100 };
  const progress = new StudyProgress({ now: () => clock.now, iterations: 20, ...options });
  progress.note(STARTED);
  return { clock, progress };
}

describe('StudyProgress', () => {
  test('counts a budget of 6 and the pictures of 2 held-out seeds, twice, as 8 evaluations', () => {
    const { clock, progress } = setUp();
    progress.note(candidate(0, 0.5));
    progress.note(candidate(1, 0.4));
    clock.now += 10;
    expect(progress.progress).toEqual({
      activity: 'evaluation 2 of ~6',
      fraction: 2 / 8,
      best: 0.4,
      original: 0.5,
      elapsed: 10,
      remaining: 30,
    });
  });

  test('moves on with every step of a batch, and not a second time when its candidates are told', () => {
    const { progress } = setUp();
    // Two candidates on two seeds take 4 pictures at each of 10 steps.
    for (let step = 0; step < 10; step++) progress.note(sampling(4));
    const sampled = progress.progress.fraction;
    progress.note(candidate(0, 0.5));
    progress.note(candidate(1, 0.6));
    expect(sampled).toBeCloseTo(2 / 8);
    expect(progress.progress.fraction).toBeCloseTo(2 / 8);
  });

  test('never goes back', () => {
    const { progress } = setUp();
    const events = [
      ...[sampling(20), candidate(0, 0.5), sampling(6), gradientIteration(0, 1.3), sampling(6)],
      ...[gradientIteration(1, 1.6), sampling(40), candidate(1, 0.4, { spent: 2.6 })],
      ...[candidate(2, 0.4, { spent: 3.6 }), sampling(20, 'held-out'), sampling(20, 'held-out')],
    ];
    let last = 0;
    for (const event of events) {
      progress.note(event);
      expect(progress.progress.fraction).toBeGreaterThanOrEqual(last);
      last = progress.progress.fraction;
    }
    expect(last).toBeCloseTo(1);
  });

  test('names the part of the work', () => {
    const { progress } = setUp();
    expect(progress.progress.activity).toBe('starting');
    progress.note(sampling(2));
    expect(progress.progress.activity).toBe('the original');
    progress.note(candidate(0, 0.5));
    progress.note(gradientIteration(0, 1.1));
    expect(progress.progress.activity).toBe('gradient 1 of ~20');
    progress.note(gradientIteration(19, 2));
    progress.note(sampling(2));
    expect(progress.progress.activity).toBe('evaluation 1 of ~5');
    progress.note(sampling(20, 'held-out'));
    expect(progress.progress.activity).toBe('held-out pictures');
  });

  test('counts the gradient iterations that half the budget pays for', () => {
    expect(GRADIENT_BUDGET_SHARE).toBe(resolveSearchOptions().gradient.maxBudgetShare);
    const { progress } = setUp();
    progress.note(candidate(0, 0.5));
    // Half of a budget of 6 pays for 7 iterations at 0.4 each.
    progress.note(gradientIteration(0, 1.4));
    expect(progress.progress.activity).toBe('gradient 1 of ~7');
    for (let i = 1; i < 7; i++) progress.note(gradientIteration(i, 1.4 + 0.4 * i));
    expect(progress.progress.activity).toBe('gradient 7 of ~7');
    progress.note(sampling(2));
    expect(progress.progress.activity).toMatch(/^evaluation/);
  });

  test('knows that no more can be tried than there is, and that time may be limited', () => {
    const { clock, progress } = setUp({ maxSeconds: 12 });
    progress.note({ ...STARTED, budget: 100, heldOutSeeds: [] });
    progress.note(candidate(0, 0.5));
    clock.now += 10;
    expect(progress.progress.activity).toBe('evaluation 1 of ~9');
    expect(progress.progress.remaining).toBe(2);
  });

  test('says nothing about the rest while it has seen next to nothing', () => {
    const { progress } = setUp();
    expect(progress.progress.remaining).toBeNull();
  });

  test('counts what is rejected beside the evaluations', () => {
    const { progress } = setUp();
    progress.note(candidate(0, 0.5));
    for (let index = 0; index < 3; index++) progress.note(rejected(index));
    expect(progress.progress.activity).toBe('evaluation 1 of ~6, 3 rejected');
  });

  test('counts short cuts at what they cost, and exact pictures after the search', () => {
    const progress = new StudyProgress({ now: () => 100, iterations: 20 });
    const acceleration: RecordedAcceleration = {
      ...{ ...NO_ACCELERATION, gradientRefresh: 1, confirm: 2, confirmsOriginal: true },
      ...{ steps: 5, scheduler: 'ddim', sampler: 'DDIM', guidedSteps: 5 },
      costs: { original: 0.5, candidate: 0.5 },
    };
    progress.note({ ...STARTED, acceleration });
    progress.note(sampling(10));
    progress.note(candidate(0, 0.5, { spent: 0.5 }));
    progress.note(candidate(1, 0.4, { spent: 1 }));
    // 3 of the budget of 6 are for confirming; 4 of the rest's 6 candidates are left. 2 are for held-out pictures.
    expect(progress.progress).toMatchObject({ activity: 'evaluation 2 of ~6', fraction: 1 / 8 });
    for (const spent of [1.5, 2, 2.5, 3]) progress.note(candidate(2 * spent - 1, 0.4, { spent }));
    progress.note({ type: 'sampling', phase: 'confirmation', guidedSteps: 20 });
    expect(progress.progress).toMatchObject({ activity: 'confirming the best', fraction: 4 / 8 });
  });

  test('counts on to the words that are left out, as many as the best has', () => {
    const { clock, progress } = setUp();
    progress.note({ ...STARTED, ablation: true });
    progress.note(candidate(0, 0.5));
    progress.note(candidate(1, 0.4, { candidate: [1, 1], improved: true, spent: 6 }));
    // 6 evaluations, 2 of held-out pictures, then 2 words on 2 searched and 2 held-out seeds: 4.
    expect(progress.progress.fraction).toBeCloseTo(6 / 12);
    progress.note(sampling(40, 'held-out'));
    expect(progress.progress.fraction).toBeCloseTo(8 / 12);
    progress.note(sampling(20, 'ablation'));
    clock.now += 9;
    expect(progress.progress).toMatchObject({ activity: 'leaving out words', remaining: 3 });
    expect(progress.progress.fraction).toBeCloseTo(9 / 12);
    progress.note(sampling(60, 'ablation'));
    expect(progress.progress).toMatchObject({ fraction: 1, remaining: 0 });
  });
});

import { expect, test } from 'vitest';
import type { StudyEvent } from '../../study/study-event.ts';
import { StudyCourse } from './study-course.ts';

const candidate = (index: number, loss: number, improved: boolean, spent: number, unetCalls: number) =>
  ({
    type: 'candidate',
    index,
    loss,
    improved,
    bestLoss: loss,
    spent,
    unetCalls,
    prompt: 'p',
    negativePrompt: `n${index}`,
  }) as unknown as StudyEvent;

test('candidates that were sampled together share the calls, and pictures after the search are no part of it', () => {
  const course = new StudyCourse();
  const events = [
    candidate(0, 0.9, true, 1, 40),
    { type: 'gradient', spent: 1.5, unetCalls: 64 },
    candidate(1, 0.8, true, 2.5, 184),
    candidate(2, 0.85, false, 3.5, 184),
    candidate(3, 0.7, true, 4.5, 184),
    { type: 'sampling', phase: 'search', guidedSteps: 12 },
    { type: 'sampling', phase: 'held-out', guidedSteps: 20 },
    { type: 'sampling', phase: 'ablation', guidedSteps: 60 },
    { type: 'finished', result: { unetCalls: 264, best: {} } },
  ] as unknown as StudyEvent[];
  for (const event of events) course.note(event);
  expect(course.unetCalls).toBe(184);
  expect(course.meanCandidateLoss).toBeCloseTo((0.8 + 0.85 + 0.7) / 3, 12);
  expect(
    course.points.map(({ spent, unetCalls, bestLoss, pair }) => [
      spent,
      unetCalls,
      bestLoss,
      pair.negativePrompt,
    ]),
  ).toEqual([
    [1, 40, 0.9, 'n0'],
    [2.5, 104, 0.8, 'n1'],
    [4.5, 184, 0.7, 'n3'],
  ]);
});

test('ends where the search ended', () => {
  const course = new StudyCourse();
  for (const event of [
    candidate(0, 0.9, true, 1, 40),
    candidate(1, 0.95, false, 2, 80),
    { type: 'finished', result: { unetCalls: 80, best: {} } } as unknown as StudyEvent,
  ])
    course.note(event);
  expect(course.points.map(({ spent, unetCalls }) => [spent, unetCalls])).toEqual([
    [1, 40],
    [2, 80],
  ]);
});

test.each([
  [true, 4],
  [false, 3],
])('ends with what exact pictures confirm (the original among them: %s)', (confirmsOriginal, spent) => {
  const course = new StudyCourse();
  const best = { prompt: 'p', negativePrompt: 'n0' };
  for (const event of [
    { type: 'started', acceleration: { confirmsOriginal } },
    candidate(0, 0.9, true, 1, 40),
    candidate(1, 0.8, true, 2, 80),
    { type: 'confirmation', index: 0 },
    { type: 'confirmation', index: 1 },
    { type: 'finished', result: { unetCalls: 160, confirmed: 2, best } },
  ] as unknown as StudyEvent[])
    course.note(event);
  expect(course.points.at(-1)).toMatchObject({ spent, unetCalls: 160, pair: best });
});

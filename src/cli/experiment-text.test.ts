import { expect, test } from 'vitest';
import type { ExperimentProgress } from '../experiment/experiment-progress.ts';
import { progressLine, runTable } from './experiment-text.ts';

const counts = { waiting: 3, running: 1, stale: 0, failed: 1, done: 5 };
const RUN = {
  run: 'hybrid',
  total: 10,
  done: 5,
  failed: 1,
  originalLoss: 0.5,
  bestLoss: 0.25,
  unetCalls: 12345,
};

test('progress says what is settled and how long the rest takes', () => {
  const progress: ExperimentProgress = { counts, runs: [RUN], secondsLeft: 75 };
  expect(progressLine(progress)).toBe('5 of 10 jobs done, 1 failed, 1 running, about 1:15 left');
  const choice = { found: 3, wanted: 12, seen: 5, candidates: 400, isFinal: false };
  expect(progressLine({ choice, counts, runs: [], secondsLeft: null })).toBe(
    'Choosing prompts: 3 of 12 found, 5 of at most 400 looked at',
  );
});

test('the table has a line for each run', () => {
  const other = { ...RUN, run: 'x', failed: 0, originalLoss: null, bestLoss: null, unetCalls: 0 };
  expect(runTable([RUN, other])).toEqual([
    'run                done  mean loss      UNet calls',
    'hybrid  5/10 (1 failed)  0.500 → 0.250      12,345',
    'x                  5/10  –                       0',
  ]);
  expect(runTable([])).toEqual([]);
});

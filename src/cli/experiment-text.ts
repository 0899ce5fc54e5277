/** @file An experiment's progress and outcome in words. */
import type { ExperimentProgress } from '../experiment/experiment-progress.ts';
import type { RunProgress } from '../experiment/run-book.ts';
import { counted } from './amount-text.ts';
import { durationText } from './duration-text.ts';
import { textTable } from './text-table.ts';

/** One line: how many jobs are settled, and how long the others may take. */
export function progressLine({ choice, counts, runs, secondsLeft }: ExperimentProgress): string {
  if (choice !== undefined) {
    const { found, wanted, seen, candidates } = choice;
    return `Choosing prompts: ${found} of ${wanted} found, ${seen} of at most ${candidates} looked at`;
  }
  const total = runs.reduce((sum, run) => sum + run.total, 0);
  const parts = [
    `${counts.done} of ${counted(total, 'job')} done`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.running > 0 ? [`${counts.running} running`] : []),
    ...(secondsLeft === null || secondsLeft === 0 ? [] : [`about ${durationText(secondsLeft)} left`]),
  ];
  return parts.join(', ');
}

/** A line for each run, under a header; nothing while prompts are chosen. */
export function runTable(runs: readonly RunProgress[]): string[] {
  if (runs.length === 0) return [];
  const header = ['run', 'done', 'mean loss', 'UNet calls'];
  return textTable([header, ...runs.map(cellsOf)], [1, 3]);
}

function cellsOf({ run, done, total, failed, originalLoss, bestLoss, unetCalls }: RunProgress): string[] {
  const state = `${done}/${total}${failed > 0 ? ` (${failed} failed)` : ''}`;
  const losses =
    originalLoss === null || bestLoss === null ? '–' : `${originalLoss.toFixed(3)} → ${bestLoss.toFixed(3)}`;
  return [run, state, losses, unetCalls.toLocaleString('en-US')];
}

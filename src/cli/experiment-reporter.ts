/** @file Who tells of an experiment while it runs: a live table on a terminal, plain lines elsewhere, nobody when it is to be quiet. */
import type { ExperimentProgress } from '../experiment/experiment-progress.ts';
import { progressLine, runTable } from './experiment-text.ts';
import type { Host } from './host.ts';
import { LiveBlock } from './live-block.ts';
import { isLive } from './study-reporter.ts';

export interface ExperimentReporter {
  note(progress: ExperimentProgress): void;
  /** A lasting line. */
  say(line: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

export function createExperimentReporter({ stderr, env }: Host, isQuiet: boolean): ExperimentReporter {
  if (isQuiet) return { note() {}, say() {}, close() {} };
  return isLive({ stream: stderr, env }) ? liveReporter(new LiveBlock(stderr)) : plainReporter(stderr);
}

function liveReporter(block: LiveBlock): ExperimentReporter {
  return {
    note: (progress) => block.draw([...runTable(progress.runs), progressLine(progress)]),
    say: (line) => block.print(line),
    close: () => block.clear(),
  };
}

/** A line whenever something is settled. */
function plainReporter(stream: Host['stderr']): ExperimentReporter {
  let settled = -1;
  const say = (line: string) => stream.write(`${line}\n`);
  let stage = '';
  return {
    note: (progress) => {
      const { choice, counts } = progress;
      const now = choice?.seen ?? counts.done + counts.failed;
      const part = choice === undefined ? 'jobs' : 'choice';
      if (now === settled && part === stage) return;
      [settled, stage] = [now, part];
      say(progressLine(progress));
    },
    say,
    close() {},
  };
}

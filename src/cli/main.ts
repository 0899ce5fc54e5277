/** @file The program's entry. It imports little, so that help and version are quick. */
import { readFileSync } from 'node:fs';
import { runCommandLine } from './command-line.ts';
import { EXIT_FAILURE } from './exit-code.ts';
import { lostOutputSentence } from './lost-output-sentence.ts';

let isOutputLost = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes the pipe early (`| head`) has what it wanted: the rest is written to nobody, without complaint.
  if (error.code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  process.exitCode = EXIT_FAILURE;
  process.stderr.write(`dpo-diff: ${lostOutputSentence(error)}\n`);
});
// Where complaints cannot be written, neither can this one; the result is still worth having.
process.stderr.on('error', () => {});

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const exitCode = await runCommandLine(
  process.argv.slice(2),
  {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signals: process,
    now: () => performance.now() / 1000,
    date: () => new Date(),
  },
  version,
);

// The failure to write may come before this or after.
process.exitCode = isOutputLost ? EXIT_FAILURE : exitCode;

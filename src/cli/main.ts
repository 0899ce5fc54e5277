/** @file The program's entry. It imports little, so that help and version are quick. */
import { readFileSync } from 'node:fs';
import { runCommandLine } from './command-line.ts';

// A reader that closes the pipe early (`| head`) has what it wanted: the rest is written to nobody, without complaint.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await runCommandLine(
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

/** @file What the command line needs of the process it runs in. */
import type { SignalSource } from './interruption.ts';
import type { TerminalStream } from './live-line.ts';

export interface Host {
  /** Results, and nothing else. */
  readonly stdout: TerminalStream;
  /** Progress, warnings and errors. */
  readonly stderr: TerminalStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals: SignalSource;
  /** A clock in seconds; only differences mean something. */
  readonly now: () => number;
  /** The time of day, for names of folders. */
  readonly date: () => Date;
}

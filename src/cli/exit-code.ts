/** @file What the process says with its exit code. */
import { DpoError } from '../errors.ts';

export const EXIT_OK = 0;
/** Something that the user cannot mend by asking otherwise. */
export const EXIT_FAILURE = 1;
/** The user's mistake: bad options, a bad prompt, an unreadable file. */
export const EXIT_USAGE = 2;

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** As shells count: 128 and the signal's number. */
export const SIGNAL_EXIT: Readonly<Record<InterruptSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/** The user ended the program before it had anything to show. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  readonly signal: InterruptSignal;

  constructor(signal: InterruptSignal, message: string) {
    super(message);
    this.signal = signal;
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof StoppedError) return SIGNAL_EXIT[error.signal];
  return error instanceof DpoError && error.isUserError ? EXIT_USAGE : EXIT_FAILURE;
}

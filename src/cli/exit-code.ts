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

export function exitCodeOf(error: unknown): number {
  return error instanceof DpoError && error.isUserError ? EXIT_USAGE : EXIT_FAILURE;
}

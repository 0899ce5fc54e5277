/** @file What is said when standard output takes no more. */

/** A sentence for the system's `error`. */
export function lostOutputSentence({ code, message }: NodeJS.ErrnoException): string {
  const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on its disk' : message;
  return `The result cannot be written to standard output: ${reason}.`;
}

/** @file A zod error as one clause of a sentence. */

import type { z } from 'zod';

/** `slots[0].choices: expected array, received string`: the first thing that is wrong, and where. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = issue.path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
  const problem = issue.message.replace(/^Invalid input: /, '');
  return place === '' ? problem : `at ${place}: ${problem}`;
}

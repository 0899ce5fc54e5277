/** @file What every prompt on the command line must be. */
import { DpoError } from '../errors.ts';

/** @throws {DpoError} INVALID_PROMPT when there is nothing in it */
export function checkPrompt(prompt: string): void {
  if (prompt.trim() !== '') return;
  throw new DpoError(
    'INVALID_PROMPT',
    'The prompt is empty. Say what the picture should show, for example "a red cat and a blue car".',
  );
}

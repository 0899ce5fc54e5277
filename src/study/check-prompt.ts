/** @file What every prompt must be. */
import { DpoError } from '../errors.ts';

/** @throws {DpoError} INVALID_PROMPT when it is no text (JavaScript lets anything through), or when there is nothing in it */
export function checkPrompt(prompt: unknown): asserts prompt is string {
  if (typeof prompt !== 'string') {
    const message = `The prompt must be a text, such as "a red cat and a blue car", got ${String(prompt)}.`;
    throw new DpoError('INVALID_PROMPT', message, { details: { value: prompt } });
  }
  if (prompt.trim() !== '') return;
  throw new DpoError(
    'INVALID_PROMPT',
    'The prompt is empty. Say what the picture should show, for example "a red cat and a blue car".',
  );
}

/** @file An error as the user reads it. */
import { DpoError } from '../errors.ts';
import { StoppedError } from './exit-code.ts';

/** A sentence, and with `verbose` the stack traces of the error and of its causes. */
export function errorText(error: unknown, verbose: boolean): string {
  const sentence = `dpo-diff: ${sentenceOf(error)}\n`;
  if (verbose) return `${sentence}${stacks(error)}\n`;
  const isForeseen = error instanceof DpoError || error instanceof StoppedError;
  const hint = isForeseen ? '' : 'This was not foreseen; --verbose shows where it happened.\n';
  return sentence + hint;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stacks(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stacks(error.cause)}`;
}

/** @file A command that the user is told to run: it must find the store that this one found. */
import { shellCommand } from '../study/shell-command.ts';
import type { CliOptions } from './shared-options.ts';

/** A line for the shell. A store of the environment, or the user's own, needs no word. */
export function suggestedCommand(args: readonly string[], { store }: Pick<CliOptions, 'store'>): string {
  return shellCommand(['dpo-diff', ...args, ...(store === undefined ? [] : ['--store', store])]);
}

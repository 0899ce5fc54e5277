/** @file Warnings of commands that have no events. */
import type { Host } from './host.ts';
import type { CliOptions } from './shared-options.ts';
import { visibleText } from './visible-text.ts';

/** Writes each warning that there is on standard error, unless it is to be quiet. */
export function warn(
  { stderr }: Host,
  { quiet }: CliOptions,
  warnings: readonly (string | undefined)[],
): void {
  if (quiet) return;
  for (const warning of warnings)
    if (warning !== undefined) stderr.write(`Warning: ${visibleText(warning)}\n`);
}

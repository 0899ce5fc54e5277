/** @file Options of what is told and written. Declared once, for the help, the command line and configuration files. */
import { flag, path } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const OUTPUT_OPTION_SPECS = {
  out: {
    group: 'Output:',
    placeholder: 'DIR',
    description:
      'folder for pictures and reports, made if it does not exist; a search replaces an earlier run in it. With space --prompts the JSON file',
    default: 'runs/<time>-<prompt>',
    kind: path,
  },
  json: {
    group: 'Output:',
    description: 'print the result as one JSON object on one line',
    kind: flag,
  },
  quiet: {
    group: 'Output:',
    description: 'no progress and no warnings; errors and the result only',
    kind: flag,
  },
  verbose: {
    group: 'Other:',
    description: 'a line for every evaluation, and the stack trace of an error',
    kind: flag,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

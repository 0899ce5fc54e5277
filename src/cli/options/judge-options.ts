/** @file Options of `judge`. */
import { path, repeated } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const JUDGE_OPTION_SPECS = {
  import: {
    group: 'Other:',
    placeholder: 'FILE',
    description:
      'judge: answers that a judge saved, instead of writing a sheet; once for each judge. The key is looked for beside the sheet that --out names',
    kind: repeated(path),
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

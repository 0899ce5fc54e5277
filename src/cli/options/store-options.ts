/** @file Options of the store. Declared once, for the help, the command line and configuration files. */
import { STUDY_STATES } from '../../store/study-state.ts';
import { choice, path, wholeOrUnlimited } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const STORE_OPTION_SPECS = {
  store: {
    group: 'Output:',
    placeholder: 'FILE|none',
    description: 'where studies are kept, with all that was computed: nothing in it is computed again',
    default: "DPO_DIFF_STORE, else dpo-diff/studies.db in the user's data folder",
    kind: path,
  },
  state: {
    group: 'Search:',
    placeholder: 'NAME',
    description: `only studies that are ${STUDY_STATES.slice(0, -1).join(', ')} or ${STUDY_STATES.at(-1)}`,
    default: 'all',
    kind: choice(STUDY_STATES),
  },
  limit: {
    group: 'Output:',
    placeholder: 'N',
    description: 'at most so many, the newest; or unlimited',
    default: '20',
    kind: wholeOrUnlimited(1),
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

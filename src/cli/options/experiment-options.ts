/** @file Options of experiments. Declared once, for the help, the command line and configuration files. */
import { flag, text, whole } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const EXPERIMENT_OPTION_SPECS = {
  jobs: {
    group: 'Search:',
    placeholder: 'N',
    description:
      'processes that work at the same time; on the processor they share its cores, on a GPU each takes the memory of a whole model',
    default: '1',
    kind: whole(1),
  },
  name: {
    group: 'Output:',
    placeholder: 'NAME',
    description: 'what the experiment is called in the store: another name is another experiment',
    default: "the file's own name",
    kind: text,
  },
  restart: {
    group: 'Search:',
    description: 'forget the results that the store has of it; pictures that it knows are not sampled again',
    kind: flag,
  },
  retry: {
    group: 'Search:',
    description: 'try jobs that failed once more',
    kind: flag,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

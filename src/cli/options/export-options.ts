/** @file Options of what is taken out of the store. Declared once, for the help, the command line and configuration files. */
import { DATASET_FORMATS } from '../../study/dataset/dataset-formats.ts';
import { choice, number, repeated, text } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const EXPORT_OPTION_SPECS = {
  format: {
    group: 'Output:',
    placeholder: 'NAME',
    description:
      'jsonl (an object a line, for training), a1111 (lines for "Prompts from file"), comfyui (workflows)',
    default: 'jsonl',
    kind: choice(DATASET_FORMATS),
  },
  experiment: {
    group: 'Search:',
    placeholder: 'NAME',
    description: 'the studies of this experiment alone',
    default: 'all',
    kind: text,
  },
  study: {
    group: 'Search:',
    placeholder: 'ID',
    description: 'this study alone, by its id or what it begins with; several are given one by one',
    default: 'all',
    kind: repeated(text),
  },
  minGain: {
    group: 'Search:',
    placeholder: 'X',
    description:
      'those alone whose loss went at least so far the way that was sought, on held-out seeds where there are any',
    default: 'all',
    kind: number('a number', () => true),
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

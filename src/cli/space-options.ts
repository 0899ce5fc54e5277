/** @file Options of what is searched: which of the two prompts, the negative prompt library, and spaces of many prompts. */
import { choice, path, whole } from './option-kind.ts';
import type { OptionSpec } from './option-spec.ts';

export const SPACE_OPTIONS = {
  search: {
    group: 'Search:',
    placeholder: 'PROMPT',
    description:
      'which prompt to search: negative (words to keep out), positive (synonyms for words of the prompt) or both at once',
    default: 'negative for improve, positive for attack',
    kind: choice(['negative', 'positive', 'both']),
  },
  librarySlots: {
    group: 'Advanced, words:',
    placeholder: 'N',
    description: 'slots of the negative prompt library, 1 to 20: its themes in turn',
    default: '5, one a theme',
    kind: whole(1),
  },
  prompts: {
    group: 'Search:',
    placeholder: 'FILE',
    description:
      'many prompts, one on a line; their spaces go into the file --out, and a second run continues',
    default: 'the one prompt',
    kind: path,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

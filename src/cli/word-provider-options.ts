/** @file Options that say where words come from. */
import { choice, flag, number, text } from './option-kind.ts';
import type { OptionSpec } from './option-spec.ts';

export const WORD_PROVIDER_OPTIONS = {
  words: {
    group: 'Advanced, words:',
    placeholder: 'SOURCE',
    description:
      'where words come from: dictionary, llm (a language model at OPENAI_BASE_URL, with OPENAI_API_KEY) or llm+dictionary',
    default: 'dictionary',
    kind: choice(['dictionary', 'llm', 'llm+dictionary']),
  },
  keywords: {
    group: 'Advanced, words:',
    description: "search the words of the prompt's key concepts only, and list the concepts in order",
    kind: flag,
  },
  llmModel: {
    group: 'Advanced, words:',
    placeholder: 'NAME',
    description: 'the language model, as its server calls it',
    default: 'OPENAI_MODEL',
    kind: { ...text, expected: 'the name of a language model', read: (name) => name.trim() || undefined },
  },
  llmTimeout: {
    group: 'Advanced, words:',
    placeholder: 'S',
    description: 'wait so many seconds for one answer of the language model',
    default: '60',
    kind: number('a number above 0 and at most 3600', (value) => value > 0 && value <= 3600),
  },
  llmRefresh: {
    group: 'Advanced, words:',
    description: 'ask the language model again, although an earlier answer is kept',
    kind: flag,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

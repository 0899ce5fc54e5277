/**
 * @file The questions. The plain ones are the paper's (appendix F.2), word for word; the others ask for the same as JSON and say
 * what the paper's readers had to mend by hand. A change of any of them needs a new version: it is part of the cache's key.
 */
import type { Task } from '../prompt-space.ts';
import type { ReplyFormat } from './chat.ts';

/** Recorded with every word that an answer gave. */
export const TEMPLATE_VERSION = 'words/1';

export interface WordQuestionText {
  readonly prompt: string;
  readonly task: Task;
  readonly maxChoices: number;
  /** The only words that are wanted; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** The only words that the picture model understands; undefined for no limit. */
  readonly learnt: readonly string[] | undefined;
}

const PLAIN: Readonly<Record<Task, (count: number) => string>> = {
  attack: (count) =>
    `Read the next paragraph. For each word, give ${count} substitution words that do not change the meaning. Use the format of "A → B".`,
  improve: (count) =>
    `Read the next paragraph. For each word, give ${count} opposite words if it has any. Use the format of "A → B".`,
};

const WANTED: Readonly<Record<Task, (count: number) => string>> = {
  attack: (count) =>
    `give up to ${count} words that could stand in its place without changing what a picture of the paragraph shows: synonyms in the same grammatical form, which fit the sentence as they are`,
  improve: (count) =>
    `give up to ${count} words for the opposite or for something else of the same kind that a picture could show instead (red: blue, green; cat: dog; above: below), in the same grammatical form; no word that the paragraph itself asks for, and none at all where there is no good one`,
};

/** Asks for substitutes (attack) or opposites (improve) of the words of a prompt. */
export function wordQuestionText(question: WordQuestionText, format: ReplyFormat): string {
  const { prompt, task, maxChoices } = question;
  const asked =
    format === 'plain'
      ? PLAIN[task](maxChoices)
      : [
          `Read the paragraph below. It describes a picture. For each word, or phrase that has one meaning (such as "next to"), ${WANTED[task](maxChoices)}. The best comes first.`,
          'Leave out articles, pronouns, auxiliaries and conjunctions. Repeat each word exactly as the paragraph spells it.',
          'Answer with JSON and nothing else: {"words": [{"word": "…", "choices": ["…", "…"]}]}',
        ].join('\n');
  return `${[asked, ...limits(question)].join('\n')}\n\n${prompt}`;
}

function limits({ only, learnt }: WordQuestionText): string[] {
  return [
    ...(only === undefined ? [] : [`Do this for these words only: ${only.join(', ')}.`]),
    ...(learnt === undefined ? [] : [`Give no words but from this list: ${learnt.join(', ')}.`]),
  ];
}

/** Asks for the key concepts of a prompt, in order (paper, section 7, human evaluation). */
export function conceptQuestionText(prompt: string, format: ReplyFormat): string {
  const asked = [
    'Read the next paragraph. It describes a picture. List its key concepts, the most important first: the things that must be seen, each with its attributes, exactly as the paragraph words them.',
    format === 'plain'
      ? 'Write one concept a line, and nothing else.'
      : 'Answer with JSON and nothing else: {"concepts": ["…", "…"]}',
  ];
  return `${asked.join('\n')}\n\n${prompt}`;
}

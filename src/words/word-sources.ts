/** @file `--space antonym+library`: where the words of a search come from, by name. */
import { statSync } from 'node:fs';
import { DpoError } from '../errors.ts';
import type { PromptPart, PromptSearch, Task } from './prompt-space.ts';
import { partsOf, TASK_PART } from './searched-slots.ts';

export const WORD_SOURCES = ['antonym', 'synonym', 'library'] as const;

/** Opposites of the prompt's words and the negative prompt library go into the negative prompt, synonyms into the prompt itself. */
export type WordSource = (typeof WORD_SOURCES)[number];

export type GivenSpace =
  | { readonly kind: 'sources'; readonly sources: readonly WordSource[] }
  | { readonly kind: 'file'; readonly path: string };

const SOURCE_PART: Readonly<Record<WordSource, PromptPart>> = {
  antonym: 'negative',
  library: 'negative',
  synonym: 'positive',
};
/** What gives words to a part for which no source is named. */
const PART_SOURCE: Readonly<Record<PromptPart, WordSource>> = { negative: 'antonym', positive: 'synonym' };

/**
 * Names joined by `+`, or else a file: one that is there, or whose name ends in .json. A file called as a source is `./library`.
 * @throws {DpoError} INVALID_OPTION for what is neither
 */
export function parseGivenSpace(text: string, isThere: (path: string) => boolean = isPath): GivenSpace {
  const names = text.split('+').map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !isSource(name));
  if (unknown.length === 0) return { kind: 'sources', sources: [...new Set(names.filter(isSource))] };
  if (/\.json$/i.test(text) || isThere(text)) return { kind: 'file', path: text };
  throw refusal(
    `must be ${WORD_SOURCES.join(', ')}, several of them joined by +, or the path of a JSON file, but it is ${JSON.stringify(text)}, and there is no such file.`,
    { value: text },
  );
}

/**
 * The sources of a search: those that are named, and one for each searched part that they leave without.
 * @param search @default the parts that the named sources belong to, or what the task searches
 * @throws {DpoError} INVALID_OPTION where a source is named for a part that is not searched
 */
export function plannedSources(
  task: Task,
  search: PromptSearch | undefined,
  named: readonly WordSource[] = [],
): WordSource[] {
  const parts = search === undefined ? partsOfSources(task, named) : partsOf(search);
  const misplaced = named.find((source) => !parts.includes(SOURCE_PART[source]));
  if (misplaced !== undefined) {
    const where = SOURCE_PART[misplaced] === 'negative' ? 'the negative prompt' : 'the prompt itself';
    throw refusal(
      `names ${misplaced}, whose words go into ${where}, but only the ${search === 'negative' ? 'negative prompt' : 'prompt itself'} is searched. Search both (--search both), or leave ${misplaced} out.`,
      { value: named.join('+'), search },
    );
  }
  const missing = parts.filter((part) => !named.some((source) => SOURCE_PART[source] === part));
  return [...named, ...missing.map((part) => PART_SOURCE[part])];
}

function partsOfSources(task: Task, named: readonly WordSource[]): readonly PromptPart[] {
  return named.length === 0 ? [TASK_PART[task]] : named.map((source) => SOURCE_PART[source]);
}

function isSource(name: string): name is WordSource {
  return (WORD_SOURCES as readonly string[]).includes(name);
}

function isPath(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function refusal(problem: string, details: Readonly<Record<string, unknown>>): DpoError {
  return new DpoError('INVALID_OPTION', `The space of words (--space) ${problem}`, {
    details: { option: 'space', ...details },
  });
}

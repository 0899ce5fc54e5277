/** @file Reads a search space from a JSON file: picks the prompt's, and finds its words in the prompt. */

import { readFileSync } from 'node:fs';
import { systemErrorReason } from '../disk/system-error.ts';
import { DpoError } from '../errors.ts';
import { normalizeTerm } from './dictionary.ts';
import { jointSpace } from './joint-space.ts';
import type {
  LibrarySlot,
  PromptPart,
  PromptSearch,
  PromptSpace,
  Task,
  WordChoice,
  WordSlot,
} from './prompt-space.ts';
import { partsOf, TASK_PART } from './searched-slots.ts';
import { type FileSpace, parseSpaces } from './space-file-format.ts';
import { rangeOf, touches } from './text-range.ts';

type FileSlot = FileSpace['slots'][number];

const RELATION: Readonly<Record<PromptPart, string>> = { positive: 'synonym', negative: 'contrast' };

export interface WantedSpace {
  readonly prompt: string;
  readonly task: Task;
  /** Which slots are wanted; what the task's own space lacks is taken from the other task's. @default all slots of the task's space */
  readonly search?: PromptSearch | undefined;
}

/**
 * The space for a prompt and task in the file at `path`. The empty choice, the word itself and repetitions are dropped, and
 * slots without a choice; choices keep the file's order unless all have a score.
 * @throws {DpoError} `INVALID_SPACE` when the file is missing, is no JSON, is in neither format, holds no slot for this prompt,
 * task and search, or names a word that is not in the prompt. The message names the file and the place in it.
 */
export function readSpaceFile(path: string, wanted: WantedSpace): PromptSpace {
  const { prompt, task } = wanted;
  const parsed = parseSpaces(readJson(path));
  if (!parsed.ok) return refuse(path, `is no search space: ${parsed.problem}`);
  const space =
    wanted.search === undefined
      ? jointSpace(prompt, task, partsIn(pick(parsed.spaces, prompt, task, path), prompt, path))
      : ofSearch(parsed.spaces, wanted, wanted.search, path);
  if (space.slots.length === 0 && space.library === undefined)
    return refuse(path, `has no choice for any word of the prompt "${prompt}"`);
  return space;
}

interface FileParts {
  readonly negative: WordSlot[];
  readonly positive: WordSlot[];
  readonly library: LibrarySlot[];
}

function partsIn(space: FileSpace, prompt: string, path: string): FileParts {
  const of = (part: PromptPart) => placeSlots(space, part, prompt, path);
  return { negative: of('negative'), positive: of('positive'), library: librarySlots(space) };
}

/** A file with both tasks' spaces of a prompt holds a joint space, whichever task it is searched for. */
function ofSearch(
  spaces: readonly FileSpace[],
  { prompt, task }: WantedSpace,
  search: PromptSearch,
  path: string,
): PromptSpace {
  const own = pick(spaces, prompt, task, path, true);
  const other = spacesOf(spaces, prompt).find((space) => space.task !== own.task);
  const held = [own, ...(other ? [other] : [])].map((space) => partsIn(space, prompt, path));
  const first = (part: PromptPart) => held.find((parts) => hasPart(parts, part));
  const missing = partsOf(search).find((part) => first(part) === undefined);
  if (missing !== undefined) {
    const where = missing === 'negative' ? 'the negative prompt' : 'the prompt itself';
    return refuse(path, `has no words for ${where}, which is to be searched, at the prompt "${prompt}"`);
  }
  const [negative, positive] = (['negative', 'positive'] as const).map((part) =>
    partsOf(search).includes(part) ? first(part) : undefined,
  );
  return jointSpace(prompt, task, {
    negative: negative?.negative,
    positive: positive?.positive,
    library: negative?.library,
  });
}

function hasPart({ library, ...words }: FileParts, part: PromptPart): boolean {
  return words[part].length > 0 || (part === 'negative' && library.length > 0);
}

function refuse(path: string, problem: string, cause?: unknown): never {
  throw new DpoError('INVALID_SPACE', `The search space ${path} ${problem}.`, { cause, details: { path } });
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    return refuse(path, `cannot be read: expected a JSON file, but ${systemErrorReason(cause)}`, cause);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    return refuse(path, `is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}

/** Those of the prompt, but for the spaces around it. */
function spacesOf(spaces: readonly FileSpace[], prompt: string): FileSpace[] {
  return spaces.filter((space) => space.prompt.trim() === prompt.trim());
}

/** The space of the prompt for the task; where `any` is allowed, another task's before none. */
function pick(
  spaces: readonly FileSpace[],
  prompt: string,
  task: Task,
  path: string,
  any = false,
): FileSpace {
  const ofPrompt = spacesOf(spaces, prompt);
  const found = ofPrompt.find((space) => space.task === task) ?? (any ? ofPrompt[0] : undefined);
  if (found !== undefined) return found;
  if (ofPrompt.length > 0) {
    return refuse(path, `has this prompt for the task ${ofPrompt[0].task} only; expected the task ${task}`);
  }
  const held = [...new Set(spaces.map((space) => `"${space.prompt}"`))];
  const rest = held.length > 3 ? ` and ${held.length - 3} more` : '';
  const others = held.length === 0 ? 'no prompt at all' : held.slice(0, 3).join(', ') + rest;
  return refuse(path, `has no slots for the prompt "${prompt}"; it holds ${others}`);
}

/** The file's slots of one part at their places in the prompt, in the prompt's order. */
function placeSlots(space: FileSpace, part: PromptPart, prompt: string, path: string): WordSlot[] {
  const shift = leadingSpaces(prompt) - leadingSpaces(space.prompt);
  const placed: WordSlot[] = [];
  for (const slot of space.slots.filter((each) => (each.part ?? TASK_PART[space.task]) === part)) {
    const starts = slot.start === undefined ? occurrences(prompt, slot.text) : [slot.start + shift];
    const start = starts.find(
      (at) => isWordAt(prompt, slot.text, at) && !placed.some((other) => overlap(other, slot.text, at)),
    );
    if (start === undefined) return refuse(path, misplaced(slot, space, starts, prompt, shift));
    const text = prompt.slice(start, start + slot.text.length);
    placed.push({ text, start, choices: choicesOf(slot.choices, slot.text, RELATION[part]) });
  }
  return placed.filter(({ choices }) => choices.length > 0).sort((one, other) => one.start - other.start);
}

function misplaced(
  slot: FileSlot,
  space: FileSpace,
  starts: readonly number[],
  prompt: string,
  shift: number,
): string {
  const place = `has, at slots[${space.slots.indexOf(slot)}] of "${space.prompt}", the word "${slot.text}"`;
  if (starts.some((at) => isWordAt(prompt, slot.text, at)))
    return `${place}, whose place another slot has taken`;
  if (slot.start === undefined) return `${place}, which is not a word of the prompt`;
  const found = prompt.slice(slot.start + shift, slot.start + shift + slot.text.length);
  return `${place} at ${slot.start}, where the prompt has "${found}"; start counts UTF-16 units from 0, at a word's beginning`;
}

function leadingSpaces(text: string): number {
  return text.length - text.trimStart().length;
}

/** Where `text` stands in the prompt: as it is written first, then in any case. */
function occurrences(prompt: string, text: string): number[] {
  const anyCase = indicesOf(prompt.toLowerCase(), text.toLowerCase());
  return [...indicesOf(prompt, text), ...anyCase];
}

function indicesOf(prompt: string, text: string): number[] {
  const found: number[] = [];
  for (let at = prompt.indexOf(text); at >= 0; at = prompt.indexOf(text, at + 1)) found.push(at);
  return found;
}

/** Whether `text`, in any case, stands at `at` as whole words: *art* does not stand in *party*. */
function isWordAt(prompt: string, text: string, at: number): boolean {
  const end = at + text.length;
  const inside = (position: number) => /^[\p{L}\p{N}\p{M}]{2}$/u.test(around(prompt, position));
  return prompt.slice(at, end).toLowerCase() === text.toLowerCase() && !inside(at) && !inside(end);
}

/** The characters on either side of a position. */
function around(text: string, position: number): string {
  return ([...text.slice(0, position)].pop() ?? '') + ([...text.slice(position)][0] ?? '');
}

function overlap(slot: WordSlot, text: string, start: number): boolean {
  return touches([rangeOf(slot)], rangeOf({ start, text }));
}

function librarySlots({ library = [] }: FileSpace): LibrarySlot[] {
  return library
    .map(({ theme, choices }) => ({ theme, choices: choicesOf(choices, '', theme) }))
    .filter(({ choices }) => choices.length > 0);
}

/** @param word what is no choice of its own @param usual the relation of a choice that names none */
function choicesOf(stated: FileSlot['choices'], word: string, usual: string): WordChoice[] {
  const given = stated.map((choice) => (typeof choice === 'string' ? { text: choice } : choice));
  const unique = new Map(given.map((choice) => [normalizeTerm(choice.text), choice] as const).reverse());
  const kept = given.filter((choice) => unique.get(normalizeTerm(choice.text)) === choice);
  const usable = kept.filter(({ text }) => text.trim() !== '' && normalizeTerm(text) !== normalizeTerm(word));
  const choices = usable.map(({ text, source = 'file', relation = usual, sense, score }, index) => ({
    text: text.trim(),
    source,
    relation,
    ...(sense !== undefined && { sense }),
    score: score ?? 1 - index / usable.length,
  }));
  const scored = usable.every(({ score }) => score !== undefined);
  return scored ? choices.sort((one, other) => other.score - one.score) : choices;
}

/** @file How good proposed spaces are against labels: precision, coverage, slot recall and precision, errors of inflection. */

import { baseForms } from '../../src/words/inflection.ts';
import type { PromptSpace, Task } from '../../src/words/prompt-space.ts';
import type { LabelledPrompt, LabelledSlot } from './labelled-prompts.ts';

/** Counts over the slots of one kind and one task. */
export interface WordMeasures {
  slots: number;
  /** Slots with at least 3 good choices, and with at least 2 good or close ones. */
  threeGood: number;
  twoUsable: number;
  yes: number;
  close: number;
  no: number;
  stopped: number;
  unjudged: number;
  inflectionErrors: number;
}

/** Which of the labelled words have a slot. */
export interface SlotMeasures {
  expected: number;
  found: number;
  wrong: number;
}

export interface Judgement {
  readonly prompt: LabelledPrompt;
  readonly slot: LabelledSlot;
  readonly labels: readonly {
    readonly text: string;
    readonly label: 'yes' | 'close' | 'no' | 'stopped' | 'unjudged';
  }[];
}

export function emptyMeasures(): WordMeasures {
  return {
    slots: 0,
    threeGood: 0,
    twoUsable: 0,
    yes: 0,
    close: 0,
    no: 0,
    stopped: 0,
    unjudged: 0,
    inflectionErrors: 0,
  };
}

/** What the labels say of each choice that `space` has for `slot`. */
export function judge(prompt: LabelledPrompt, slot: LabelledSlot, space: PromptSpace, task: Task): Judgement {
  const lists = task === 'attack' ? slot.synonyms : { close: [], ...slot.contrasts };
  const has = (list: readonly string[], text: string) => list.some((word) => plain(word) === text);
  const proposed = space.slots.find(({ text, start }) => text === slot.text && start === slot.start);
  const texts = new Set(proposed?.choices.map(({ text }) => plain(text)));
  texts.delete('');
  texts.delete(plain(slot.text));
  const labels = [...texts].map((text) => {
    if (has(lists.stop, text)) return { text, label: 'stopped' as const };
    if (has(lists.yes, text)) return { text, label: 'yes' as const };
    if (has(lists.close, text)) return { text, label: 'close' as const };
    return { text, label: has(lists.no, text) ? ('no' as const) : ('unjudged' as const) };
  });
  return { prompt, slot, labels };
}

/** Adds a judgement; an error of inflection counts as a wrong choice, listed or not. */
export function count(measures: WordMeasures, { slot, labels }: Judgement, task: Task): void {
  const good = task === 'attack' ? [...slot.synonyms.yes, ...slot.synonyms.close] : slot.contrasts.yes;
  const bent = new Set([slot.text, ...good].flatMap((word) => lemmas(plain(word))));
  let [yes, close] = [0, 0];
  for (const { text, label } of labels) {
    const usable = label === 'yes' || label === 'close';
    const error = !usable && isOtherForm(text, [slot.text, ...good], bent);
    if (error) measures.inflectionErrors++;
    if (label === 'yes') yes++;
    if (label === 'close') close++;
    measures[label === 'unjudged' && error ? 'no' : label]++;
  }
  measures.slots++;
  if (yes >= 3) measures.threeGood++;
  if (yes + close >= 2) measures.twoUsable++;
}

/** Another form of one of the words, not another word of the same family: *soar* for *soars*. */
function isOtherForm(text: string, words: readonly string[], bent: ReadonlySet<string>): boolean {
  return !words.some((word) => plain(word) === text) && lemmas(text).some((lemma) => bent.has(lemma));
}

function lemmas(text: string): string[] {
  if (text.includes(' ')) return [text];
  const found = (['noun', 'verb'] as const).flatMap((pos) => baseForms(text, pos));
  return found.map(({ lemma }) => lemma);
}

/** Adds which slots of `space` are slots of the labels. A part of a compound is wrong, unless the labels accept it. */
export function countSlots(measures: SlotMeasures, prompt: LabelledPrompt, space: PromptSpace): void {
  const proposed = space.slots.filter(({ choices }) => choices.length > 0);
  const isProposed = (slot: { text: string; start: number }) =>
    proposed.some(({ text, start }) => text === slot.text && start === slot.start);
  const within = (part: LabelledSlot, whole: LabelledSlot) =>
    part.start >= whole.start && part.start + part.text.length <= whole.start + whole.text.length;
  const alternatives = prompt.slots.filter(({ alternative }) => alternative);
  for (const slot of prompt.slots) {
    if (slot.optional || slot.alternative) continue;
    const byPart = alternatives.some((part) => within(part, slot) && isProposed(part));
    measures.expected++;
    if (isProposed(slot) || byPart) measures.found++;
  }
  const either = prompt.nonSlots.filter(({ why }) => why === 'either');
  const known = [...prompt.slots, ...either].map(({ text, start }) => `${start} ${text}`);
  measures.wrong += proposed.filter(({ text, start }) => !known.includes(`${start} ${text}`)).length;
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

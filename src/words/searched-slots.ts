/** @file A search space as one list of slots, whichever prompt each belongs to. */
import type { LibrarySlot, PromptPart, PromptSearch, PromptSpace, Task, WordSlot } from './prompt-space.ts';

/** A slot in the order of the search: the words of the prompt, then the library. */
export type SearchedSlot =
  | { readonly kind: 'word'; readonly part: PromptPart; readonly slot: WordSlot }
  | { readonly kind: 'library'; readonly part: 'negative'; readonly slot: LibrarySlot };

/** The part that a task searches where nobody says otherwise. */
export const TASK_PART: Readonly<Record<Task, PromptPart>> = { improve: 'negative', attack: 'positive' };

const PARTS: Readonly<Record<PromptSearch, readonly PromptPart[]>> = {
  negative: ['negative'],
  positive: ['positive'],
  both: ['negative', 'positive'],
};

export function partsOf(search: PromptSearch): readonly PromptPart[] {
  return PARTS[search];
}

/** The slots of `space`; a candidate chooses one word for each, in this order. */
export function searchedSlots({ task, slots, library = [] }: PromptSpace): SearchedSlot[] {
  return [
    ...slots.map((slot) => ({ kind: 'word', part: slot.part ?? TASK_PART[task], slot }) as const),
    ...library.map((slot) => ({ kind: 'library', part: 'negative', slot }) as const),
  ];
}

/** Which prompts the slots of `space` belong to; what its task searches where there are none. */
export function searchOf(space: PromptSpace): PromptSearch {
  const parts = new Set(searchedSlots(space).map(({ part }) => part));
  if (parts.size === 2) return 'both';
  return [...parts][0] ?? TASK_PART[space.task];
}

/** `space` with the slots of `search` alone. */
export function limitedTo(space: PromptSpace, search: PromptSearch): PromptSpace {
  const { library, ...rest } = space;
  const parts = partsOf(search);
  const slots = space.slots.filter(({ part = TASK_PART[space.task] }) => parts.includes(part));
  return { ...rest, slots, ...(library && parts.includes('negative') && { library }) };
}

/** The word, or the theme, that a slot is known by. */
export function slotName({ kind, slot }: SearchedSlot): string {
  return kind === 'word' ? slot.text : slot.theme;
}

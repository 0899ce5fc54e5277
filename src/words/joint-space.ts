/** @file One space out of several: opposites and library words for the negative prompt, synonyms for the prompt itself. */
import type { LibrarySlot, PromptPart, PromptSpace, Task, WordSlot } from './prompt-space.ts';
import { TASK_PART } from './searched-slots.ts';

export interface SpaceParts {
  /** Slots whose choices go into the negative prompt. */
  readonly negative?: readonly WordSlot[] | undefined;
  /** Slots whose choices replace words of the prompt. */
  readonly positive?: readonly WordSlot[] | undefined;
  readonly library?: readonly LibrarySlot[] | undefined;
}

/** The negative prompt's slots come first. A slot says which part it belongs to where any is not the task's own. */
export function jointSpace(prompt: string, task: Task, parts: SpaceParts): PromptSpace {
  const { negative = [], positive = [], library = [] } = parts;
  const isPlain = (TASK_PART[task] === 'negative' ? positive : negative).length === 0;
  const belonging = (slots: readonly WordSlot[], part: PromptPart) =>
    slots.map(({ part: _, choices, ...word }): WordSlot => ({ ...word, ...(!isPlain && { part }), choices }));
  return {
    prompt,
    task,
    slots: [...belonging(negative, 'negative'), ...belonging(positive, 'positive')],
    ...(library.length > 0 && { library }),
  };
}

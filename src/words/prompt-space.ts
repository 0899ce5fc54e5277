/** @file The words that may replace (attack) or oppose (improve) the words of a prompt, with where each came from. */

export type Task = 'improve' | 'attack';

/** A substitute, and why it is one. */
export interface WordChoice {
  readonly text: string;
  /** Who proposed it: `thesaurus` (our own), `closed-class`, `wordnet`, `vocabulary` (the model's own), `file`. */
  readonly source: string;
  /** How it relates to the word: `synonym`, `similar`, `hypernym`, `antonym`, `opposite`, `contrast`, `co-hyponym`, … */
  readonly relation: string;
  /** Which meaning of the word the choice goes with, for people: `crane, bird`. */
  readonly sense?: string;
  /** 0 to 1, higher is better; only the order within one slot has a meaning. */
  readonly score: number;
}

/** A word (or compound) of the prompt and its substitutes, best first. The original itself, or nothing, is not among them. */
export interface WordSlot {
  /** The word exactly as in the prompt. */
  readonly text: string;
  /** Where it stands in the prompt, in UTF-16 units. */
  readonly start: number;
  readonly choices: readonly WordChoice[];
}

/** A word that could be searched and is not. */
export interface LeftOutWord {
  readonly text: string;
  readonly start: number;
  /** It lies beyond what the text encoder reads, or its substitutes would not fit into the negative prompt any more. */
  readonly reason: 'not-read' | 'no-room';
}

export interface PromptSpace {
  readonly prompt: string;
  readonly task: Task;
  readonly slots: readonly WordSlot[];
  /** Words that the model's token limit keeps out of the slots, in the prompt's order; absent when there are none. */
  readonly leftOut?: readonly LeftOutWord[];
}

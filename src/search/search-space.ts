/** @file What a search searches: slots with choices. Nothing here knows what a word or a picture is. */

/** One place in the prompt and what may stand there. */
export interface Slot {
  /** Choice 0 is the original: the prompt's own word, or the empty string of an empty negative prompt. */
  readonly choices: readonly string[];
}

export interface SearchSpace {
  readonly slots: readonly Slot[];
}

/** The index of the chosen choice of each slot. */
export type Candidate = readonly number[];

/** A distribution for each slot: `probabilities[slot][choice]`, each row adding up to 1. */
export type SlotProbabilities = readonly Float64Array[];

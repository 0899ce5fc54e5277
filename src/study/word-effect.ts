/** @file What one word of the best prompt does: the loss without it against the loss with it. Plain data. */
import type { PromptPart } from '../words/prompt-space.ts';

/**
 * What one word of the best prompt did, the others staying (leave one out). Above 0 it helped: without it the loss is higher, or lower in
 * an attack. Words work together, so their effects do not add up to what all of them did.
 */
export interface WordEffect {
  readonly word: string;
  readonly part: PromptPart;
  /** The word of the prompt that it took the place of; absent in the negative prompt. */
  readonly insteadOf?: string;
  /** Mean over the searched seeds. The search chose the word by them, so this flatters it. */
  readonly effect: number;
  /** 95 % interval (Student's t over the paired seeds); null with fewer than two seeds. */
  readonly interval: readonly [number, number] | null;
  /** The same over the held-out seeds; both are absent where they were not measured. */
  readonly heldOutEffect?: number;
  readonly heldOutInterval?: readonly [number, number] | null;
}

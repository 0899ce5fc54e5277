/** @file The prompts that a search space stands for: choice indices to text, and to templates that can be relaxed. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { Branch } from '../diffusion/conditioning.ts';
import type { PromptTemplate } from '../diffusion/prompt-template.ts';
import type { Candidate, SearchSpace } from '../search/search-space.ts';
import type { PromptSpace, WordSlot } from '../words/prompt-space.ts';
import { negativePrompt, substitutedPrompt } from '../words/render-prompt.ts';
import { type SearchedSlot, searchedSlots } from '../words/searched-slots.ts';
import { negativePieces } from './negative-template.ts';
import { type OpenWord, positivePieces } from './positive-template.ts';

/** The two prompts of a picture. */
export interface PromptPair {
  readonly prompt: string;
  readonly negativePrompt: string;
}

/** A search space as prompts. */
export interface PromptVariants {
  /** Slots with choice 0 in front: no word, or the original word. */
  readonly space: SearchSpace;
  /** The branches of guidance whose prompts are searched: at least one where there is a slot. */
  readonly searched: readonly Branch[];
  /** Indices of the slots of a branch, in the order of its template. */
  slotsOf(branch: Branch): readonly number[];
  promptsOf(candidate: Candidate): PromptPair;
  /** The prompt of a branch with its slots open. Where every slot is certain it is that of `promptsOf`, token by token. */
  template(tokenizer: ClipTokenizer, branch: Branch): PromptTemplate;
}

/**
 * Slots of the negative prompt add the chosen word, or none, with a comma (paper, section 5); those of the prompt replace their word.
 * @param given a negative prompt that stays, the chosen words after it
 */
export function promptVariants(words: PromptSpace, given = ''): PromptVariants {
  const slots = searchedSlots(words);
  const space = { slots: slots.map((slot) => ({ choices: [originalOf(slot), ...textsOf(slot)] })) };
  const indices = { negative: indicesOf(slots, 'negative'), positive: indicesOf(slots, 'positive') };
  const openWords = indices.positive.map((index): OpenWord => {
    const { text, start } = slots[index].slot as WordSlot;
    return { text, start, choices: space.slots[index].choices };
  });
  const wordAt = (candidate: Candidate, index: number) => space.slots[index].choices[candidate[index]];
  const piecesOf = (branch: Branch, tokenizer: ClipTokenizer) =>
    branch === 'positive'
      ? positivePieces(words.prompt, openWords, tokenizer)
      : negativePieces(
          given,
          indices.negative.map((index) => space.slots[index].choices),
          tokenizer,
        );
  return {
    space,
    searched: (['negative', 'positive'] as const).filter((branch) => indices[branch].length > 0),
    slotsOf: (branch) => indices[branch],
    promptsOf: (candidate) => ({
      prompt: substitutedPrompt(
        words.prompt,
        openWords.map(({ text, start }, i) => ({
          text,
          start,
          replacement: wordAt(candidate, indices.positive[i]),
        })),
      ),
      negativePrompt: withWords(
        given,
        indices.negative.map((index) => wordAt(candidate, index)),
      ),
    }),
    template: (tokenizer, branch) => ({
      ...frameOf(tokenizer),
      pieces: piecesOf(branch, tokenizer),
      separator: branch === 'positive' ? [] : tokenizer.encode(','),
    }),
  };
}

/** A given negative prompt to which nothing is added stays as it was typed. */
function withWords(given: string, words: readonly string[]): string {
  return words.every((word) => word === '') ? given : negativePrompt([given, ...words]);
}

/** Slots of a branch: the prompt's in its order, the negative prompt's as they come. */
function indicesOf(slots: readonly SearchedSlot[], branch: Branch): number[] {
  const found = slots.flatMap(({ part }, index) => (part === branch ? [index] : []));
  const startOf = (index: number) => (slots[index].slot as WordSlot).start;
  return branch === 'positive' ? found.sort((one, other) => startOf(one) - startOf(other)) : found;
}

function originalOf({ kind, part, slot }: SearchedSlot): string {
  return kind === 'word' && part === 'positive' ? slot.text : '';
}

function textsOf({ slot }: SearchedSlot): string[] {
  return slot.choices.map(({ text }) => text);
}

function frameOf(tokenizer: ClipTokenizer): Pick<PromptTemplate, 'special' | 'length'> {
  const special = { bos: tokenizer.bosTokenId, eos: tokenizer.eosTokenId, pad: tokenizer.padTokenId };
  return { special, length: tokenizer.maxLength };
}

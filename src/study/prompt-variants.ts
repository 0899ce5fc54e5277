/** @file The prompts that a search space stands for: choice indices to text, and to a template that can be relaxed. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { Branch } from '../diffusion/conditioning.ts';
import type { PromptPiece, PromptTemplate } from '../diffusion/prompt-template.ts';
import type { Candidate, SearchSpace } from '../search/search-space.ts';
import type { PromptSpace, WordSlot } from '../words/prompt-space.ts';
import { negativePrompt, substitutedPrompt } from '../words/render-prompt.ts';

/** The two prompts of a picture. */
export interface PromptPair {
  readonly prompt: string;
  readonly negativePrompt: string;
}

/** A search space as prompts. */
export interface PromptVariants {
  /** Slots with choice 0 in front: no word, or the original word. */
  readonly space: SearchSpace;
  /** The branch of guidance whose prompt is searched. */
  readonly searched: Branch;
  promptsOf(candidate: Candidate): PromptPair;
  /**
   * The searched prompt with its slots open. Where every slot is certain it is `promptsOf`, token by token, but for two
   * oddities: a choice that ends in punctuation (the tokenizer joins the comma to it), and an article that is a choice.
   */
  template(tokenizer: ClipTokenizer): PromptTemplate;
}

/** Improve: the negative prompt is the chosen words, joined by commas; choice 0 is no word (paper, section 5). */
export function negativeVariants(words: PromptSpace): PromptVariants {
  const space = { slots: words.slots.map((slot) => ({ choices: ['', ...texts(slot)] })) };
  return {
    space,
    searched: 'negative',
    promptsOf: (candidate) => ({
      prompt: words.prompt,
      negativePrompt: negativePrompt(candidate.map((choice, slot) => space.slots[slot].choices[choice])),
    }),
    template: (tokenizer) => ({
      ...frameOf(tokenizer),
      pieces: space.slots.map(({ choices }) => ({
        kind: 'slot',
        choices: choices.map((text) => tokenizer.encode(text)),
      })),
      separator: tokenizer.encode(','),
    }),
  };
}

/** Attack: words of the prompt are replaced; choice 0 is the word itself. */
export function positiveVariants(words: PromptSpace, fixedNegativePrompt: string): PromptVariants {
  const space = { slots: words.slots.map((slot) => ({ choices: [slot.text, ...texts(slot)] })) };
  const replacementsOf = (candidate: Candidate) =>
    words.slots.map(({ start, text }, slot) => ({
      start,
      text,
      replacement: space.slots[slot].choices[candidate[slot]],
    }));
  return {
    space,
    searched: 'positive',
    promptsOf: (candidate) => ({
      prompt: substitutedPrompt(words.prompt, replacementsOf(candidate)),
      negativePrompt: fixedNegativePrompt,
    }),
    template: (tokenizer) => ({
      ...frameOf(tokenizer),
      pieces: positivePieces(words, tokenizer),
      separator: [],
    }),
  };
}

/** Fixed text and slots in turn. A slot takes the article before it along, because *a* and *an* follow the chosen word. */
function positivePieces({ prompt, slots }: PromptSpace, tokenizer: ClipTokenizer): PromptPiece[] {
  const pieces: PromptPiece[] = [];
  let position = 0;
  for (const slot of slots) {
    const start = slot.start - articleLength(prompt.slice(position, slot.start));
    const region = prompt.slice(start, slot.start + slot.text.length);
    const variant = (replacement: string) =>
      substitutedPrompt(region, [{ start: slot.start - start, text: slot.text, replacement }]);
    pieces.push({ kind: 'text', tokens: tokenizer.encode(prompt.slice(position, start)) });
    pieces.push({
      kind: 'slot',
      choices: [slot.text, ...texts(slot)].map((text) => tokenizer.encode(variant(text))),
    });
    position = slot.start + slot.text.length;
  }
  return [...pieces, { kind: 'text', tokens: tokenizer.encode(prompt.slice(position)) }];
}

function articleLength(before: string): number {
  return /(?<![\p{L}\p{N}'’-])an?\s+$/iu.exec(before)?.[0].length ?? 0;
}

function texts(slot: WordSlot): string[] {
  return slot.choices.map(({ text }) => text);
}

function frameOf(tokenizer: ClipTokenizer): Pick<PromptTemplate, 'special' | 'length'> {
  const special = { bos: tokenizer.bosTokenId, eos: tokenizer.eosTokenId, pad: tokenizer.padTokenId };
  return { special, length: tokenizer.maxLength };
}

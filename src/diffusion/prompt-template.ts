/** @file A prompt as tokens, with slots where one of several words may stand. */

/** Tokens of one choice; `[]` is no word at all. */
export type ChoiceTokens = readonly number[];

export type PromptPiece =
  /** Words that stay as they are. */
  | { readonly kind: 'text'; readonly tokens: readonly number[] }
  /** A slot; its words come in the order of the search space's choices. */
  | { readonly kind: 'slot'; readonly choices: readonly ChoiceTokens[] }
  /**
   * Neighbouring slots that the tokenizer may not read apart from one another, such as `cat` and `like` in `cat-like` where a choice ends
   * in punctuation: the tokens of every combination of their choices, the last slot's varying fastest.
   */
  | { readonly kind: 'group'; readonly sizes: readonly number[]; readonly choices: readonly ChoiceTokens[] };

/** The prompt as pieces, slots in the order of the search space. */
export interface PromptTemplate {
  readonly pieces: readonly PromptPiece[];
  /** Tokens between two pieces that are both present (the comma of a negative prompt); `[]` where pieces just follow one another. */
  readonly separator: readonly number[];
  readonly special: { readonly bos: number; readonly eos: number; readonly pad: number };
  /** Length of the text encoder's context, 77 for Stable Diffusion. */
  readonly length: number;
}

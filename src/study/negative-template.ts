/** @file A negative prompt with its slots open. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { PromptPiece } from '../diffusion/prompt-template.ts';

/**
 * The pieces of words that are joined by commas, after a prompt that is given (empty for none). Every piece is read apart from the
 * others: a comma never touches punctuation (`negativePrompt()`), and spaces part the rest.
 * @param slots choices of each slot as texts, the empty one for no word
 */
export function negativePieces(
  given: string,
  slots: readonly (readonly string[])[],
  tokenizer: ClipTokenizer,
): PromptPiece[] {
  const fixed = tokenizer.encode(given.trim());
  return [
    ...(fixed.length > 0 ? [{ kind: 'text', tokens: fixed } as const] : []),
    ...slots.map(
      (choices): PromptPiece => ({
        kind: 'slot',
        choices: choices.map((text) => tokenizer.encode(text.trim())),
      }),
    ),
  ];
}

/** @file What a text model does not read of a long prompt, said before the user wonders at the pictures. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';

/**
 * A sentence on the words of `text` that lie beyond the length of the model behind `tokenizer`; undefined when all are read.
 * @param what how the text is called: `prompt`, `negative prompt`
 * @param reader who reads it: `text encoder`, `scorer`
 */
export function truncationWarning(
  tokenizer: ClipTokenizer,
  text: string,
  what: string,
  reader = 'text encoder',
): string | undefined {
  const { truncatedText } = tokenizer.tokenize(text);
  if (truncatedText === undefined) return undefined;
  const lost = JSON.stringify(truncatedText);
  return `The ${reader} reads ${tokenizer.maxLength - 2} tokens; these words of the ${what} fall off: ${lost}.`;
}

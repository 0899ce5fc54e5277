/** @file What a text model does not read of a long prompt, said before the user wonders at the pictures. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { truncatedText } from './truncated-text.ts';

/**
 * A sentence on the words of `text` that lie beyond the length of the model behind `tokenizers`, one for each of its text encoders;
 * undefined when all are read.
 * @param what how the text is called: `prompt`, `negative prompt`
 * @param reader who reads it: `text encoder`, `scorer`
 */
export function truncationWarning(
  tokenizers: readonly ClipTokenizer[],
  text: string,
  what: string,
  reader = 'text encoder',
): string | undefined {
  const end = truncatedText(tokenizers, text);
  if (end === undefined) return undefined;
  const lost = JSON.stringify(end);
  return `The ${reader} reads ${tokenizers[0].maxLength - 2} tokens; these words of the ${what} fall off: ${lost}.`;
}

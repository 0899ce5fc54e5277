/** @file What a text model does not read of a long prompt, said before the user wonders at the pictures. */
import type { CombinedScorer } from '../diffusion/combined-scorer.ts';
import type { PromptReader } from '../diffusion/scorer.ts';

/**
 * A sentence on the words of `text` that lie beyond the length of the model behind `tokenizer`; undefined when all are read.
 * @param what how the text is called: `prompt`, `negative prompt`
 * @param reader who reads it: `text encoder`, `scorer`
 */
export function truncationWarning(
  tokenizer: PromptReader,
  text: string,
  what: string,
  reader = 'text encoder',
): string | undefined {
  const { truncatedText } = tokenizer.tokenize(text);
  if (truncatedText === undefined) return undefined;
  const lost = JSON.stringify(truncatedText);
  return `The ${reader} reads ${tokenizer.maxLength - 2} tokens; these words of the ${what} fall off: ${lost}.`;
}

/** The same of the scorer that reads the least of `prompt`. */
export function scorerTruncationWarning(scorer: CombinedScorer, prompt: string): string | undefined {
  const reader = scorer.shortestReader;
  if (reader === undefined) return undefined;
  const name = scorer.scorers.length === 1 ? 'scorer' : `scorer ${reader.name}`;
  return truncationWarning(reader.tokenizer, prompt, 'prompt', name);
}

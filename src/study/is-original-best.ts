/** @file Whether a study found anything. */
import type { PromptPair } from './prompt-variants.ts';

/** Whether the best is the original itself: nothing was found that beats it. */
export function isOriginalBest({
  original,
  best,
}: {
  readonly original: PromptPair;
  readonly best: PromptPair;
}): boolean {
  return original.prompt === best.prompt && original.negativePrompt === best.negativePrompt;
}

/** @file A prompt of an experiment, and what can be judged of it. */
import { captionFacts } from '../../pocket/caption-facts.ts';
import type { SceneFacts } from '../../pocket/scene-facts.ts';

export interface ExperimentPrompt {
  readonly prompt: string;
  /** What the embedded world's judge looks for; absent where a word of the prompt has no meaning there. */
  readonly facts?: SceneFacts;
}

/** `prompt`, which holds a word, with its facts where the embedded world understands all of it. */
export function experimentPrompt(prompt: string): ExperimentPrompt {
  const { facts, unusedWords } = captionFacts(prompt);
  const isUnderstood =
    unusedWords.length === 0 && (facts.objects.length > 0 || facts.background !== undefined);
  return isUnderstood ? { prompt, facts } : { prompt };
}

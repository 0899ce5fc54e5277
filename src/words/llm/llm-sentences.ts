/** @file Sentences that describe pictures, from a language model, as many as are wanted: the paper's instructions in turn, round after round. */
import { DpoError } from '../../errors.ts';
import { CachedAsker, type CachedAskerOptions } from './cached-asker.ts';
import { SENTENCE_INSTRUCTIONS, SENTENCE_TEMPLATE_VERSION, SentenceQuestion } from './sentence-question.ts';

export interface LlmSentencesOptions extends CachedAskerOptions {
  /** Sentences that one question asks for, from 1. */
  readonly batch: number;
}

/**
 * The sentences of one answer after another, without end; answers are cached, so that the same model gives the same sentences again.
 * @throws {DpoError} INVALID_OPTION when there is no model to ask, or its server refuses the key or the model; NETWORK when an answer has nothing usable; the signal's reason
 */
export async function* llmSentences(options: LlmSentencesOptions): AsyncGenerator<readonly string[]> {
  const asker = new CachedAsker(options);
  for (let round = 1; ; round++) {
    for (const instruction of SENTENCE_INSTRUCTIONS) {
      const question = new SentenceQuestion(instruction, options.batch);
      const { values, failure } = await asker.ask(question, {
        template: SENTENCE_TEMPLATE_VERSION,
        prompt: instruction,
        // The same question of another round is another question to the cache
        task: `round ${round}`,
        maxChoices: options.batch,
      });
      if (failure !== undefined) throw noSentences(asker, failure);
      yield values.flat();
    }
  }
}

function noSentences({ model, host }: CachedAsker, failure: string): DpoError {
  return new DpoError(
    'NETWORK',
    `The language model ${model} at ${host} gave no sentences: ${failure}. Try again, or give another model.`,
    { details: { model, host } },
  );
}

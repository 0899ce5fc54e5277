/** @file A word of the prompt with its candidates, as a model's answer names them: unchecked. */

export interface WordProposal {
  readonly word: string;
  readonly choices: readonly string[];
}

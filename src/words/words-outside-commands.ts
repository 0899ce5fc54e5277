/** @file The words of a prompt that are meant as words. */
import { type PromptTerm, promptWords } from './prompt-words.ts';
import { rangeOf, touches } from './text-range.ts';
import { readWebUiSyntax } from './web-ui-syntax.ts';

/** The words of `prompt` but those within a command of a web UI. */
export function wordsOutsideCommands(prompt: string): PromptTerm[] {
  const { commands } = readWebUiSyntax(prompt);
  return promptWords(prompt).filter((word) => !touches(commands, rangeOf(word)));
}

/** @file `dpo-diff space`. */
import type { CommandSpec } from '../command-spec.ts';

export const spaceCommand: CommandSpec = {
  name: 'space',
  arguments: [
    { name: 'prompt', description: 'the prompt whose words are looked up, in quotes', optional: true },
  ],
  summary: 'show the words that a search would try',
  description:
    'Shows the substitutes of each word, where they come from and how they relate to it. ' +
    'With --json the output is a file for --space: edit it and search with it. ' +
    'With --prompts FILE the spaces of many prompts go into one such file; a run that was ended is continued.',
  examples: [
    'dpo-diff space "a red cat and a blue car"',
    'dpo-diff space "a small red cat" --task attack --json > space.json',
    'dpo-diff space --prompts prompts.txt --task attack --out spaces.json',
  ],
  run: async (host, [prompt], options) => {
    const { runSpace } = await import('./run-space.ts');
    return runSpace(host, prompt, options);
  },
};

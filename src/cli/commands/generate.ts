/** @file `dpo-diff generate`. */
import type { CommandSpec } from '../command-spec.ts';

export const generateCommand: CommandSpec = {
  name: 'generate',
  arguments: [{ name: 'prompt', description: 'what the pictures should show, in quotes' }],
  summary: 'sample pictures and print where they are',
  description:
    'Samples a picture for each seed and prints the path of each file. The files say how they were made, in the text chunk "parameters".',
  examples: [
    'dpo-diff generate "a red cat and a blue car" --negative "dog, house" --seeds 0,1,2,3 --out pictures',
  ],
  run: async (host, [prompt], options) => {
    const { runGenerate } = await import('./run-generate.ts');
    return runGenerate(host, prompt!, options);
  },
};

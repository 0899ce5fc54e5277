/** @file `dpo-diff improve`. */
import type { CommandSpec } from '../command-spec.ts';

export const improveCommand: CommandSpec = {
  name: 'improve',
  arguments: [{ name: 'prompt', description: 'what the pictures should show, in quotes' }],
  summary: 'find a negative prompt that makes the model follow the prompt better',
  description:
    'Searches words for a negative prompt under which the pictures follow the prompt better, ' +
    'shows what they do on seeds that the search never saw, and leaves a folder with pictures and a report.',
  examples: [
    'dpo-diff improve "a red cat and a blue car"',
    'dpo-diff improve "a red cat and a blue car" --seeds 0,1,2,3 --budget 60 --out runs/cat',
  ],
  run: async (host, [prompt], options, typed) => {
    const { runStudy } = await import('./run-study.ts');
    return runStudy(host, { task: 'improve', prompt: prompt!, options, typed });
  },
};

/** @file `dpo-diff attack`. */
import type { CommandSpec } from '../command-spec.ts';

export const attackCommand: CommandSpec = {
  name: 'attack',
  arguments: [{ name: 'prompt', description: 'what the pictures should show, in quotes' }],
  summary: 'find harmless substitutes for words of the prompt that break its pictures',
  description:
    'Searches substitutes for words of the prompt, of the same meaning, under which the pictures follow the prompt worse: ' +
    'where a model misunderstands what people take for the same.',
  examples: ['dpo-diff attack "a small red cat" --min-similarity 0.8'],
  run: async (host, [prompt], options, typed) => {
    const { runStudy } = await import('./run-study.ts');
    return runStudy(host, { task: 'attack', prompt: prompt!, options, typed });
  },
};

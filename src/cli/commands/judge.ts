/** @file `dpo-diff judge`. */
import type { CommandSpec } from '../command-spec.ts';

export const judgeCommand: CommandSpec = {
  name: 'judge',
  arguments: [{ name: 'experiment', description: 'its name' }],
  summary: 'let people judge the pictures of an experiment, blind',
  description:
    'Writes a page for judges, who see the pictures of each prompt and of what was found for it side by side, not knowing which is which, ' +
    'and tick the key concepts that are there. With --import it reads the files that they send back and prints wins, draws and losses, ' +
    "hit rates, and Fleiss' kappa.",
  examples: [
    'dpo-diff judge table-1-improve',
    'dpo-diff judge table-1-improve --import answers-ann.json --import answers-bob.json',
  ],
  help: {
    out: {
      description: 'the sheet, an HTML file; its key is written beside it',
      default: 'judge-<experiment>.html',
    },
  },
  run: async (host, [experiment], options) => {
    const [{ runJudge }, { openExistingStore }, { pairsOfExperiment }] = await Promise.all([
      import('./run-judge.ts'),
      import('../open-store.ts'),
      import('../../experiment/judgement/pairs-of-experiment.ts'),
    ]);
    const store = await openExistingStore(host, options);
    try {
      const pairsOf = (name: string) => pairsOfExperiment(store, name);
      return await runJudge(host, { experiment: experiment!, pairsOf }, options);
    } finally {
      store.close();
    }
  },
};

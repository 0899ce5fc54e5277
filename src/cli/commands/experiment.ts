/** @file `dpo-diff experiment`. */
import type { CommandSpec } from '../command-spec.ts';

export const experimentCommand: CommandSpec = {
  name: 'experiment',
  arguments: [
    {
      name: 'experiment',
      description:
        'a YAML file, or the name of an experiment that comes with the program; without it those are listed',
      optional: true,
    },
  ],
  summary: 'run prompts × methods × seeds, resumable, in several processes',
  description:
    'Runs every prompt of an experiment with each of its runs and search seeds. Results are kept in the store, job by job: what was stopped ' +
    'or killed goes on where it was when the same command is given again, in several terminals too. Options given here stand in place of those ' +
    'that the file has for all runs; what a run says itself stays.',
  examples: [
    'dpo-diff experiment',
    'dpo-diff experiment table-2 --jobs 2',
    'dpo-diff experiment figure-6 --model stable-diffusion-v1-5/stable-diffusion-v1-5 --scorer openai/clip-vit-large-patch14 --name figure-6-sd15',
    'dpo-diff experiment my-experiment.yaml --retry',
  ],
  run: async (host, [named], options, typed) => {
    const { runExperimentCommand } = await import('./run-experiment.ts');
    return runExperimentCommand(host, named, options, typed);
  },
};

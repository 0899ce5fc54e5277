/** @file `dpo-diff inspect`. */
import type { CommandSpec } from '../command-spec.ts';

export const inspectCommand: CommandSpec = {
  name: 'inspect',
  arguments: [
    {
      name: 'model',
      description:
        'a folder with a model, a model in one file, a LoRA, or a name on the hub. Default: the embedded one',
      optional: true,
    },
  ],
  summary: 'say what a model holds and whether it can be run',
  description:
    'Lists the components of a model with their parameters and bytes, says whether this program can run it and why not, ' +
    'and estimates the memory that it needs. No weights are read, nor loaded from the hub.',
  examples: [
    'dpo-diff inspect',
    'dpo-diff inspect ~/models/stable-diffusion-v1-4',
    'dpo-diff inspect org/name',
  ],
  run: async (host, [model], options) => {
    const { runInspect } = await import('./run-inspect.ts');
    return runInspect(host, model, options);
  },
};

/** @file `dpo-diff export`. */
import type { CommandSpec } from '../command-spec.ts';

export const exportCommand: CommandSpec = {
  name: 'export',
  arguments: [],
  summary: 'write finished studies as a dataset, or as prompts for other programs',
  description:
    'Writes the studies of the store that are done: with --format jsonl as pairs of prompts with their losses, for training prompt models ' +
    '(docs/dataset.md), with a1111 as lines for the web UI\'s script "Prompts from file or textbox", with comfyui as workflows. ' +
    'Studies that found nothing better than the original are in the first alone.',
  examples: [
    'dpo-diff export --out prompts.jsonl',
    'dpo-diff export --experiment table-1-improve --min-gain 0.02 --out prompts.jsonl',
    'dpo-diff export --study k3m9 --format a1111',
  ],
  help: { out: { description: 'the file that is written', default: 'standard output' } },
  run: async (host, _, options) => {
    const { runExport } = await import('./run-export.ts');
    return runExport(host, options);
  },
};

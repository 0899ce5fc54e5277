/** @file `dpo-diff studies`. */
import type { CommandSpec } from '../command-spec.ts';

export const studiesCommand: CommandSpec = {
  name: 'studies',
  arguments: [],
  summary: 'list the studies in the store',
  description: 'Lists studies, the newest first: how far each is, and what it has found.',
  examples: [
    'dpo-diff studies',
    'dpo-diff studies --state stale --limit unlimited',
    'dpo-diff studies --json',
  ],
  run: async (host, _, options) => {
    const { runStudies } = await import('./run-studies.ts');
    return runStudies(host, options);
  },
};

/** @file `dpo-diff report`. */
import type { CommandSpec } from '../command-spec.ts';

export const reportCommand: CommandSpec = {
  name: 'report',
  arguments: [
    {
      name: 'experiment',
      description: 'its name in the store. Default: the experiments there are listed',
      optional: true,
    },
  ],
  summary: 'say what came of an experiment',
  description:
    'Writes what an experiment in the store found into a folder: report.html, which needs nothing else, report.md with its figures, ' +
    'and CSV files of every job and of every table. An experiment that is not complete is told of as far as it is.',
  examples: ['dpo-diff report', 'dpo-diff report figure-6 --out docs/results/figure-6'],
  help: {
    out: {
      description: 'folder that the report is written into, made if it does not exist',
      default: '<experiment>-report',
    },
  },
  run: async (host, [name], options) => {
    const { runReport } = await import('./run-report.ts');
    return runReport(host, name, options);
  },
};

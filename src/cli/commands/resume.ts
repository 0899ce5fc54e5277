/** @file `dpo-diff resume`. */
import type { CommandSpec } from '../command-spec.ts';

export const resumeCommand: CommandSpec = {
  name: 'resume',
  arguments: [{ name: 'study', description: 'its id, or the beginning of it; dpo-diff studies lists them' }],
  summary: 'go on with a study that was stopped, killed or failed',
  description:
    'Goes on with a study where it was: what was computed is taken from the store, and it ends with the same best prompt ' +
    'and the same evaluations as if it had never been interrupted. Of a study that is done it shows the result; pictures and ' +
    'reports that are missing in its folder are made again from the store.',
  examples: ['dpo-diff resume k3v9q2xw', 'dpo-diff studies --state stale'],
  run: async (host, [study], options) => {
    const { runResume } = await import('./run-resume.ts');
    return runResume(host, study!, options);
  },
};

/** @file The experiments that come with the program, each with its title. */
import { readExperiment } from '../../experiment/read-experiment.ts';
import { shippedExperimentNames, shippedExperimentPath } from '../../experiment/shipped-experiments.ts';
import { EXPERIMENT_OPTION_RULES } from '../experiment-option-rules.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { textTable } from '../text-table.ts';

export async function listExperiments({ stdout }: Host, { json }: CliOptions): Promise<void> {
  const listed: { name: string; title: string; paper: string | null; path: string }[] = [];
  for (const name of shippedExperimentNames()) {
    const path = shippedExperimentPath(name);
    const { title, paper = null } = await readExperiment(path, { rules: EXPERIMENT_OPTION_RULES });
    listed.push({ name, title, paper, path });
  }
  const rows = listed.map(({ name, title, paper }) => [name, paper === null ? title : `${title} (${paper})`]);
  stdout.write(json ? `${JSON.stringify(listed)}\n` : `${textTable(rows).join('\n')}\n`);
}

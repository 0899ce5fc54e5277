/** @file The finished studies of a store as a dataset, or as prompts for other programs, piece by piece: however many there are, one is in memory. */
import { DpoError } from '../../errors.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { comfyWorkflow } from './comfy-workflow.ts';
import type { DatasetFormat } from './dataset-formats.ts';
import type { DatasetRow } from './dataset-row.ts';
import { datasetRowOf } from './dataset-row-of.ts';
import { canBeWebUiLines, webUiLines } from './web-ui-lines.ts';

export interface DatasetOptions {
  /** @default 'jsonl' */
  readonly format?: DatasetFormat | undefined;
  /** Of this experiment alone. @default all */
  readonly experiment?: string | undefined;
  /** These alone, by their ids or what they begin with. @default all */
  readonly studies?: readonly string[] | undefined;
  /** Those alone whose loss went at least so far the way that was sought. @default all */
  readonly minGain?: number | undefined;
}

/** What was exported. */
export interface DatasetCount {
  exported: number;
  /** Studies that found something that the format cannot say. */
  unsayable: number;
}

/**
 * Pieces of text in the order of the studies, the oldest first; `count` tells how many studies there are in it so far.
 * Where nothing better than the original was found, only `jsonl` has the study; `a1111` is also
 * without those whose prompts hold text that the web UI would take for a command.
 * @throws {DpoError} INVALID_OPTION for a study that is not known, or is not done, and for an experiment that is not known
 */
export function* datasetTexts(
  store: StudyStore,
  options: DatasetOptions,
  count: DatasetCount = { exported: 0, unsayable: 0 },
): Generator<string, void, undefined> {
  const { format = 'jsonl' } = options;
  if (format === 'comfyui') yield '[';
  for (const row of datasetRows(store, options)) {
    if (format !== 'jsonl' && !row.improved) continue;
    if (format === 'a1111' && !canBeWebUiLines(row)) {
      count.unsayable += 1;
      continue;
    }
    yield rowText(row, format, count.exported === 0);
    count.exported += 1;
  }
  if (format === 'comfyui') yield count.exported === 0 ? ']\n' : '\n]\n';
}

/** One by one; the oldest first. @throws {DpoError} INVALID_OPTION for a study that is not known, or is not done */
export function* datasetRows(
  store: StudyStore,
  { experiment, studies, minGain = Number.NEGATIVE_INFINITY }: DatasetOptions,
): Generator<DatasetRow, void, undefined> {
  const ids = studies === undefined ? doneStudies(store, experiment) : namedStudies(store, studies);
  for (const id of ids) {
    const study = store.studies.get(id);
    if (experiment !== undefined && study.experiment !== experiment) continue;
    const row = datasetRowOf(study);
    if ((row.gain ?? Number.NEGATIVE_INFINITY) >= minGain) yield row;
  }
}

function rowText(row: DatasetRow, format: DatasetFormat, isFirst: boolean): string {
  switch (format) {
    case 'jsonl':
      return `${JSON.stringify(row)}\n`;
    case 'a1111':
      return `${webUiLines(row).join('\n')}\n`;
    case 'comfyui':
      return `${isFirst ? '\n' : ',\n'}${JSON.stringify(comfyWorkflow(row))}`;
  }
}

function doneStudies(store: StudyStore, experiment: string | undefined): string[] {
  const filter = { states: ['done'], ...(experiment !== undefined && { experiment }) } as const;
  const ids = store.studies.list(filter).map(({ id }) => id);
  if (ids.length === 0 && experiment !== undefined) requireExperiment(store, experiment);
  return ids.reverse();
}

/** A misspelt name must not empty a file. Programs may name an experiment that the store does not run. */
function requireExperiment({ experiments, studies }: StudyStore, name: string): void {
  if (studies.list({ experiment: name, limit: 1 }).length === 0) experiments.definition(name);
}

/** Each once, all of them looked at before the first is told of. */
function namedStudies(store: StudyStore, names: readonly string[]): string[] {
  const found = names.map((name) => store.studies.get(name));
  for (const { id, state } of found) if (state !== 'done') throw notDone(id, state);
  return [...new Set(found.map(({ id }) => id))];
}

function notDone(id: string, state: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The study ${id} is not done (it is ${state}), so there is nothing of it to export. End it with dpo-diff resume ${id}, or leave it out.`,
    { details: { study: id, state } },
  );
}

/** @file What `report` does: writes what came of an experiment, or lists those that there are. */
import {
  type ExperimentReport,
  renderedReport,
  shownImages,
} from '../../experiment/report/experiment-report.ts';
import type { ReadImage } from '../../experiment/report/picture-data.ts';
import { type ReportDocument, reportDocument } from '../../experiment/report/report-document.ts';
import type { ReportFacts } from '../../experiment/report/report-facts.ts';
import { type StoredExperiment, storedExperiment } from '../../experiment/report/stored-experiment.ts';
import { thisMachine } from '../../experiment/report/this-machine.ts';
import { writeExperimentReport } from '../../experiment/report/write-experiment-report.ts';
import type { JobCounts } from '../../store/experiment-table.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { shellCommand } from '../../study/shell-command.ts';
import { thumbnail } from '../../study/thumbnail.ts';
import { counted } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { textTable } from '../text-table.ts';

/** @param name undefined to list what there is */
export async function runReport(host: Host, name: string | undefined, options: CliOptions): Promise<number> {
  const store = await openExistingStore(host, options);
  try {
    const text = name === undefined ? listText(store, options) : await reportText(store, name, options);
    host.stdout.write(text);
    return EXIT_OK;
  } finally {
    store.close();
  }
}

function listText({ experiments, path }: StudyStore, { json }: CliOptions): string {
  const listed = experiments.names().map((name) => ({ name, jobs: experiments.counts(name) }));
  if (json) return `${JSON.stringify({ store: path, experiments: listed })}\n`;
  if (listed.length === 0) return `The store ${path} has no experiments. dpo-diff experiment makes one.\n`;
  const head = ['experiment', 'done', 'waiting', 'failed'];
  const rows = listed.map(({ name, jobs }) => [name, ...countCells(jobs)]);
  return `${textTable([head, ...rows], [1, 2, 3]).join('\n')}\n`;
}

function countCells({ done, waiting, running, stale, failed }: JobCounts): string[] {
  return [done, waiting + running + stale, failed].map(String);
}

async function reportText(store: StudyStore, name: string, options: CliOptions): Promise<string> {
  const experiment = storedExperiment(store, name);
  const document = reportDocument(experiment.definition, experiment.rows, factsOf(name, experiment));
  const report = renderedReport(document, experiment.rows, await imageReader(store, document));
  const dir = options.out ?? `${name}-report`;
  const files = await writeExperimentReport(dir, report);
  if (options.json)
    return `${JSON.stringify({ experiment: name, dir, files, ...outcomeOf(experiment, report) })}\n`;
  return `${finding(experiment, report).join('\n')}\n\n${dir}: ${files.join(', ')}\n`;
}

/** What was measured by the experiment's command is told by the report's; the store may be anywhere. */
function factsOf(name: string, { rows, counts }: StoredExperiment): ReportFacts {
  return {
    machine: thisMachine(),
    command: ['experiment', 'report']
      .map((command) => shellCommand(['npx', 'dpo-diff', command, name]))
      .join('\n'),
    seconds: rows.reduce((sum, { seconds }) => sum + (seconds || 0), 0),
    counts,
  };
}

/** The pictures that are shown, large ones as smaller copies. */
async function imageReader({ images }: StudyStore, document: ReportDocument): Promise<ReadImage> {
  const copies = new Map<string, Uint8Array>();
  for (const hash of shownImages(document)) {
    const file = images.read(hash);
    if (file) copies.set(hash, await thumbnail(file));
  }
  return (hash) => copies.get(hash);
}

function outcomeOf({ rows, counts }: StoredExperiment, { verdict }: ExperimentReport) {
  return { done: rows.length, ...counts, ...verdict };
}

function finding({ definition, rows, counts }: StoredExperiment, { verdict }: ExperimentReport): string[] {
  const { waiting, failed } = counts;
  const jobs = `${counted(rows.length, 'job')} done, ${waiting} waiting, ${failed} failed`;
  return [definition.title, jobs, [verdict.sentence, verdict.beyond ?? ''].join(' ').trim()];
}

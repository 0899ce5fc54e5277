/** @file An experiment as the store has it. */
import { DpoError } from '../../errors.ts';
import type { StudyStore } from '../../store/study-store.ts';
import type { ExperimentDefinition } from '../experiment-definition.ts';
import { knownDefinition } from '../experiment-queues.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import type { ReportCounts } from './report-facts.ts';
import { isReportKind, REPORT_KINDS } from './report-kind.ts';

export interface StoredExperiment {
  readonly definition: ExperimentDefinition;
  /** Of the finished jobs. */
  readonly rows: readonly ExperimentRow[];
  readonly counts: ReportCounts;
}

/** @throws {DpoError} INVALID_OPTION when there is none of that name, or a later version wrote it */
export function storedExperiment(store: StudyStore, name: string): StoredExperiment {
  const { experiments } = store;
  // Definitions were checked before they were stored, and rows are our own.
  const definition = knownDefinition(store, name);
  if (!isReportKind(definition.report)) throw unknownKind(name, definition.report);
  const { waiting, running, stale, failed } = experiments.counts(name);
  return {
    definition,
    rows: experiments.results(name) as ExperimentRow[],
    counts: { waiting: waiting + running + stale, failed },
  };
}

function unknownKind(name: string, kind: unknown): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The experiment "${name}" asks for a report of the kind "${String(kind)}", but this version knows ${REPORT_KINDS.join(', ')}. A later version of dpo-diff wrote it; use that.`,
    { details: { experiment: name } },
  );
}

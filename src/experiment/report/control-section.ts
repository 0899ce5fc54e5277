/** @file Controls for regression to the mean: prompts that were chosen because they fail do better on other seeds and with any other words. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, StudyRow } from '../experiment-row.ts';
import { estimateOver, finiteMean, meanOver } from './measured-mean.ts';
import type { ReportSection, Value } from './report-block.ts';
import { type RunRows, rowsByRun } from './rows-by-run.ts';

interface Control {
  readonly promptIndex: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** The original on fresh seeds, against the searched ones; besides, candidates that nobody chose, on the seeds that the run names. */
export function controlSection(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
): ReportSection | undefined {
  const studies = rowsByRun(definition, rows, 'study');
  const controls = [
    ...freshSeeds(studies.flatMap((run) => run.rows)),
    ...rowsByRun(definition, rows, 'random-prompts').flatMap(randomCandidates),
  ];
  if (controls.length === 0) return undefined;
  return {
    title: 'Controls',
    blocks: [
      {
        kind: 'table',
        name: 'controls',
        title: 'What comes without a search',
        columns: [
          { head: 'Control', as: 'text' },
          { head: 'Prompts', as: 'count' },
          { head: 'Original, same seeds', as: 'loss' },
          { head: 'Control’s loss', as: 'loss' },
          { head: 'Difference', as: 'difference', hasInterval: true },
        ],
        rows: controls,
        note: 'Prompts that were chosen by their loss on the searched seeds regress to the mean: the first line is how much of a difference is that alone. A search has to do more than candidates drawn at random, which nobody chose.',
      },
    ],
  };
}

/** Each prompt once, though several runs measured it. */
function freshSeeds(rows: readonly StudyRow[]): Value[][] {
  const byPrompt = new Map(rows.map((row) => [row.promptIndex, row]));
  return controlRow(
    'the original on held-out seeds',
    [...byPrompt.values()].map(({ promptIndex, original }) => ({
      promptIndex,
      before: finiteMean(original.losses),
      after: finiteMean(original.heldOutLosses),
    })),
  );
}

function randomCandidates({ run, rows }: RunRows<'random-prompts'>): Value[][] {
  return controlRow(
    run,
    rows.map(({ promptIndex, original, candidateLosses }) => ({
      promptIndex,
      before: finiteMean(original.losses),
      after: finiteMean(candidateLosses),
    })),
  );
}

function controlRow(name: string, controls: readonly Control[]): Value[][] {
  const measured = controls.flatMap(({ promptIndex, before, after }) =>
    before === null || after === null ? [] : [{ promptIndex, before, after }],
  );
  const over = (value: (control: (typeof measured)[number]) => number) =>
    measured.map((control) => ({ promptIndex: control.promptIndex, value: value(control) }));
  const difference = estimateOver(over(({ before, after }) => after - before));
  if (difference === null) return [];
  const means = [meanOver(over(({ before }) => before)), meanOver(over(({ after }) => after))];
  return [[name, difference.count, ...means, difference]];
}

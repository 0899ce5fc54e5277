/** @file What users really do: sample the prompt on many seeds and keep the best picture. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import { finiteMean, meanHitRate } from './measured-mean.ts';
import type { ReportSection, Value } from './report-block.ts';
import { type RunRows, rowsByRun } from './rows-by-run.ts';

/** Undefined where no run did that. */
export function bestOfSeedsSection(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
): ReportSection | undefined {
  const runs = rowsByRun(definition, rows, 'best-of-seeds');
  if (runs.length === 0) return undefined;
  return {
    title: 'Best of many seeds',
    blocks: [
      {
        kind: 'table',
        name: 'best-of-seeds',
        title: 'The one best picture',
        columns: [
          { head: 'Run', as: 'text' },
          { head: 'Jobs', as: 'count' },
          { head: 'Pictures', as: 'decimal' },
          { head: 'UNet calls', as: 'count' },
          { head: 'Loss of the best', as: 'loss' },
          { head: 'Concepts in it', as: 'share' },
        ],
        rows: [...runs.map(seedRow), ...rowsByRun(definition, rows, 'study').flatMap(studyRow)],
        note: 'The loss is that of the single best picture: for searches, the best of the searched seeds under the words that were found. It is lower than a mean over seeds by its nature and is compared with nothing else here.',
      },
    ],
  };
}

function seedRow({ run, rows }: RunRows<'best-of-seeds'>): Value[] {
  return [
    run,
    rows.length,
    finiteMean(rows.map(({ bestLosses }) => bestLosses.length)),
    finiteMean(rows.map(({ unetCalls }) => unetCalls)),
    finiteMean(rows.map(({ best }) => best.loss)),
    finiteMean(rows.map(({ best }) => meanHitRate(best.hits && [best.hits]))),
  ];
}

/** The searches of the same experiment, by their best picture too. */
function studyRow({ run, task, rows }: RunRows<'study'>): Value[][] {
  if (task === 'attack') return [];
  const best = rows.flatMap(({ best: { losses, hits } }) => {
    const at = losses.indexOf(Math.min(...losses.filter(Number.isFinite)));
    return at < 0 ? [] : [{ loss: losses[at], hitRate: meanHitRate(hits?.[at] && [hits[at]]) }];
  });
  if (best.length === 0) return [];
  return [
    [
      ...[run, rows.length, finiteMean(rows.map(({ evaluations, seeds }) => evaluations * seeds.length))],
      finiteMean(rows.map(({ unetCalls }) => unetCalls)),
      finiteMean(best.map(({ loss }) => loss)),
      finiteMean(best.map(({ hitRate }) => hitRate)),
    ],
  ];
}

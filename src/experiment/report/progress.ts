/** @file Figure 5: the best picture while the search goes on. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, StudyRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { fileWords } from './file-words.ts';
import { lossCourse } from './loss-course.ts';
import { estimateOver, isFiniteNumber, meanOver } from './measured-mean.ts';
import { shownPrompts } from './pair-pictures.ts';
import type { ChartBlock, PictureBlock, PictureRow, TableBlock, Value } from './report-block.ts';
import { type RunRows, rowsByRun } from './rows-by-run.ts';
import { bestLossAt, inexactSearchNote, mostSpent, pointAt } from './search-course.ts';
import { numberText } from './value-text.ts';
import { type Claim, type Clause, clauseOf, type Verdict, verdictOf } from './verdict.ts';

/** Evaluations at which the paper shows pictures. */
const STAGES = [0, 10, 20, 40, 80];

export function progressReport(definition: ExperimentDefinition, rows: readonly ExperimentRow[]): Analysis {
  const runs = rowsByRun(definition, rows, 'study');
  if (runs.length === 0) return { verdict: progressVerdict(runs), sections: [] };
  const words = fileWords(runs.map(({ run }) => run));
  return {
    verdict: progressVerdict(runs),
    sections: [
      { title: 'Pictures on the way', blocks: runs.map((run, i) => strips(run, words[i], runs.length > 1)) },
      { title: 'The mean course', blocks: [courseChart(runs), stageTable(runs)] },
    ],
  };
}

/** The stages that some search of the run reached. */
function stagesOf(rows: readonly StudyRow[]): number[] {
  const most = mostSpent(rows, 'spent');
  // A search ends where its budget has no room for one more evaluation: at 79.4 of 80.
  return STAGES.filter((stage) => stage === 0 || stage < most + 1);
}

/**
 * Figure 5 by two statements: most prompts have a better best after 10 evaluations than at the start, and on most the best goes on getting
 * better from 10 to the end.
 */
export function progressVerdict(runs: readonly RunRows<'study'>[]): Verdict {
  return verdictOf(
    runs.flatMap(({ run, task, rows }) => {
      const prefix = runs.length > 1 ? `${run}: ` : '';
      const last = stagesOf(rows).at(-1)!;
      return [earlyClause(prefix, task, rows), ...(last > 10 ? [lateClause(prefix, task, rows, last)] : [])];
    }),
  );
}

function earlyClause(prefix: string, task: 'improve' | 'attack', rows: readonly StudyRow[]): Clause {
  const isThere = mostSpent(rows, 'spent') >= 10;
  const claim = `${prefix}after 10 evaluations most prompts have a better picture than at the start`;
  return clauseOf(mostPrompts(claim), isThere ? shareWithGain(rows, task, 0, 10) : null);
}

function lateClause(
  prefix: string,
  task: 'improve' | 'attack',
  rows: readonly StudyRow[],
  last: number,
): Clause {
  const claim = `${prefix}on most prompts it goes on getting better until ${last} evaluations`;
  return clauseOf(mostPrompts(claim), shareWithGain(rows, task, 10, last));
}

/** A mean gain would say nothing: hardly any is below 0, so a few suffice for an interval above it. */
function mostPrompts(claim: string): Claim {
  return { claim, what: 'share of prompts', wanted: 'above', than: 0.5, as: 'share' };
}

function shareWithGain(rows: readonly StudyRow[], task: 'improve' | 'attack', from: number, to: number) {
  const gains = rows.flatMap((row) => {
    const gained = gain(row, task, from, to);
    return gained === null ? [] : [{ promptIndex: row.promptIndex, value: gained > 0 ? 1 : 0 }];
  });
  return estimateOver(gains);
}

function gain(row: StudyRow, task: 'improve' | 'attack', from: number, to: number): number | null {
  const [before, after] = [bestLossAt(row, 'spent', from), bestLossAt(row, 'spent', to)];
  if (!isFiniteNumber(before) || !isFiniteNumber(after)) return null;
  return task === 'attack' ? after - before : before - after;
}

function strips(shown: RunRows<'study'>, word: string, isNamed: boolean): PictureBlock {
  const { run, rows } = shown;
  const stages = stagesOf(rows);
  const inexact = inexactSearchNote([shown]);
  return {
    kind: 'pictures',
    name: `progress-${word}`,
    title: isNamed ? `Best picture so far: ${run}` : 'Best picture so far',
    rows: shownPrompts(rows).flatMap((promptIndex) => {
      const row = rows.find((one) => one.promptIndex === promptIndex)!;
      return stripOf(row, stages);
    }),
    note: `The first prompts of the experiment, picked by nobody; the first searched seed. The loss is the mean over the searched seeds${inexact === '' ? ', as the search sees it' : ''}.${inexact}`,
  };
}

function stripOf(row: StudyRow, stages: readonly number[]): PictureRow[] {
  if (row.original.images.length === 0) return [];
  const pictures = stages.map((stage) => {
    const point = stage === 0 ? undefined : pointAt(row, 'spent', stage);
    return {
      caption: stage === 1 ? '1 evaluation' : `${stage} evaluations`,
      detail: `loss ${numberText(bestLossAt(row, 'spent', stage), 'loss')}`,
      image: point === undefined ? row.original.images[0] : point.images?.[0],
    };
  });
  return [{ label: row.prompt, pictures }];
}

function courseChart(runs: readonly RunRows<'study'>[]): ChartBlock {
  return {
    kind: 'chart',
    name: 'mean-course',
    title: 'Mean best loss so far',
    xName: 'evaluations spent',
    yName: 'mean best loss',
    series: runs.map(({ run, rows }) => lossCourse(run, rows, 'spent')),
    note: `Mean over prompts of the mean over search seeds; the band is the 95 % interval, by the bootstrap over prompts, of how far the best is from the original.${inexactSearchNote(runs)}`,
  };
}

function stageTable(runs: readonly RunRows<'study'>[]): TableBlock {
  return {
    kind: 'table',
    name: 'stages',
    title: 'At the paper’s stages',
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'Evaluations', as: 'count' },
      { head: 'Prompts', as: 'count' },
      { head: 'Mean best loss', as: 'loss' },
      { head: 'From the original', as: 'difference', hasInterval: true },
      { head: 'Prompts with a gain', as: 'share' },
    ],
    rows: runs.flatMap(({ run, task, rows }) =>
      stagesOf(rows).map((stage) => [run, stage, ...stageCells(rows, task, stage)]),
    ),
    note: `A best so far cannot get worse, so an interval of its difference excludes 0 as soon as a few prompts gained.${inexactSearchNote(runs)}`,
  };
}

function stageCells(rows: readonly StudyRow[], task: 'improve' | 'attack', stage: number): Value[] {
  const gains = rows.flatMap((row) => {
    const [value, loss] = [gain(row, task, 0, stage), bestLossAt(row, 'spent', stage)];
    return value === null || loss === null ? [] : [{ promptIndex: row.promptIndex, value, loss }];
  });
  const direction = task === 'attack' ? 1 : -1;
  const difference = estimateOver(gains.map((one) => ({ ...one, value: direction * one.value + 0 })));
  return [
    difference?.count ?? 0,
    meanOver(gains.map(({ promptIndex, loss }) => ({ promptIndex, value: loss }))),
    difference,
    meanOver(gains.map(({ promptIndex, value }) => ({ promptIndex, value: value > 0 ? 1 : 0 }))),
  ];
}

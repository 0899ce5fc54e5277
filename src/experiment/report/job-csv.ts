/** @file Every finished job as a line of one CSV file; a column that says nothing of a job's kind is empty there. */
import type { ExperimentRow, MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import { type CsvValue, csvText } from './csv-text.ts';
import { finiteMean, meanHitRate } from './measured-mean.ts';

type Cells = Readonly<Record<string, CsvValue>>;

export function jobCsv(rows: readonly ExperimentRow[]): string {
  const lines = rows.map(cellsOf);
  const heads = new Set<string>();
  // Jobs of one kind have the same columns, so only the first of each kind is asked.
  for (const kind of new Set(rows.map((row) => row.kind))) {
    for (const head of Object.keys(lines[rows.findIndex((row) => row.kind === kind)])) heads.add(head);
  }
  return csvText([[...heads], ...lines.map((line) => [...heads].map((head) => line[head]))]);
}

function cellsOf(row: ExperimentRow): Cells {
  const { kind, run, promptIndex, prompt, searchSeed, seconds, unetCalls } = row;
  const origin = { kind, run, promptIndex, prompt, searchSeed, seconds, unetCalls };
  return { ...origin, ...ownCells(row) };
}

function ownCells(row: ExperimentRow): Cells {
  switch (row.kind) {
    case 'study':
      return studyCells(row);
    case 'random-prompts':
      return {
        originalLoss: finiteMean(row.original.losses),
        candidates: row.candidateLosses.length,
        meanCandidateLoss: finiteMean(row.candidateLosses),
        meanCandidateHitRate: finiteMean(row.candidateHitRates),
      };
    case 'gradient-norm': {
      const { stepIndex, steps, timestep, norm } = row;
      return { stepIndex, steps, timestep, norm };
    }
    case 'gradient-agreement': {
      const { gradientSteps, stepIndex, steps, cosine, milliseconds, fullMilliseconds } = row;
      return { gradientSteps, stepIndex, steps, cosine, milliseconds, fullMilliseconds };
    }
    case 'best-of-seeds':
      return {
        pictures: row.bestLosses.length,
        bestLoss: row.best.loss,
        bestSeed: row.best.seed,
        bestNegativePrompt: row.best.negativePrompt,
        bestHitRate: meanHitRate(row.best.hits && [row.best.hits]),
      };
  }
}

function studyCells(row: StudyRow): Cells {
  return {
    task: row.task,
    studyId: row.studyId,
    evaluations: row.evaluations,
    concepts: row.concepts.join('; '),
    bestPrompt: row.best.prompt,
    bestNegativePrompt: row.best.negativePrompt,
    similarity: row.similarity,
    altersMeaning: row.altersMeaning,
    meanCandidateLoss: row.meanCandidateLoss,
    ...measuredCells('original', row.original),
    ...measuredCells('best', row.best),
  };
}

function measuredCells(which: string, measured: MeasuredPrompts): Cells {
  return {
    [`${which}Loss`]: finiteMean(measured.losses),
    [`${which}HeldOutLoss`]: finiteMean(measured.heldOutLosses),
    [`${which}JudgedLoss`]: finiteMean(measured.judgedLosses),
    [`${which}HeldOutJudgedLoss`]: finiteMean(measured.heldOutJudgedLosses),
    [`${which}HitRate`]: meanHitRate(measured.hits),
    [`${which}HeldOutHitRate`]: meanHitRate(measured.heldOutHits),
  };
}

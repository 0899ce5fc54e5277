/** @file From a study in the store to a line of a dataset. */
import type { StoredStudy } from '../../store/study-table.ts';
import { isOriginalBest } from '../is-original-best.ts';
import type { ScoredPrompt, StudyResult } from '../study-result.ts';
import type { DatasetRow } from './dataset-row.ts';

type BeforeAndAfter = DatasetRow['losses']['searched'];

/** @param study one that is done */
export function datasetRowOf(study: StoredStudy): DatasetRow {
  const result = study.result as StudyResult;
  const { original, best, settings } = result;
  const losses = {
    searched: beforeAndAfter(result, ({ loss }) => loss),
    heldOut: beforeAndAfter(result, ({ heldOutLoss }) => heldOutLoss),
  };
  return {
    studyId: study.id,
    experiment: study.experiment,
    task: result.task,
    search: result.search,
    prompt: result.prompt,
    originalNegativePrompt: original.negativePrompt,
    optimizedPrompt: best.prompt,
    negativePrompt: best.negativePrompt,
    improved: isImproved(result),
    gain: gainOf(result.task, losses.heldOut) ?? gainOf(result.task, losses.searched),
    losses,
    heldOutInterval: intervalOf(result),
    heldOutScorer: heldOutScorerOf(result),
    similarity: best.similarity ?? null,
    scorer: result.scorer,
    model: settings.model,
    method: result.method,
    settings: { ...settings },
    seeds: [...result.seeds],
    heldOutSeeds: [...result.heldOutSeeds],
    searchSeed: result.searchSeed,
    evaluations: result.evaluations,
    created: study.created,
  };
}

/** A study for a prompt gives its best also where that was not better on seeds that the search never saw. */
function isImproved(result: StudyResult): boolean {
  return !isOriginalBest(result) && result.foundBetter !== false;
}

function beforeAndAfter(
  { original, best }: StudyResult,
  loss: (prompt: ScoredPrompt) => number | null | undefined,
): BeforeAndAfter {
  return { before: loss(original) ?? null, after: loss(best) ?? null };
}

/** An attack seeks a high loss. */
function gainOf(task: DatasetRow['task'], { before, after }: BeforeAndAfter): number | null {
  if (before === null || after === null) return null;
  return task === 'attack' ? after - before : before - after;
}

function intervalOf({ heldOutDifference }: StudyResult): DatasetRow['heldOutInterval'] {
  const interval = heldOutDifference?.interval;
  return interval ? [interval[0], interval[1]] : null;
}

function heldOutScorerOf(result: StudyResult): DatasetRow['heldOutScorer'] {
  const { heldOutScorer } = result;
  if (heldOutScorer === undefined) return null;
  return {
    name: heldOutScorer.name,
    searched: beforeAndAfter(result, (prompt) => prompt.heldOutScorer?.loss),
    heldOut: beforeAndAfter(result, (prompt) => prompt.heldOutScorer?.heldOutLoss),
  };
}

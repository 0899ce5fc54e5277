/** @file The pairs of pictures of an experiment that people can judge: what each of its searches found, against the original. */
import { DpoError } from '../../errors.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { isOriginalBest } from '../../study/is-original-best.ts';
import { knownDefinition } from '../experiment-queues.ts';
import type { ExperimentRow, MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import type { JudgedPictures, JudgementPair } from './judgement-pair.ts';

/** What of an experiment can be judged. */
export interface JudgedExperiment {
  readonly title: string;
  readonly pairs: readonly JudgementPair[];
  /** Seeds that pairs of different prompts go without, because the store lacks a picture of one side or of both. */
  readonly lostSeeds: number;
  /** Jobs that are still to be done. */
  readonly openJobs: number;
}

/**
 * The searches that are done, on the searched seeds.
 * @throws {DpoError} INVALID_OPTION when there is no such experiment, or none of its searches is done
 */
export function pairsOfExperiment(store: StudyStore, name: string): JudgedExperiment {
  const { title } = knownDefinition(store, name);
  const { waiting, running, stale } = store.experiments.counts(name);
  const rows = store.experiments.results(name) as ExperimentRow[];
  const studies = rows.filter((row) => row.kind === 'study');
  if (studies.length === 0) throw nothingToJudge(name);
  const pairs = studies.map((row) => pairOf(store, row));
  const lost = studies.map((row, i) =>
    isOriginalBest(row) ? 0 : row.seeds.length - pairs[i].original.png.length,
  );
  const lostSeeds = lost.reduce((sum, seeds) => sum + seeds, 0);
  return { title, pairs, lostSeeds, openJobs: waiting + running + stale };
}

/** On the seeds of which both sides have a picture: a file may be gone, and what held no numbers never had one. */
function pairOf(store: StudyStore, { original, best, ...row }: StudyRow): JudgementPair {
  const { run, prompt, promptIndex, searchSeed, concepts, task } = row;
  const seeds = original.images.flatMap((hash, i) => {
    const [before, after] = [store.images.read(hash), store.images.read(best.images[i] ?? '')];
    return before && after ? [{ before, after }] : [];
  });
  return {
    id: `${run}/${promptIndex}/${searchSeed}`,
    ...{ run, prompt, concepts, task },
    original: judged(
      original,
      seeds.map(({ before }) => before),
    ),
    candidate: judged(
      best,
      seeds.map(({ after }) => after),
    ),
  };
}

function judged({ prompt, negativePrompt }: MeasuredPrompts, png: JudgedPictures['png']): JudgedPictures {
  return { prompt, negativePrompt, png };
}

function nothingToJudge(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The experiment ${name} has no search that is done, so there is nothing to judge. Where it has searches, run it with dpo-diff experiment ${name}.`,
    { details: { experiment: name } },
  );
}

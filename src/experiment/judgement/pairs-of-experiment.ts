/** @file The pairs of pictures of an experiment that people can judge: what each of its searches found, against the original. */
import { DpoError } from '../../errors.ts';
import type { StudyStore } from '../../store/study-store.ts';
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import type { JudgedPictures, JudgementPair } from './judgement-pair.ts';

/** What of an experiment can be judged. */
export interface JudgedExperiment {
  readonly title: string;
  readonly pairs: readonly JudgementPair[];
}

/**
 * The searches that are done, on the searched seeds.
 * @throws {DpoError} INVALID_OPTION when there is no such experiment, or none of its searches is done
 */
export function pairsOfExperiment(store: StudyStore, name: string): JudgedExperiment {
  const { title } = store.experiments.definition(name) as ExperimentDefinition;
  const rows = store.experiments.results(name) as ExperimentRow[];
  const studies = rows.filter((row) => row.kind === 'study');
  if (studies.length === 0) throw nothingToJudge(name);
  return { title, pairs: studies.map((row) => pairOf(store, row)) };
}

function pairOf(store: StudyStore, row: StudyRow): JudgementPair {
  const { run, prompt, promptIndex, searchSeed, concepts, task } = row;
  return {
    id: `${run}/${promptIndex}/${searchSeed}`,
    ...{ run, prompt, concepts, task },
    original: picturesOf(store, row.original),
    candidate: picturesOf(store, row.best),
  };
}

/** A picture whose file is gone is left out. */
function picturesOf(store: StudyStore, { prompt, negativePrompt, images }: MeasuredPrompts): JudgedPictures {
  return { prompt, negativePrompt, png: images.flatMap((hash) => store.images.read(hash) ?? []) };
}

function nothingToJudge(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The experiment ${name} has no search that is done, so there is nothing to judge. Where it has searches, run it with dpo-diff experiment ${name}.`,
    { details: { experiment: name } },
  );
}

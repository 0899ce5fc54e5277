/** @file A study with the store around it, where there is one: what it may find there, and what is written of it. */
import type { CombinedScorer } from '../diffusion/combined-scorer.ts';
import type { Pipeline } from '../diffusion/pipeline.ts';
import { type ComputationCache, openComputationCache } from './computation-cache.ts';
import { digest } from './digest.ts';
import type { MemoryWay } from './preflight/memory-fit.ts';
import type { PromptStudyOptions } from './prompt-study.ts';
import { StudyClock } from './study-clock.ts';
import { StudyJournal } from './study-journal.ts';
import type { StudyOptions } from './study-options.ts';
import type { StudyResult } from './study-result.ts';

/** What is asked, with every default filled in. */
export type ResolvedStudy = Pick<PromptStudyOptions, 'task' | 'prompt' | 'space' | 'options'>;

/** What a study is given to be kept; without a store, only a clock. */
export interface Keeping {
  readonly clock: StudyClock;
  readonly cache?: ComputationCache;
  readonly journal?: StudyJournal;
}

/** Does `work` and writes down how it ended. */
export async function keptStudy(
  pipeline: Pipeline,
  study: ResolvedStudy,
  given: StudyOptions,
  work: (kept: Keeping) => Promise<StudyResult>,
): Promise<StudyResult> {
  const { record } = given;
  if (record === undefined) return work({ clock: new StudyClock() });
  const cache = await openComputationCache(pipeline, record.store);
  const fingerprint = await studyFingerprint(pipeline, cache, study);
  // Files are hashed once, so this time would be missing when the study is gone on with, and its limit would come sooner.
  const clock = new StudyClock();
  const { task, prompt, options } = study;
  const what = { task, prompt, method: options.method, model: pipeline.model.name, fingerprint };
  const made: MemoryWay = { memory: pipeline.memory, vaeTiling: options.settings.vaeTiling };
  const request = {
    task,
    prompt,
    options: withoutObjects(given),
    ...record.request,
    space: study.space,
    made,
  };
  const journal = new StudyJournal(record, { ...what, request }, clock);
  try {
    const result = { studyId: journal.id, ...(await work({ clock, cache, journal })) };
    journal.finish(result);
    return result;
  } catch (error) {
    journal.fail(error);
    throw error;
  }
}

/**
 * How a study that is gone on with was computed: the memory that there is may be another now, and pictures would be other ones.
 * @throws {DpoError} INVALID_OPTION when the study is not known
 */
export function madeBefore({ record }: StudyOptions): MemoryWay | undefined {
  if (record?.resume === undefined) return undefined;
  const { made } = record.store.studies.get(record.resume).request as { readonly made?: MemoryWay };
  return made;
}

/** Of all that determines the course of a study. Times do not: a study may be given more of it. */
async function studyFingerprint(
  pipeline: Pipeline,
  cache: ComputationCache,
  { task, prompt, space, options }: ResolvedStudy,
): Promise<string> {
  const scorers = await scorersOf(pipeline.scorer, cache, prompt);
  const { heldOutScorer } = pipeline;
  const judges = heldOutScorer && (await scorersOf(heldOutScorer, cache, prompt));
  const { similarity, search, ...rest } = options;
  const { seconds: _, signal: __, ...budget } = search.budget ?? {};
  const { slots, library = [] } = space;
  const words = [slots, library, space.prompt];
  return digest([
    cache.pipelineFingerprint,
    scorers,
    judges ?? null,
    task,
    prompt,
    words,
    rest,
    { ...search, budget },
    similarity?.constraint ?? null,
  ]);
}

async function scorersOf(
  { scorers }: CombinedScorer,
  cache: ComputationCache,
  prompt: string,
): Promise<unknown[]> {
  return Promise.all(
    scorers.map(async ({ scorer, weight }) => [scorer.name, await cache.scoreKey(scorer, prompt), weight]),
  );
}

/** The options that survive JSON. */
function withoutObjects({ record: _, signal: __, similarityModel, ...options }: StudyOptions): unknown {
  return typeof similarityModel === 'string' ? { ...options, similarityModel } : options;
}

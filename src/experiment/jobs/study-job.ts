/** @file One search of an experiment, and everything that its row says of it. */
import { DpoError } from '../../errors.ts';
import { attack, improve } from '../../study/improve.ts';
import { isOriginalBest } from '../../study/is-original-best.ts';
import { meanOf } from '../../study/scorer-losses.ts';
import type { StudyRecording } from '../../study/study-journal.ts';
import type { StudyResult } from '../../study/study-result.ts';
import type { CoursePoint, MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import { conceptsOf } from '../prompts/concepts-of.ts';
import { type JobContext, originOf, type ResolvedJob } from './job-context.ts';
import { JobPictures, measuredOf } from './job-pictures.ts';
import { openStudy } from './open-study.ts';
import { Stopwatch } from './stopwatch.ts';
import { StudyCourse } from './study-course.ts';
import { altersMeaning, worldFacts } from './world-judge.ts';

const STUDIES = { improve, attack };

/** A search that another process began and did not end is gone on with. */
export async function studyJob(context: JobContext, job: ResolvedJob): Promise<StudyRow> {
  const watch = new Stopwatch();
  const { pipeline, signal } = context;
  const { options, spec, prompt } = job;
  const { course, result } = await searched(context, job);
  // What was stopped is no result: the job is done again, from the store.
  signal.throwIfAborted();
  const pictures = await JobPictures.open(
    context,
    prompt,
    pipeline.settings({ ...options, ...tilingOf(result) }),
  );
  const original = await measured(pictures, result, 'original');
  const best = isOriginalBest(result) ? original : await measured(pictures, result, 'best');
  const alters = spec.task === 'attack' ? altersMeaning(pipeline, prompt, result.best.prompt) : undefined;
  return {
    kind: 'study',
    ...originOf(job, { seconds: watch.seconds, unetCalls: course.unetCalls }),
    task: spec.task,
    studyId: result.studyId!,
    seeds: result.seeds,
    heldOutSeeds: result.heldOutSeeds,
    concepts: conceptsOf(prompt, worldFacts(pipeline, prompt)),
    original,
    best,
    ...(result.best.similarity !== undefined && { similarity: result.best.similarity }),
    ...(alters !== undefined && { altersMeaning: alters }),
    evaluations: result.evaluations,
    ...(result.confirmed !== undefined && { confirmed: result.confirmed }),
    course: await illustrated(course.points, pictures, result),
    meanCandidateLoss: course.meanCandidateLoss,
  };
}

interface Searched {
  readonly course: StudyCourse;
  readonly result: StudyResult;
}

async function searched(context: JobContext, job: ResolvedJob): Promise<Searched> {
  const record = openStudy(context, job);
  try {
    return await followed(context, job, record);
  } catch (error) {
    // A model or program that changed meanwhile gives another search, which begins anew.
    if (record.resume === undefined || !(error instanceof DpoError && error.details.study === record.resume))
      throw error;
    const { resume: _, ...anew } = record;
    return followed(context, job, anew);
  }
}

async function followed(context: JobContext, job: ResolvedJob, record: StudyRecording): Promise<Searched> {
  const { options, spec, prompt } = job;
  const { pipeline, signal } = context;
  const course = new StudyCourse();
  const study = STUDIES[spec.task](pipeline, prompt, { ...options, signal, record });
  for await (const event of study) course.note(event);
  return { course, result: await study.result() };
}

/** Pictures that a run decided to decode in tiles are other pictures. */
function tilingOf({ settings }: StudyResult): { vaeTiling?: 'on' } {
  return settings.vaeTiling === 'on' ? { vaeTiling: 'on' } : {};
}

/** All of these pictures were sampled by the study, so the store knows them. */
async function measured(
  pictures: JobPictures,
  result: StudyResult,
  which: 'original' | 'best',
): Promise<MeasuredPrompts> {
  const { prompt, negativePrompt } = result[which];
  const pair = { prompt, negativePrompt };
  const wish = (seeds: readonly number[]) => seeds.map((seed) => ({ ...pair, seed }));
  const heldOut = measuredOf(pair, await pictures.sample(wish(result.heldOutSeeds)));
  return {
    ...measuredOf(pair, await pictures.sample(wish(result.seeds))),
    heldOutLosses: heldOut.losses,
    ...(heldOut.judgedLosses && { heldOutJudgedLosses: heldOut.judgedLosses }),
    ...(heldOut.hits && { heldOutHits: heldOut.hits }),
    heldOutImages: heldOut.images,
  };
}

/** Where the search's own pictures are not exact, its losses are on another scale than the original's and the best's: exact ones take their place. */
async function illustrated(
  points: StudyCourse['points'],
  pictures: JobPictures,
  { seeds, confirmed }: StudyResult,
): Promise<CoursePoint[]> {
  const course: CoursePoint[] = [];
  for (const { pair, ...point } of points) {
    const { images, losses } = await pictures.measure(pair, seeds);
    course.push({ ...point, ...(confirmed !== undefined && { bestLoss: meanOf(losses) }), images });
  }
  return course;
}

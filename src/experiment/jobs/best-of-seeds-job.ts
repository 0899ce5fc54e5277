/** @file What users do without a search: other seeds, until a picture will do; and the same with a random negative prompt for each seed. */
import { originalCandidate } from '../../search/candidate.ts';
import { UnseenCandidates } from '../../search/unseen-candidates.ts';
import { type PromptPair, promptVariants } from '../../study/prompt-variants.ts';
import { DEFAULT_SEEDS } from '../../study/resolve-study-options.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';
import type { BestOfSeedsRow } from '../experiment-row.ts';
import { furtherSeed } from '../further-seeds.ts';
import { parametersOf } from '../run-parameters.ts';
import { type JobContext, originOf, type ResolvedJob } from './job-context.ts';
import { JobPictures, type JudgedPicture, type PictureWish } from './job-pictures.ts';
import { Stopwatch } from './stopwatch.ts';

/** The first picture is the user's own, whatever is searched. */
export async function bestOfSeedsJob(context: JobContext, job: ResolvedJob): Promise<BestOfSeedsRow> {
  const watch = new Stopwatch();
  const { pipeline } = context;
  const { options, spec, prompt } = job;
  const { seeds: count, negative } = parametersOf('best-of-seeds', spec);
  const settings = pipeline.settings(options);
  const pictures = await JobPictures.open(context, prompt, settings);
  const seeds = pictureSeeds(options.seeds ?? DEFAULT_SEEDS, count, job.searchSeed);
  const pairs = negative ? drawnPairs(context, job, count) : seeds.map(() => unchanged(job));
  const sampled = await pictures.sample(seeds.map((seed, i): PictureWish => ({ ...pairs[i], seed })));
  const isBetter = (one: JudgedPicture, other: JudgedPicture) =>
    spec.task === 'improve' ? one.loss < other.loss : one.loss > other.loss;
  const courseOfBest = bestSoFar(sampled, isBetter);
  const best = courseOfBest.at(-1)!;
  const callsPerPicture = pictures.unetCalls / count;
  return {
    kind: 'best-of-seeds',
    ...originOf(job, { seconds: watch.seconds, unetCalls: pictures.unetCalls }),
    seeds: count,
    isNegativeSearched: negative,
    bestLosses: courseOfBest.map(({ loss }) => loss),
    unetCallsAt: sampled.map((_, i) => (i + 1) * callsPerPicture),
    best: {
      loss: best.loss,
      seed: best.seed,
      negativePrompt: best.negativePrompt,
      image: best.image,
      ...(best.hits && { hits: best.hits }),
    },
  };
}

function unchanged({ prompt, options }: ResolvedJob): PromptPair {
  return { prompt, negativePrompt: options.negativePrompt ?? '' };
}

function pictureSeeds(given: readonly number[], count: number, searchSeed: number): number[] {
  const further = Array.from({ length: count }, (_, i) => furtherSeed(searchSeed, i));
  return [...given, ...further].slice(0, count);
}

/** The unchanged pair, then uniform draws; from the first again where the space ends. */
function drawnPairs({ pipeline }: JobContext, job: ResolvedJob, count: number): PromptPair[] {
  const { options, spec, prompt, searchSeed } = job;
  const space = buildStudySpace(pipeline, prompt, { ...options, task: spec.task });
  const variants = promptVariants(space, options.negativePrompt);
  const unseen = new UnseenCandidates(variants.space, new MersenneTwister(searchSeed));
  const first = originalCandidate(variants.space);
  unseen.take(first);
  const candidates = [first];
  for (const candidate of unseen.uniformDraws()) {
    if (candidates.length >= count) break;
    candidates.push([...candidate]);
  }
  return Array.from({ length: count }, (_, i) => variants.promptsOf(candidates[i % candidates.length]));
}

/** A picture that cannot be scored is never the best. */
function bestSoFar(
  pictures: readonly JudgedPicture[],
  isBetter: (one: JudgedPicture, other: JudgedPicture) => boolean,
): JudgedPicture[] {
  const course: JudgedPicture[] = [];
  for (const picture of pictures) {
    const best = course.at(-1);
    const isNew = best === undefined || !Number.isFinite(best.loss) || isBetter(picture, best);
    course.push(isNew ? picture : best);
  }
  return course;
}

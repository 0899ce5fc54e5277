/** @file Uniform draws of a space that nobody chooses among: how good a space is (Table 2), and how far the chosen regress to the mean by themselves. */
import { originalCandidate } from '../../search/candidate.ts';
import { UnseenCandidates } from '../../search/unseen-candidates.ts';
import { promptVariants } from '../../study/prompt-variants.ts';
import { DEFAULT_SEEDS } from '../../study/resolve-study-options.ts';
import { meanOf } from '../../study/scorer-losses.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';
import type { MeasuredPrompts, RandomPromptsRow } from '../experiment-row.ts';
import { parametersOf } from '../run-parameters.ts';
import { type JobContext, originOf, type ResolvedJob } from './job-context.ts';
import { JobPictures } from './job-pictures.ts';
import { Stopwatch } from './stopwatch.ts';

/** So many candidates are written out. */
const SHOWN = 5;

/** The original is not among the candidates; a space with fewer candidates than draws gives all it has. */
export async function randomPromptsJob(context: JobContext, job: ResolvedJob): Promise<RandomPromptsRow> {
  const watch = new Stopwatch();
  const { pipeline } = context;
  const { options, spec, prompt } = job;
  const { draws } = parametersOf('random-prompts', spec);
  const space = buildStudySpace(pipeline, prompt, { ...options, task: spec.task });
  const variants = promptVariants(space, options.negativePrompt);
  const seeds = options.seeds ?? DEFAULT_SEEDS;
  const pictures = await JobPictures.open(context, prompt, pipeline.settings(options));
  const first = originalCandidate(variants.space);
  const original = await pictures.measure(variants.promptsOf(first), seeds);
  const candidates: MeasuredPrompts[] = [];
  for (const candidate of drawn(variants.space, { draws, first, seed: job.searchSeed }))
    candidates.push(await pictures.measure(variants.promptsOf(candidate), seeds));
  const hitRates = candidates.map(({ hits }) => hits && meanOf(hits.flat().map(Number)));
  return {
    kind: 'random-prompts',
    ...originOf(job, { seconds: watch.seconds, unetCalls: pictures.unetCalls }),
    original,
    candidateLosses: candidates.map(({ losses }) => meanOf(losses)),
    ...(hitRates.every((rate) => rate !== undefined) && { candidateHitRates: hitRates }),
    negativePrompts: candidates.slice(0, SHOWN).map(({ negativePrompt }) => negativePrompt),
    prompts: candidates.slice(0, SHOWN).map((one) => one.prompt),
  };
}

type Space = Parameters<typeof originalCandidate>[0];

function drawn(
  space: Space,
  { draws, first, seed }: { draws: number; first: readonly number[]; seed: number },
): (readonly number[])[] {
  const unseen = new UnseenCandidates(space, new MersenneTwister(seed));
  unseen.take(first);
  const candidates: (readonly number[])[] = [];
  for (const candidate of unseen.uniformDraws()) {
    candidates.push(candidate);
    if (candidates.length === draws) break;
  }
  return candidates;
}

/**
 * @file The control of the effect experiment: random candidates that nobody chose, on the searched seeds. What they change against the
 * original is regression to the mean (and what any negative prompt does); only what a search gains beyond it is the search's.
 */

import { buildStudySpace, type Pipeline } from '../../src/index.ts';
import type { EffectPrompt } from '../../src/pocket/prompts.ts';
import { originalCandidate } from '../../src/search/candidate.ts';
import type { Candidate, SearchSpace } from '../../src/search/search-space.ts';
import { UnseenCandidates } from '../../src/search/unseen-candidates.ts';
import { promptVariants } from '../../src/study/prompt-variants.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { rowAt } from '../../src/tensor/stack.ts';
import {
  type EffectRowOrigin,
  type EffectSettings,
  judgedHitRate,
  type Measure,
  mean,
} from './effect-run.ts';

const CANDIDATES = 3;
const CANDIDATE_SEED = 7;
const SEEDS = [0, 1];

/** The original of one prompt, and the mean of its random candidates. */
export interface ControlRow extends EffectRowOrigin {
  readonly method: 'control';
  readonly original: Measure;
  readonly candidate: Measure;
  readonly negativePrompts: readonly string[];
}

/** Samples and judges the original and its random candidates together. */
export async function controlRow(
  pipeline: Pipeline,
  { prompt, facts }: EffectPrompt,
  { steps, guidanceScale }: EffectSettings,
): Promise<ControlRow> {
  const variants = promptVariants(buildStudySpace(pipeline, prompt, { task: 'improve' }));
  const prompts = [originalCandidate(variants.space), ...randomCandidates(variants.space)].map((candidate) =>
    variants.promptsOf(candidate),
  );
  const requests = prompts.flatMap((pair) => SEEDS.map((seed) => ({ ...pair, seed })));
  const images = await pipeline.generate(requests, { steps, guidanceScale });
  const losses = await pipeline.score(images, prompt);
  const hitRates = losses.map((_, i) => judgedHitRate(rowAt(images, i), facts));
  const measure = (from: number, to?: number): Measure => ({
    loss: mean(losses.slice(from, to)),
    hitRate: mean(hitRates.slice(from, to)),
  });
  return {
    prompt,
    steps,
    guidanceScale,
    method: 'control',
    searchedSeeds: SEEDS.length,
    original: measure(0, SEEDS.length),
    candidate: measure(SEEDS.length),
    negativePrompts: prompts.slice(1).map(({ negativePrompt }) => negativePrompt),
  };
}

/** Different from one another and from the original; fewer where the space has fewer. */
function randomCandidates(space: SearchSpace): Candidate[] {
  const unseen = new UnseenCandidates(space, new MersenneTwister(CANDIDATE_SEED));
  unseen.take(originalCandidate(space));
  const candidates: Candidate[] = [];
  for (const candidate of unseen.uniformDraws()) {
    candidates.push(candidate);
    if (candidates.length === CANDIDATES) break;
  }
  return candidates;
}

/** @file Which of two sides wins on one prompt: by a score, or by the paper's human protocol (appendix G.2), which compares hit rates of key concepts. */
import { invariant } from '../errors.ts';

/** As the first side sees it. */
export type Outcome = 'win' | 'draw' | 'loss';

export interface ScoreComparison {
  /** `lower` for losses, `higher` for hit rates and preference scores. */
  readonly better: 'lower' | 'higher';
  /** Differences up to this are draws, at least 0. @default 0 */
  readonly margin?: number;
}

/** Who wins by a score; neither score is NaN. */
export function compareScores(
  first: number,
  second: number,
  { better, margin = 0 }: ScoreComparison,
): Outcome {
  invariant(!Number.isNaN(first) && !Number.isNaN(second), 'a score that is no number was compared');
  const gain = better === 'lower' ? second - first : first - second;
  if (gain > margin) return 'win';
  return -gain > margin ? 'loss' : 'draw';
}

/** Whether each key concept is in the picture, `[picture][concept]`: pictures of the same seeds, concepts in the prompt's order. */
export type ConceptHits = readonly (readonly boolean[])[];

export interface HitComparison {
  /**
   * What equal hit rates are: a draw, or a win for the side that shows the first concept on which they differ more often.
   * The paper gives judges an *ordered* list and says only that hit rates are compared. @default 'draw'
   */
  readonly equalRates?: 'draw' | 'first-concept';
}

/** Who shows more of a prompt's key concepts, over all its pictures; both sides have as many pictures and concepts, or it is a bug. */
export function compareHits(
  first: ConceptHits,
  second: ConceptHits,
  { equalRates = 'draw' }: HitComparison = {},
): Outcome {
  const [ours, theirs] = [hitsByConcept(first), hitsByConcept(second)];
  invariant(
    first.length === second.length && ours.length === theirs.length,
    `pictures of ${first.length} and ${second.length} seeds, ${ours.length} and ${theirs.length} concepts were compared`,
  );
  const higher = { better: 'higher' } as const;
  const byRate = compareScores(total(ours), total(theirs), higher);
  if (byRate !== 'draw' || equalRates === 'draw') return byRate;
  const at = ours.findIndex((hits, concept) => hits !== theirs[concept]);
  return at < 0 ? 'draw' : compareScores(ours[at], theirs[at], higher);
}

/** Share of the concepts that are in the pictures, 0 to 1; undefined where there is no picture or no concept. */
export function hitRateOf(hits: ConceptHits): number | undefined {
  const all = hits.flat();
  return all.length === 0 ? undefined : all.filter(Boolean).length / all.length;
}

/** The same outcome as the other side sees it. */
export function reversed(outcome: Outcome): Outcome {
  if (outcome === 'draw') return 'draw';
  return outcome === 'win' ? 'loss' : 'win';
}

/** Number of pictures that show it, for each concept. */
function hitsByConcept(hits: ConceptHits): number[] {
  const concepts = hits[0]?.length ?? 0;
  invariant(
    hits.every((picture) => picture.length === concepts),
    'the pictures of one prompt were judged for different concepts',
  );
  return Array.from({ length: concepts }, (_, at) => hits.filter((picture) => picture[at]).length);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** @file Successive halving: candidates are looked at before they are done, and at each look the worse part is stopped. */
import type { CandidateRace, Score } from './objective.ts';
import type { Candidate } from './search-space.ts';

/** Shares such as 0.3 of 10 are whole numbers only to within this. */
const ROUNDING = 1e-9;

/** A candidate of which everything is known that will be. */
export interface SettledCandidate {
  readonly candidate: Candidate;
  readonly score: Score;
  /** In evaluations. */
  readonly cost: number;
}

/** Scores of a batch at a look, or whole ones where `look` is null; null when it was interrupted. */
export type AskScores = (
  batch: readonly Candidate[],
  look: number | null,
) => Promise<readonly Score[] | null>;

export interface RaceTerms {
  readonly race: Pick<CandidateRace, 'looks' | 'keep'>;
  /** What a whole evaluation costs, in evaluations. */
  readonly whole: number;
  readonly batchSize: number;
}

/** What a race of `count` candidates costs when none is invalid, in evaluations. */
export function raceCost(count: number, { race, whole }: Omit<RaceTerms, 'batchSize'>): number {
  let going = count;
  let cost = 0;
  let paid = 0;
  for (const look of race.looks) {
    cost += going * (look - paid);
    paid = look;
    going = goingOn(going, race.keep);
  }
  return cost + going * (whole - paid);
}

/** The most candidates, up to `most`, whose race costs no more than `room`; 0 where there is no room for one. */
export function largestRace(room: number, most: number, terms: Omit<RaceTerms, 'batchSize'>): number {
  let count = most;
  while (count > 0 && raceCost(count, terms) > room + ROUNDING) count--;
  return count;
}

/**
 * Races `candidates`. Those that a look stops come out after it, in their order; those that passed every look come out at the end, batch
 * by batch. Ends early when it is interrupted: what is not settled then counts as not evaluated.
 */
export async function* raceCandidates(
  candidates: readonly Candidate[],
  terms: RaceTerms,
  ask: AskScores,
): AsyncGenerator<SettledCandidate, void> {
  const { race, whole, batchSize } = terms;
  let going = candidates;
  for (const [look, cost] of race.looks.entries()) {
    const scores = await glimpses(going, look, batchSize, ask);
    if (scores === null) return;
    const passed = passing(scores, race.keep);
    yield* settled(going, scores, cost).filter((_, i) => !passed.has(i));
    going = going.filter((_, i) => passed.has(i));
  }
  for (let start = 0; start < going.length; start += batchSize) {
    const batch = going.slice(start, start + batchSize);
    const scores = await ask(batch, null);
    if (scores === null) return;
    yield* batch.map((candidate, i) => ({ candidate, score: scores[i], cost: whole }));
  }
}

/** Whoever is invalid at a look stays so; whoever is stopped, by its rank or by the objective itself, keeps the loss of the look. */
function settled(
  candidates: readonly Candidate[],
  scores: readonly Score[],
  cost: number,
): SettledCandidate[] {
  return candidates.map((candidate, i) => {
    const score = scores[i];
    return { candidate, score: score.kind === 'valid' ? { kind: 'pruned', loss: score.loss } : score, cost };
  });
}

async function glimpses(
  candidates: readonly Candidate[],
  look: number,
  batchSize: number,
  ask: AskScores,
): Promise<Score[] | null> {
  const all: Score[] = [];
  for (let start = 0; start < candidates.length; start += batchSize) {
    const scores = await ask(candidates.slice(start, start + batchSize), look);
    if (scores === null) return null;
    all.push(...scores);
  }
  return all;
}

/** Places of the best; of equals, the earlier ones. What has no finite loss does not pass. */
function passing(scores: readonly Score[], keep: number): ReadonlySet<number> {
  const ranked = scores
    .flatMap((score, i) =>
      score.kind === 'valid' && Number.isFinite(score.loss) ? [{ i, loss: score.loss }] : [],
    )
    .sort((a, b) => a.loss - b.loss || a.i - b.i);
  return new Set(ranked.slice(0, goingOn(scores.length, keep)).map(({ i }) => i));
}

function goingOn(count: number, keep: number): number {
  return Math.ceil(keep * count - ROUNDING);
}

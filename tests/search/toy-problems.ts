/** @file Small search problems whose optimum is known, and ways to run searches on them. */

import type {
  CandidateRace,
  EvaluateOptions,
  EvaluationCosts,
  Objective,
  Score,
  TextGradient,
} from '../../src/search/objective.ts';
import type {
  EvaluationEvent,
  FinishedEvent,
  GradientEvent,
  SearchEvent,
} from '../../src/search/search-event.ts';
import type { SearchProblem } from '../../src/search/search-problem.ts';
import type { Candidate, SearchSpace, SlotProbabilities } from '../../src/search/search-space.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';

/** A loss that is linear in each slot's probabilities, so that a candidate's loss is that of its one-hot rows. */
export interface ToyLoss {
  readonly space: SearchSpace;
  readonly loss: (probabilities: SlotProbabilities) => number;
  readonly gradient: (probabilities: SlotProbabilities) => Float64Array[];
  readonly optimum: Candidate;
}

/** A space with the given number of choices in each slot. */
export function spaceOf(sizes: readonly number[]): SearchSpace {
  return {
    slots: sizes.map((size, slot) => ({
      choices: Array.from({ length: size }, (_, choice) => (choice === 0 ? '' : `word ${slot}.${choice}`)),
    })),
  };
}

/** The distribution that is certain of `candidate`. */
export function oneHot(space: SearchSpace, candidate: Candidate): Float64Array[] {
  return space.slots.map(({ choices }, slot) =>
    Float64Array.from(choices, (_, choice) => (choice === candidate[slot] ? 1 : 0)),
  );
}

/** The sum of a weight a choice: what gradients are best at. The original is the worst choice of the first slot. */
export function separableLoss(sizes: readonly number[], seed: number): ToyLoss {
  const rng = new MersenneTwister(seed);
  const weights = sizes.map((size) => Float64Array.from({ length: size }, () => rng.float64()));
  weights[0][0] = 2;
  return {
    space: spaceOf(sizes),
    loss: (p) => p.reduce((total, row, slot) => total + dot(row, weights[slot]), 0),
    gradient: () => weights.map((row) => row.slice()),
    optimum: weights.map((row) => row.indexOf(Math.min(...row))),
  };
}

/** Pairs of slots in which changing one word harms and changing both, to fitting words, helps: an exclusive or. */
export function pairedLoss(pairs: number, choices: number): ToyLoss {
  const sizes = Array.from({ length: 2 * pairs }, () => choices);
  const cost = (a: number, b: number) => (a === b && a > 0 ? 1 - a / choices : a === b ? 1 : 1.5);
  const expected = (b: number, row: Float64Array) => row.reduce((sum, p, a) => sum + p * cost(a, b), 0);
  const partner = (slot: number) => (slot % 2 === 0 ? slot + 1 : slot - 1);
  return {
    space: spaceOf(sizes),
    loss: (p) => {
      const even = p.filter((_, slot) => slot % 2 === 0);
      return even.reduce(
        (sum, row, k) => sum + row.reduce((s, pa, a) => s + pa * expected(a, p[2 * k + 1]), 0),
        0,
      );
    },
    gradient: (p) => p.map((row, slot) => row.map((_, a) => expected(a, p[partner(slot)]))),
    optimum: sizes.map(() => choices - 1),
  };
}

/** What a toy objective saw, and how it should behave. */
export interface ToyObjectiveOptions {
  readonly batchSize?: number;
  /** Called before a batch is scored; may wait, throw or tell the time. */
  readonly before?: (batch: readonly Candidate[], options: EvaluateOptions) => void | Promise<void>;
  /** In place of the loss. */
  readonly score?: (candidate: Candidate) => Score;
  /** Why a candidate is rejected before it is scored, if it is. */
  readonly screen?: (candidate: Candidate) => string | null;
  readonly costs?: EvaluationCosts;
  /** Early looks; their score is the final one unless `early` says another. */
  readonly race?: Pick<CandidateRace, 'looks' | 'keep' | 'heat'> & {
    readonly early?: (candidate: Candidate, look: number) => Score;
  };
}

/** An objective that notes every batch it was asked for. */
export class ToyObjective implements Objective {
  readonly batchSize: number;
  readonly batches: (readonly Candidate[])[] = [];
  /** What was looked at early, look by look. */
  readonly glimpsed: { readonly look: number; readonly batch: readonly Candidate[] }[] = [];
  readonly race?: CandidateRace;
  readonly costs?: EvaluationCosts;
  readonly #toy: ToyLoss;
  readonly #options: ToyObjectiveOptions;

  constructor(toy: ToyLoss, options: ToyObjectiveOptions = {}) {
    this.batchSize = options.batchSize ?? 1;
    this.#toy = toy;
    this.#options = options;
    if (options.costs) this.costs = options.costs;
    if (options.race) this.race = { ...options.race, glimpse: (...asked) => this.#glimpse(...asked) };
  }

  async evaluate(candidates: readonly Candidate[], options: EvaluateOptions = {}): Promise<Score[]> {
    this.batches.push(candidates);
    await this.#options.before?.(candidates, options);
    return candidates.map((candidate) => this.#options.score?.(candidate) ?? this.#score(candidate));
  }

  async #glimpse(batch: readonly Candidate[], look: number, options: EvaluateOptions = {}): Promise<Score[]> {
    this.glimpsed.push({ look, batch });
    await this.#options.before?.(batch, options);
    const early = this.#options.race?.early ?? this.#options.score;
    return batch.map((candidate) => early?.(candidate, look) ?? this.#score(candidate));
  }

  async screen(candidate: Candidate): Promise<string | null> {
    return this.#options.screen?.(candidate) ?? null;
  }

  #score(candidate: Candidate): Score {
    return { kind: 'valid', loss: this.#toy.loss(oneHot(this.#toy.space, candidate)) };
  }
}

/** The analytic gradient of a toy loss, at the paper's cost t / T. */
export function toyGradient(toy: ToyLoss, steps = 50): TextGradient {
  return {
    steps,
    cost: (stepIndex) => stepIndex / steps,
    gradient: async ({ probabilities }) => ({
      loss: toy.loss(probabilities),
      gradient: toy.gradient(probabilities),
    }),
  };
}

/** The whole problem, with an objective that asks for one candidate at a time unless another is given. */
export function toyProblem(
  toy: ToyLoss,
  seed = 0,
  objective: Objective = new ToyObjective(toy),
): SearchProblem {
  return { space: toy.space, objective, textGradient: toyGradient(toy), rng: new MersenneTwister(seed) };
}

/** Every event of a search. */
export async function collect(search: AsyncIterable<SearchEvent>): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of search) events.push(event);
  return events;
}

/** The evaluations among `events`. */
export function evaluationsOf(events: readonly SearchEvent[]): EvaluationEvent[] {
  return events.filter((event) => event.type === 'evaluation');
}

/** The gradient iterations among `events`. */
export function gradientsOf(events: readonly SearchEvent[]): GradientEvent[] {
  return events.filter((event) => event.type === 'gradient');
}

/** The last event, which must be `finished`. */
export function finishOf(events: readonly SearchEvent[]): FinishedEvent {
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error(`The last event is ${last?.type}, not finished`);
  return last;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

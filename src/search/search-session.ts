/** @file One search under way: it evaluates and differentiates within the budget, keeps the book and says when to stop. */
import { DpoError, invariant } from '../errors.ts';
import { countCandidates, originalCandidate } from './candidate.ts';
import { largestRace, raceCandidates, type SettledCandidate } from './candidate-race.ts';
import { checkObjective } from './check-objective.ts';
import { EvaluationLedger } from './evaluation-ledger.ts';
import type {
  CandidateRace,
  EvaluationCosts,
  Score,
  TextGradientRequest,
  TextGradientResult,
} from './objective.ts';
import {
  type ProposalSource,
  type RejectedCandidate,
  type ScreenedProposal,
  ScreenedProposals,
} from './screened-proposals.ts';
import type {
  BestCandidate,
  EvaluationEvent,
  FinishedEvent,
  RejectionEvent,
  StopReason,
} from './search-event.ts';
import type { ResolvedSearchOptions } from './search-options.ts';
import { requireTextGradient, type SearchProblem } from './search-problem.ts';
import type { Candidate } from './search-space.ts';
import { assertSearchable } from './searchable-space.ts';
import { StopSignal } from './stop-signal.ts';
import { UnseenCandidates } from './unseen-candidates.ts';

/** Costs such as 0.3 + 0.32 do not add up exactly; what fits but for this much fits. */
const ROUNDING = 1e-9;
const WHOLE_EVALUATIONS: EvaluationCosts = { original: 1, candidate: 1 };

/** What evaluation events say about where their candidates come from. */
export type Provenance = Pick<EvaluationEvent, 'phase' | 'generation'>;

/** The state that all methods share. Methods propose; the session disposes. */
export class SearchSession {
  readonly problem: SearchProblem;
  readonly options: ResolvedSearchOptions;
  /** Where methods take their candidates from, so that none is evaluated twice. */
  readonly unseen: UnseenCandidates;
  readonly #ledger = new EvaluationLedger();
  readonly #size: number;
  readonly #stop: StopSignal;
  #gradientIterations = 0;
  #gradientCost = 0;
  #rejections = 0;
  /** Whether the last proposals ended because nearly all were rejected. */
  #gaveUp = false;

  /** @throws {DpoError} INVALID_SPACE or INVALID_OPTION. */
  constructor(problem: SearchProblem, options: ResolvedSearchOptions) {
    assertSearchable(problem.space);
    checkObjective(problem.objective);
    this.problem = problem;
    this.options = options;
    this.#size = countCandidates(problem.space);
    this.unseen = new UnseenCandidates(problem.space, problem.rng);
    const { seconds, signal } = options.budget;
    this.#stop = new StopSignal({ now: clockFor(problem, seconds), seconds, signal });
  }

  /** Evaluations and the cost of gradient iterations, in evaluations. */
  get spent(): number {
    return this.#ledger.spent + this.#gradientCost;
  }

  /** Why nothing more may be evaluated; null while something may. */
  get stopReason(): StopReason | null {
    const interruption = this.#stop.check();
    if (interruption !== null) return interruption;
    if (this.#ledger.count + this.#rejections >= this.#size) return 'exhausted';
    const { evaluations, plateau } = this.options.budget;
    if (this.#ledger.sinceImprovement >= plateau) return 'plateau';
    return this.spent + this.#nextCost > evaluations + ROUNDING ? 'budget' : null;
  }

  /** How many candidates were evaluated. */
  get evaluations(): number {
    return this.#ledger.count;
  }

  /** The best valid candidates so far, best first. */
  top(count: number): Candidate[] {
    return this.#ledger.top(count);
  }

  /**
   * Evaluates what the sources give, batch by batch, until they or the budget end. What the objective rejects is told of and drawn again.
   * Proposals are pulled only when they will be evaluated, so a search's course does not depend on the batch size. Where the objective
   * can look at candidates early, they race: a generation at a time.
   */
  async *evaluate(
    sources: readonly ProposalSource[],
    provenance: Provenance,
  ): AsyncGenerator<EvaluationEvent | RejectionEvent, void> {
    const proposals = new ScreenedProposals(sources, this.problem.objective);
    while (this.stopReason === null) {
      const pulled = await this.#pull(proposals, this.#room());
      this.#gaveUp = proposals.gaveUp;
      const goesOn = yield* this.#evaluatePulled(pulled, provenance);
      if (!goesOn) return;
    }
  }

  /** Evaluates the original. A deadline does not cut it: what was found is told by what it is compared with. */
  async *evaluateOriginal(): AsyncGenerator<EvaluationEvent, void> {
    const original = originalCandidate(this.problem.space);
    this.unseen.take(original);
    this.#stop.ignoreTime();
    try {
      // Whatever the objective rejects, the original is what candidates are compared with.
      const scores = this.stopReason === null ? await this.#score([original]) : null;
      if (scores !== null) {
        const settled = { candidate: original, score: scores[0], cost: this.#costs.original };
        yield this.#record(settled, { phase: 'original' });
      }
    } finally {
      this.#stop.heedTime();
    }
  }

  /** Whether a gradient iteration at this step may start: within its share, with an evaluation left after it. */
  affordsGradient(stepIndex: number): boolean {
    if (this.#stop.check() !== null) return false;
    const cost = this.#gradientCostAt(stepIndex);
    const { evaluations } = this.options.budget;
    const share = this.options.gradient.maxBudgetShare * evaluations;
    const withinShare = this.#gradientCost + cost <= share + ROUNDING;
    return withinShare && this.spent + cost + this.#costs.candidate <= evaluations + ROUNDING;
  }

  /** One text gradient, on the bill; null when it was interrupted, and then it costs nothing. */
  async differentiate(request: Omit<TextGradientRequest, 'signal'>): Promise<TextGradientResult | null> {
    const textGradient = requireTextGradient(this.problem);
    const cost = this.#gradientCostAt(request.stepIndex);
    const result = await this.#unlessStopped((signal) => textGradient.gradient({ ...request, signal }));
    if (result === null) return null;
    assertSameShape(result, request);
    this.#gradientIterations += 1;
    this.#gradientCost += cost;
    return result;
  }

  /** The event that ends the search. */
  finish(): FinishedEvent {
    return {
      type: 'finished',
      stoppedBy: this.stopReason ?? (this.#gaveUp ? 'rejected' : 'completed'),
      best: copyOf(this.#ledger.best),
      evaluations: this.#ledger.count,
      pruned: this.#ledger.pruned,
      rejections: this.#rejections,
      gradientIterations: this.#gradientIterations,
      spent: this.spent,
    };
  }

  /** Lets go of the timer and the caller's signal. */
  dispose(): void {
    this.#stop.dispose();
  }

  get #costs(): EvaluationCosts {
    return this.problem.objective.costs ?? WHOLE_EVALUATIONS;
  }

  /** What the next evaluation costs whole. */
  get #nextCost(): number {
    return this.#ledger.count === 0 ? this.#costs.original : this.#costs.candidate;
  }

  // What is pulled at once also ends where the plateau would: beyond it, only a new best may lead.
  #room(): number {
    const { evaluations, plateau } = this.options.budget;
    const { race, batchSize } = this.problem.objective;
    const left = evaluations - this.spent;
    const untilPlateau = plateau - this.#ledger.sinceImprovement;
    if (race === undefined)
      return Math.min(batchSize, Math.floor((left + ROUNDING) / this.#costs.candidate), untilPlateau);
    const most = Math.min(race.heat ?? this.#generationSize, untilPlateau);
    return largestRace(left, most, { race, whole: this.#costs.candidate });
  }

  /** Methods without generations race as many at once as evolution does. */
  get #generationSize(): number {
    const { population, mutants, children } = this.options.evolution;
    return Math.max(2, population - 1, mutants + children);
  }

  /** Whether there is more to come: something was pulled, and nothing interrupted its evaluation. */
  #evaluatePulled(
    pulled: readonly ScreenedProposal[],
    provenance: Provenance,
  ): AsyncGenerator<EvaluationEvent | RejectionEvent, boolean> {
    const { race } = this.problem.objective;
    return race ? this.#race(pulled, race, provenance) : this.#evaluateBatch(pulled, provenance);
  }

  async *#evaluateBatch(
    batch: readonly ScreenedProposal[],
    provenance: Provenance,
  ): AsyncGenerator<EvaluationEvent | RejectionEvent, boolean> {
    const candidates = candidatesOf(batch);
    const scores = candidates.length === 0 ? [] : await this.#score(candidates);
    for (const [i, { candidate, rejected }] of batch.entries()) {
      yield* rejected.map((one) => this.#reject(one, provenance));
      if (candidate === null || scores === null) continue;
      yield this.#record({ candidate, score: scores[i], cost: this.#costs.candidate }, provenance);
    }
    return scores !== null && candidates.length > 0;
  }

  async *#race(
    heat: readonly ScreenedProposal[],
    race: CandidateRace,
    provenance: Provenance,
  ): AsyncGenerator<EvaluationEvent | RejectionEvent, boolean> {
    const candidates = candidatesOf(heat);
    for (const one of heat.flatMap(({ rejected }) => rejected)) yield this.#reject(one, provenance);
    const { batchSize } = this.problem.objective;
    const terms = { race, whole: this.#costs.candidate, batchSize };
    let left = candidates.length;
    for await (const settled of raceCandidates(candidates, terms, (batch, look) =>
      this.#score(batch, look),
    )) {
      yield this.#record(settled, provenance);
      left -= 1;
    }
    return left === 0 && candidates.length > 0;
  }

  #gradientCostAt(stepIndex: number): number {
    const cost = requireTextGradient(this.problem).cost(stepIndex);
    invariant(
      cost >= 0,
      `the text gradient at step ${stepIndex} costs ${cost}, which is no number of at least 0`,
    );
    return cost;
  }

  /** Whole scores, or preliminary ones at a look of the race; null when it was interrupted. */
  async #score(batch: readonly Candidate[], look: number | null = null): Promise<readonly Score[] | null> {
    if (this.#stop.signal.aborted) return null;
    const { objective } = this.problem;
    const scores = await this.#unlessStopped((signal) =>
      look === null
        ? objective.evaluate(batch, { signal })
        : objective.race!.glimpse(batch, look, { signal }),
    );
    if (scores === null || scores.length === batch.length) return scores;
    throw new DpoError(
      'EXECUTION_FAILED',
      `The objective must return one score for each of ${batch.length} candidates, but it returned ${scores.length}.`,
    );
  }

  /** Up to `count` proposals, each with what was rejected before it; the last may be a rejection alone. */
  async #pull(proposals: ScreenedProposals, count: number): Promise<ScreenedProposal[]> {
    const batch: ScreenedProposal[] = [];
    while (batch.length < count) {
      const proposal = await this.#unlessStopped(() => proposals.next(() => this.#stop.check() !== null));
      if (proposal !== null) batch.push(proposal);
      if (proposal === null || proposal.candidate === null) break;
    }
    return batch;
  }

  #reject({ candidate, reason }: RejectedCandidate, provenance: Provenance): RejectionEvent {
    const index = this.#rejections++;
    return { type: 'rejection', index, candidate: [...candidate], reason, ...provenance, spent: this.spent };
  }

  async #unlessStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    try {
      return await work(this.#stop.signal);
    } catch (error) {
      if (this.#stop.explains(error)) return null;
      throw error;
    }
  }

  #record({ candidate, score: given, cost }: SettledCandidate, provenance: Provenance): EvaluationEvent {
    const { index, score, improved } = this.#ledger.record(candidate, given, cost);
    const best = copyOf(this.#ledger.best);
    return {
      type: 'evaluation',
      index,
      candidate: [...candidate],
      score,
      ...provenance,
      improved,
      best,
      spent: this.spent,
    };
  }
}

function candidatesOf(proposals: readonly ScreenedProposal[]): Candidate[] {
  return proposals.flatMap(({ candidate }) => (candidate === null ? [] : [candidate]));
}

function copyOf(best: BestCandidate | null): BestCandidate | null {
  return best && { candidate: [...best.candidate], loss: best.loss };
}

function clockFor({ now }: SearchProblem, seconds: number): () => number {
  if (now !== undefined) return now;
  if (seconds === Number.POSITIVE_INFINITY) return () => 0;
  throw new DpoError('INVALID_OPTION', 'budget.seconds needs a clock. Pass `now` with the problem.', {
    details: { option: 'budget.seconds' },
  });
}

function assertSameShape(
  { gradient }: TextGradientResult,
  { probabilities }: Omit<TextGradientRequest, 'signal'>,
) {
  const expected = probabilities.map((row) => row.length).join(', ');
  const found = gradient.map((row) => row.length).join(', ');
  if (expected === found) return;
  throw new DpoError(
    'EXECUTION_FAILED',
    `The text gradient must have the shape of the probabilities, rows of [${expected}], but it has rows of [${found}].`,
  );
}

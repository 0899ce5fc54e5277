/** @file How far a study is and how long it will take, from its events. */
import { confirmationCost } from '../study/resolve-acceleration.ts';
import type { SamplingEvent, StartedEvent, StudyEvent } from '../study/study-event.ts';
import type { Progress } from './progress-text.ts';

export interface StudyProgressOptions {
  /** A clock in seconds. */
  readonly now: () => number;
  /** Gradient iterations that may come at most. */
  readonly iterations: number;
  /** The search's limit in seconds, where there is one. */
  readonly maxSeconds?: number | undefined;
}

/** Estimates are made before this part of the work is done only when they would be guesses. */
const MIN_FRACTION_FOR_ESTIMATE = 0.03;

/** The share of the budget that gradient iterations get at most; the command line has no option for it. */
export const GRADIENT_BUDGET_SHARE = 0.5;

/** Follows one study. All work is counted in evaluations: pictures on every searched seed. */
export class StudyProgress {
  readonly #options: StudyProgressOptions;
  readonly #start: number;
  #plan: StartedEvent | undefined;
  #activity = 'starting';
  #spent = 0;
  /** Gradient iterations done, and what they and the last of them cost. */
  #iterations = 0;
  #gradientCost = 0;
  #lastCost = 0;
  #evaluated = 0;
  #rejected = 0;
  /** Sampling of the batch or iteration under way. */
  #pending = 0;
  /** Sampling of exact pictures after the search. */
  #confirmed = 0;
  #heldOut: number | undefined;
  #ablated: number | undefined;
  /** In how many words the best so far differs from the original. */
  #bestWords = 0;
  #best: number | null = null;
  #original: number | null = null;

  constructor(options: StudyProgressOptions) {
    this.#options = options;
    this.#start = options.now();
  }

  note(event: StudyEvent): void {
    if (event.type === 'started') this.#plan = event;
    if (event.type === 'sampling') this.#noteSampling(event.phase, this.#evaluationsIn(event.guidedSteps));
    if (event.type === 'gradient') {
      this.#lastCost = event.spent - this.#spent;
      this.#gradientCost += this.#lastCost;
      this.#iterations = event.iteration + 1;
      this.#spent = event.spent;
      this.#pending = 0;
      this.#activity = 'gradient';
    }
    if (event.type === 'rejected') this.#rejected = event.index + 1;
    if (event.type !== 'candidate') return;
    // A batch is sampled first and told of afterwards, one candidate after another.
    this.#pending = Math.max(0, this.#pending - (event.spent - this.#spent));
    this.#spent = event.spent;
    this.#evaluated = event.index + 1;
    this.#best = event.bestLoss;
    if (event.improved) this.#bestWords = event.candidate.filter((choice) => choice !== 0).length;
    if (event.phase === 'original') this.#original = event.loss;
    this.#activity = 'evaluation';
  }

  get progress(): Progress {
    const elapsed = this.#options.now() - this.#start;
    const { activity, fraction } = this.#place();
    return {
      activity,
      fraction,
      best: this.#best,
      original: this.#original,
      elapsed,
      remaining: this.#remaining(elapsed),
    };
  }

  #noteSampling(phase: SamplingEvent['phase'], evaluations: number): void {
    if (phase === 'ablation') {
      this.#ablated = (this.#ablated ?? 0) + evaluations;
      return;
    }
    if (phase === 'confirmation') {
      this.#confirmed += evaluations;
      this.#pending = 0;
      this.#activity = 'confirming the best';
      return;
    }
    if (phase === 'held-out') {
      this.#heldOut = (this.#heldOut ?? 0) + evaluations;
      return;
    }
    this.#pending += evaluations;
    if (this.#activity === 'starting') this.#activity = 'the original';
    // After the last iteration it is candidates that are sampled.
    if (this.#activity === 'gradient' && this.#iterations >= this.#plannedIterations())
      this.#activity = 'evaluation';
  }

  /** As many as were asked for, or as the budget pays for if each to come costs what the last one did. */
  #plannedIterations(): number {
    const budget = this.#plan ? this.#searchBudget() : Number.POSITIVE_INFINITY;
    // One evaluation is always left for after them.
    const room = Math.min(GRADIENT_BUDGET_SHARE * budget - this.#gradientCost, budget - this.#spent - 1);
    const affordable =
      this.#lastCost > 0 ? Math.floor(room / this.#lastCost + 1e-9) : Number.POSITIVE_INFINITY;
    return Math.min(this.#options.iterations, this.#iterations + Math.max(0, affordable));
  }

  /** What is under way, with its count where it has one. */
  #activityText(): string {
    if (this.#activity === 'evaluation') return this.#evaluation();
    if (this.#activity !== 'gradient') return this.#activity;
    return `gradient ${this.#iterations} of ~${this.#plannedIterations()}`;
  }

  #place(): { activity: string; fraction: number } {
    const { search, heldOut, ablation } = this.#work();
    const total = Math.max(search + heldOut + ablation, 1e-9);
    if (this.#ablated !== undefined) {
      const done = search + heldOut + Math.min(ablation, this.#ablated);
      return { activity: 'leaving out words', fraction: done / total };
    }
    if (this.#heldOut !== undefined) {
      const part = Math.min(1, this.#heldOut / Math.max(heldOut, 1e-9));
      return { activity: 'held-out pictures', fraction: (search + part * heldOut) / total };
    }
    const fraction = Math.min(search, this.#done()) / total;
    return { activity: this.#activityText(), fraction };
  }

  #evaluation(): string {
    const cost = this.#plan?.acceleration?.costs.candidate ?? 1;
    const left = Math.max(0, Math.floor((this.#searchBudget() - this.#spent) / cost + 1e-9));
    const total = Math.min(this.#evaluated + left, this.#candidates());
    const current = Math.min(total, this.#evaluated + Math.floor(this.#pending));
    const rejected = this.#rejected === 0 ? '' : `, ${this.#rejected} rejected`;
    return `evaluation ${current} of ~${total}${rejected}`;
  }

  #remaining(elapsed: number): number | null {
    const { search, heldOut, ablation } = this.#work();
    const after = (this.#heldOut ?? 0) + (this.#ablated ?? 0);
    const done = after === 0 ? this.#done() : search + after;
    if (done < MIN_FRACTION_FOR_ESTIMATE * (search + heldOut + ablation) || done <= 0) return null;
    const pace = elapsed / done;
    if (this.#ablated !== undefined) return Math.max(0, ablation - this.#ablated) * pace;
    if (this.#heldOut !== undefined) return (Math.max(0, heldOut - this.#heldOut) + ablation) * pace;
    const limit = (this.#options.maxSeconds ?? Number.POSITIVE_INFINITY) - elapsed;
    return Math.max(0, Math.min((search - done) * pace, limit)) + (heldOut + ablation) * pace;
  }

  #done(): number {
    return this.#spent + this.#pending + this.#confirmed;
  }

  /** What is to be done in all; the pictures on the held-out seeds are made for the original and for the best. */
  #work(): { search: number; heldOut: number; ablation: number } {
    if (!this.#plan) return { search: 1, heldOut: 0, ablation: 0 };
    const { seeds, heldOutSeeds } = this.#plan;
    return {
      search: Math.min(this.#searchBudget(), this.#candidates()) + this.#kept(),
      heldOut: (2 * heldOutSeeds.length) / seeds.length,
      ablation: this.#plan.ablation ? this.#bestWords * (1 + heldOutSeeds.length / seeds.length) : 0,
    };
  }

  /** What the search itself may spend. */
  #searchBudget(): number {
    return (this.#plan?.budget ?? 0) - this.#kept();
  }

  /** What is kept for exact pictures after it. */
  #kept(): number {
    const { acceleration } = this.#plan ?? {};
    return acceleration ? confirmationCost(acceleration) : 0;
  }

  #candidates(): number {
    return (this.#plan?.choices ?? []).reduce((product, choices) => product * choices.length, 1);
  }

  #evaluationsIn(guidedSteps: number): number {
    if (!this.#plan) return 0;
    return guidedSteps / (this.#plan.seeds.length * this.#plan.settings.guidedSteps);
  }
}

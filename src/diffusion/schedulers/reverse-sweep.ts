/**
 * @file The way back through some steps of a sampling, between the gradients of the model: the transpose of what `SchedulerRun` does. What the
 * sampling knew before the first of these steps is a constant.
 */
import { invariant } from '../../errors.ts';
import { quantityKey, type Term } from './linear-combination.ts';
import type { Scheduler } from './scheduler.ts';

/** One step of the way there. */
export interface VisitedStep {
  /** Its index among the scheduler's steps. */
  readonly index: number;
  /** The latents before it. */
  readonly sample: Float32Array;
  /** The model's output for them. */
  readonly output: Float32Array;
}

/**
 * Carries the gradient at the closed-form estimate of the last visited step back. For each step, last to first: `toOutput(index)`, then the
 * model's own gradient, then `passInput(index, …)` with its result, until the first step is reached.
 */
export class ReverseSweep {
  readonly #scheduler: Scheduler;
  readonly #visited: ReadonlyMap<number, VisitedStep>;
  /** Gradients so far with respect to what the visited steps knew, by `quantityKey`. */
  readonly #cotangents = new Map<string, Float32Array>();

  /** @param visited consecutive steps, in order */
  constructor(scheduler: Scheduler, visited: readonly VisitedStep[], toOriginal: Float32Array) {
    this.#scheduler = scheduler;
    this.#visited = new Map(visited.map((step) => [step.index, step]));
    this.#add({ kind: 'original', step: visited[visited.length - 1].index, weight: 1 }, toOriginal);
  }

  /** The gradient with respect to the model's output at step `index`. */
  toOutput(index: number): Float32Array {
    const step = this.#visited.get(index);
    invariant(step !== undefined, `step ${index} was not visited`);
    const toOriginal = this.#cotangents.get(quantityKey({ kind: 'original', step: index }));
    if (toOriginal) {
      const { sample, output } = this.#scheduler.originalTranspose(index, step, toOriginal);
      this.#add({ kind: 'sample', step: index, weight: 1 }, sample);
      this.#add({ kind: 'output', step: index, weight: 1 }, output);
    }
    return this.#of('output', step);
  }

  /** Takes the gradient with respect to the model's input at step `index` (that is, after scaling) through to the step before. */
  passInput(index: number, toInput: Float32Array): void {
    const step = this.#visited.get(index);
    invariant(step !== undefined && this.#visited.has(index - 1), `nothing lies before step ${index}`);
    this.#add({ kind: 'sample', step: index, weight: this.#scheduler.inputScale(index) }, toInput);
    const toSample = this.#of('sample', step);
    for (const term of this.#scheduler.steps[index - 1].next.terms)
      if (term.kind !== 'noise' && this.#visited.has(term.step)) this.#add(term, toSample);
  }

  #of(kind: Term['kind'], { index, sample }: VisitedStep): Float32Array {
    const key = quantityKey({ kind, step: index });
    return this.#cotangents.get(key) ?? new Float32Array(sample.length);
  }

  #add(term: Term, cotangent: Float32Array): void {
    const key = quantityKey(term);
    const sum = this.#cotangents.get(key) ?? new Float32Array(cotangent.length);
    for (let i = 0; i < sum.length; i++) sum[i] += term.weight * cotangent[i];
    this.#cotangents.set(key, sum);
  }
}

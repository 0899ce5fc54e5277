/** @file One sampling under way. It remembers of earlier steps only what later ones read: for most samplers nothing. */
import { invariant } from '../../errors.ts';
import { type LinearCombination, quantityKey, type Term } from './linear-combination.ts';

/** What a run asks of its `Scheduler`. */
interface Steps {
  readonly steps: readonly { readonly next: LinearCombination }[];
  scaleInput(index: number, sample: Float32Array): Float32Array;
  original(index: number, sample: Float32Array, output: Float32Array): Float32Array;
}

/** Not to be made by hand: `Scheduler.start()` does. */
export class SchedulerRun {
  readonly #scheduler: Steps;
  /** What later steps read of earlier ones, by `quantityKey`. */
  readonly #known = new Map<string, Float32Array>();
  /** Where each quantity is read last. */
  readonly #lastReader: ReadonlyMap<string, number>;
  #sample: Float32Array;
  #index = 0;

  constructor(scheduler: Steps, latents: Float32Array) {
    this.#scheduler = scheduler;
    this.#sample = latents;
    const readers = scheduler.steps.flatMap(({ next }, index) =>
      next.terms.map((term) => [quantityKey(term), index] as const),
    );
    this.#lastReader = new Map(readers);
  }

  /** Runs of one scheduler that stand at the same step, as one whose arrays hold theirs one after another. */
  static joined(runs: readonly SchedulerRun[]): SchedulerRun {
    const [first] = runs;
    const joined = new SchedulerRun(first.#scheduler, concat(runs.map((run) => run.#sample)));
    joined.#index = first.#index;
    for (const key of first.#known.keys()) {
      const arrays = runs.map((run) => run.#known.get(key));
      invariant(
        arrays.every((array) => array !== undefined),
        `not every run knows ${key}`,
      );
      joined.#known.set(key, concat(arrays));
    }
    invariant(
      runs.every((run) => run.#index === first.#index && run.#scheduler === first.#scheduler),
      'runs of different steps or schedulers were joined',
    );
    return joined;
  }

  /** A run that stands where this one does; leading one on does not move the other. */
  copy(): SchedulerRun {
    const copy = new SchedulerRun(this.#scheduler, this.#sample);
    copy.#index = this.#index;
    for (const [key, array] of this.#known) copy.#known.set(key, array);
    return copy;
  }

  /** The step that comes next; the number of steps when all are done. */
  get index(): number {
    return this.#index;
  }

  /** The latents before step `index`. */
  get sample(): Float32Array {
    return this.#sample;
  }

  /** What the model reads at step `index`. */
  get input(): Float32Array {
    return this.#scheduler.scaleInput(this.#index, this.#sample);
  }

  /** How many arrays of earlier steps are kept. */
  get memory(): number {
    return this.#known.size;
  }

  /**
   * Takes step `index`, given the model's output for `input`; gives the latents after it.
   * @param noise standard normal, needed where `noiseScale(index)` is not 0
   */
  advance(output: Float32Array, noise?: Float32Array): Float32Array {
    const scheduler = this.#scheduler;
    const step = this.#index;
    invariant(step < scheduler.steps.length, `a sampling of ${step} steps was led on`);
    const sample = this.#sample;
    this.#keep({ kind: 'sample', step }, () => sample);
    this.#keep({ kind: 'output', step }, () => output);
    this.#keep({ kind: 'original', step }, () => scheduler.original(step, sample, output));
    this.#keep({ kind: 'noise', step }, () => {
      invariant(noise !== undefined, `step ${step} adds noise, and none was given`);
      return noise;
    });
    this.#sample = this.#sum(scheduler.steps[step].next.terms, sample.length);
    this.#forget(step);
    this.#index++;
    return this.#sample;
  }

  #keep(quantity: Pick<Term, 'kind' | 'step'>, value: () => Float32Array): void {
    const key = quantityKey(quantity);
    if (this.#lastReader.has(key)) this.#known.set(key, value());
  }

  /** Summed in float64, rounded once. */
  #sum(terms: readonly Term[], length: number): Float32Array {
    const sum = new Float64Array(length);
    for (const term of terms) {
      const values = this.#known.get(quantityKey(term));
      invariant(values !== undefined, `${quantityKey(term)} was forgotten`);
      for (let i = 0; i < length; i++) sum[i] += term.weight * values[i];
    }
    return Float32Array.from(sum);
  }

  #forget(step: number): void {
    for (const key of this.#known.keys()) if (this.#lastReader.get(key)! <= step) this.#known.delete(key);
  }
}

function concat(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    all.set(array, offset);
    offset += array.length;
  }
  return all;
}

/**
 * @file UniPC (Zhao et al., 2023), picture-predicting: DPM-Solver++'s step as predictor, and with the next model evaluation, which is needed anyway, a
 * corrector of one order more. Orders 1 to 3.
 */
import { LinearCombination } from './linear-combination.ts';
import { type NoiseLevel, sigmaOf, variancePreserving } from './noise-level.ts';
import { checkRoom, type SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { solverSigmas } from './sigma-schedule.ts';

export function unipc(inputs: SamplerInputs): SchedulerTable {
  const { sigmas, timesteps } = solverSigmas(inputs);
  checkRoom(inputs, sigmas);
  const solver = new UnipcSteps(inputs, sigmas.map(variancePreserving));
  const steps = timesteps.map((timestep, index) => ({
    timestep,
    level: solver.levels[index],
    next: solver.predicted(index),
  }));
  return { steps };
}

/** A step from one place to the next, in the paper's names. */
interface Stride {
  readonly h: number;
  /** exp(−h) − 1 */
  readonly growth: number;
  /** B(h), which the paper leaves open: −h (bh1) or exp(−h) − 1 (bh2). */
  readonly b: number;
  /** Where the earlier places lie, in strides. */
  readonly ratios: readonly number[];
}

class UnipcSteps {
  readonly levels: readonly NoiseLevel[];
  readonly #lambda: readonly number[];
  readonly #inputs: SamplerInputs;

  constructor(inputs: SamplerInputs, levels: readonly NoiseLevel[]) {
    this.levels = levels;
    this.#inputs = inputs;
    this.#lambda = levels.map((level) => -Math.log(sigmaOf(level)));
  }

  /** The latents after step `index`. */
  predicted(index: number): LinearCombination {
    const [from, to] = [this.levels[index], this.levels[index + 1]];
    const { growth } = this.#stride(index);
    return this.#corrected(index)
      .times(to.deviation / from.deviation)
      .minus(picture(index).times(to.signal * growth))
      .minus(this.#predictorTerm(index));
  }

  /**
   * The latents before step `index`, corrected by its own estimate. Predictor and corrector share all but their last terms, so that
   * only these are exchanged, and no step needs older samples than its own.
   */
  #corrected(index: number): LinearCombination {
    const predicted = LinearCombination.of('sample', index);
    if (index === 0) return predicted;
    return predicted.plus(this.#predictorTerm(index - 1)).minus(this.#correctorTerm(index - 1));
  }

  #predictorTerm(index: number): LinearCombination {
    const order = this.#order(index);
    if (order === 1) return LinearCombination.zero;
    const { b, ratios } = this.#stride(index);
    // The paper's choice for order 2, where the conditions leave one free.
    const weights = order === 2 ? [1 / 2] : solve(ratios, this.#conditions(index, order - 1));
    return this.#differences(index, weights).times(this.levels[index + 1].signal * b);
  }

  #correctorTerm(index: number): LinearCombination {
    const order = this.#order(index);
    const { b, ratios } = this.#stride(index);
    const weights = order === 1 ? [1 / 2] : solve([...ratios, 1], this.#conditions(index, order));
    const newest = picture(index + 1)
      .minus(picture(index))
      .times(weights[weights.length - 1]);
    return this.#differences(index, weights.slice(0, -1))
      .plus(newest)
      .times(this.levels[index + 1].signal * b);
  }

  /** Divided differences of the estimates before step `index`, weighted. */
  #differences(index: number, weights: readonly number[]): LinearCombination {
    const { ratios } = this.#stride(index);
    return weights.reduce((sum, weight, i) => {
      const difference = picture(index - 1 - i).minus(picture(index));
      return sum.plus(difference.times(weight / ratios[i]));
    }, LinearCombination.zero);
  }

  #order(index: number): number {
    const { steps, options } = this.#inputs;
    // No higher order where the step is endless, nor where it is none.
    const isProper = this.#lambda[index + 1] > this.#lambda[index] && this.levels[index + 1].deviation > 0;
    if (!isProper) return 1;
    const left = options.lowerOrderFinal ? steps - index : options.solverOrder;
    return Math.min(options.solverOrder, left, index + 1);
  }

  #stride(index: number): Stride {
    const h = this.#lambda[index + 1] - this.#lambda[index];
    const growth = Math.expm1(-h);
    const earlier = Array.from({ length: this.#order(index) - 1 }, (_, i) => index - 1 - i);
    return {
      h,
      growth,
      b: this.#inputs.options.solverType === 'bh1' ? -h : growth,
      ratios: earlier.map((place) => (this.#lambda[place] - this.#lambda[index]) / h),
    };
  }

  /** The right-hand sides of the paper's order conditions, formula (8). */
  #conditions(index: number, count: number): number[] {
    const { h, growth, b } = this.#stride(index);
    const conditions: number[] = [];
    let [phi, factorial] = [growth / -h - 1, 1];
    for (let order = 1; order <= count; order++) {
      conditions.push((phi * factorial) / b);
      factorial *= order + 1;
      phi = phi / -h - 1 / factorial;
    }
    return conditions;
  }
}

function picture(index: number): LinearCombination {
  return LinearCombination.of('original', index);
}

/** `x` of `Σ_j ratios[j]^k x[j] = values[k]`, by elimination; the system is Vandermonde's, of at most three rows. */
function solve(ratios: readonly number[], values: readonly number[]): number[] {
  const rows = values.map((value, k) => [...ratios.map((ratio) => ratio ** k), value]);
  for (const [k, pivot] of rows.entries()) {
    for (const other of rows) {
      if (other === pivot) continue;
      const factor = other[k] / pivot[k];
      for (let column = k; column < other.length; column++) other[column] -= factor * pivot[column];
    }
  }
  return rows.map((row, k) => row[ratios.length] / row[k]);
}

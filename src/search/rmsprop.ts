/** @file RMSprop with momentum and elementwise clipping (paper, F.1), in torch's convention. */
import type { SlotProbabilities } from './search-space.ts';

export interface RmsPropOptions {
  readonly learningRate: number;
  readonly momentum: number;
  /** How much of the running mean of squares is kept at each step. */
  readonly decay: number;
  /** Added after the square root. */
  readonly epsilon: number;
  /** Gradients are cut to ± this, element by element. */
  readonly clip: number;
}

/** The state of one optimizer; rows of parameters as in `[slot][choice]`. */
export class RmsProp {
  readonly #options: RmsPropOptions;
  #squares: Float64Array[] = [];
  #velocities: Float64Array[] = [];

  constructor(options: RmsPropOptions) {
    this.#options = options;
  }

  /** What to add to the parameters to go down `gradients`, whose shape is the same at every call. */
  changes(gradients: SlotProbabilities): Float64Array[] {
    if (this.#squares.length === 0) {
      this.#squares = gradients.map((row) => new Float64Array(row.length));
      this.#velocities = gradients.map((row) => new Float64Array(row.length));
    }
    return gradients.map((row, slot) => row.map((value, index) => this.#change(slot, index, value)));
  }

  #change(slot: number, index: number, value: number): number {
    const { learningRate, momentum, decay, epsilon, clip } = this.#options;
    const gradient = Math.min(Math.max(value, -clip), clip);
    const squares = this.#squares[slot];
    const velocities = this.#velocities[slot];
    squares[index] = decay * squares[index] + (1 - decay) * gradient * gradient;
    velocities[index] = momentum * velocities[index] + gradient / (Math.sqrt(squares[index]) + epsilon);
    return -learningRate * velocities[index];
  }
}

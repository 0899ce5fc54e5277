/** @file What a job takes, and the mean of what it measures. */

/** Runs from when it is made. */
export class Stopwatch {
  readonly #start = performance.now();

  get milliseconds(): number {
    return performance.now() - this.#start;
  }

  /** To the millisecond. */
  get seconds(): number {
    return Math.round(this.milliseconds) / 1000;
  }
}

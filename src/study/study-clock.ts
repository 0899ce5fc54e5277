/** @file Seconds that a study has worked, also over several processes: one that goes on counts from what was reached. */

export class StudyClock {
  readonly #now: () => number;
  #reached = 0;
  #since: number;

  /** @param now milliseconds that never go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** To the millisecond. */
  get seconds(): number {
    return Math.round(this.#reached * 1000 + this.#now() - this.#since) / 1000;
  }

  /** So many seconds had gone by here, when it was done for the first time. */
  resumeAt(seconds: number): void {
    this.#reached = seconds;
    this.#since = this.#now();
  }
}

/** @file How fast bytes come, averaged so that the figure can be read and still follows the connection. */

/** Seconds over which the past is forgotten. */
const MEMORY_SECONDS = 3;
/** Two looks that are closer together say little. */
const MIN_SECONDS = 0.2;

export class TransferRate {
  #done: number;
  #time: number;
  #rate: number | null = null;

  /** @param done bytes that are there already @param now seconds */
  constructor(done: number, now: number) {
    this.#done = done;
    this.#time = now;
  }

  /** Bytes a second after `done` bytes at the time `now`; null while nothing sensible can be said. */
  note(done: number, now: number): number | null {
    const seconds = now - this.#time;
    if (seconds < MIN_SECONDS) return this.#rate;
    // A file that is begun anew has fewer bytes than before.
    const latest = Math.max(0, done - this.#done) / seconds;
    const weight = 1 - Math.exp(-seconds / MEMORY_SECONDS);
    this.#rate = this.#rate === null ? latest : this.#rate + weight * (latest - this.#rate);
    this.#done = done;
    this.#time = now;
    return this.#rate;
  }
}

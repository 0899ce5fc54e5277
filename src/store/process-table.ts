/**
 * @file Processes that work on something, and when each last said that it lives. The system is asked where it can be; of a process on
 * another machine, or in another container, only its silence tells that it is gone.
 */
import type { Database } from './database.ts';
import { hasEnded, isNear, type Owner, thisProcess } from './process-owner.ts';

/** A process that cannot be asked, and that was silent for so long, is gone. */
const SILENCE_MINUTES = 10;
const SILENCE_MS = SILENCE_MINUTES * 60_000;
/** How often each says that it lives, in milliseconds. */
const BEAT_MS = 30_000;

/** To be added where a process that cannot be asked is in the way. */
export const SILENCE_SENTENCE = `A process of another machine or container that is gone loses its work after ${SILENCE_MINUTES} minutes without a sign of life.`;

export class ProcessTable {
  readonly #database: Database;
  /** This process, as it stands in the tables. */
  readonly self = JSON.stringify(thisProcess());
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Says that this process lives: now, and again and again until `close`. Whoever works on something must have said so. */
  enter(): void {
    this.#say();
    if (this.#timer !== undefined) return;
    // Silent ones are as good as unknown.
    this.#database.statement('DELETE FROM processes WHERE seen < ?').run(Date.now() - SILENCE_MS);
    this.#timer = setInterval(() => this.#sayIfPossible(), BEAT_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Those of `owners`, as tables have them, that are gone; each is asked once. */
  goneAmong(owners: readonly (string | null)[]): ReadonlySet<string | null> {
    // What bears no name can have no process.
    return new Set([...new Set(owners)].filter((owner) => owner === null || this.#isGone(owner)));
  }

  #isGone(text: string): boolean {
    const owner = JSON.parse(text) as Owner;
    return isNear(owner) ? hasEnded(owner) : this.#isSilent(text);
  }

  #isSilent(owner: string): boolean {
    const row = this.#database
      .statement<{ seen: number }>('SELECT seen FROM processes WHERE owner = ?')
      .one(owner);
    return row === undefined || row.seen < Date.now() - SILENCE_MS;
  }

  #say(): void {
    this.#database
      .statement('INSERT OR REPLACE INTO processes (owner, seen) VALUES (?, ?)')
      .run(this.self, Date.now());
  }

  /** What is wrong with the store is told to whoever has something to write. */
  #sayIfPossible(): void {
    try {
      this.#say();
    } catch {
      // The next time may do.
    }
  }
}

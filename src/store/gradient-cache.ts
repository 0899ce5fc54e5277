/** @file Text gradients that were taken, by keys that say all that determines them. */
import type { Database } from './database.ts';
import { bytesOf } from './picture-cache.ts';

export interface CachedGradient {
  /** Null where it was no number. */
  readonly loss: number | null;
  /** All slots' rows, one after the other. */
  readonly gradient: Float64Array;
}

export class GradientCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(key: string): CachedGradient | undefined {
    const row = this.#database
      .statement<{ loss: number | null; gradient: Uint8Array }>(
        'SELECT loss, gradient FROM gradients WHERE key = ?',
      )
      .one(key);
    return row && { loss: row.loss, gradient: new Float64Array(Uint8Array.from(row.gradient).buffer) };
  }

  add(key: string, { loss, gradient }: CachedGradient): void {
    this.#database
      .statement('INSERT OR IGNORE INTO gradients (key, loss, gradient) VALUES (?, ?, ?)')
      .run(key, Number.isFinite(loss) ? loss : null, bytesOf(gradient));
  }
}

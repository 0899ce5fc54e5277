/** @file Text gradients that were taken, by keys that say all that determines them. */
import type { Database } from './database.ts';
import { bytesOf } from './picture-cache.ts';

export interface CachedGradient {
  /** Null where it was no number. */
  readonly loss: number | null;
  /** All slots' rows, one after the other. */
  readonly gradient: Float64Array;
  /** What it took: guided steps before the gradient, and UNet calls in all, each counted for every picture. */
  readonly guidedSteps: number;
  readonly unetCalls: number;
}

interface GradientRow {
  readonly loss: number | null;
  readonly gradient: ArrayBuffer;
  readonly guided_steps: number;
  readonly unet_calls: number;
}

export class GradientCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(key: string): CachedGradient | undefined {
    const row = this.#database
      .statement<GradientRow>('SELECT loss, gradient, guided_steps, unet_calls FROM gradients WHERE key = ?')
      .one(key);
    return (
      row && {
        loss: row.loss,
        gradient: new Float64Array(row.gradient),
        guidedSteps: row.guided_steps,
        unetCalls: row.unet_calls,
      }
    );
  }

  add(key: string, { loss, gradient, guidedSteps, unetCalls }: CachedGradient): void {
    this.#database
      .statement(
        'INSERT OR IGNORE INTO gradients (key, loss, gradient, guided_steps, unet_calls) VALUES (?, ?, ?, ?, ?)',
      )
      .run(key, Number.isFinite(loss) ? loss : null, bytesOf(gradient), guidedSteps, unetCalls);
  }
}

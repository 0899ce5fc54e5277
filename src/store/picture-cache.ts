/** @file Pictures that were sampled and scored, by keys that say all that determines them: nothing is ever computed twice. */
import type { Database } from './database.ts';
import type { ImageFiles } from './image-files.ts';

/** A picture as the cache keeps it. */
export interface CachedPicture {
  /** Its final latents, from which it can be decoded again, bit by bit. */
  readonly latents: Float32Array;
  /** Why it cannot be scored; null where it can. */
  readonly fault: string | null;
  /** Content hash of its PNG file; null where it holds no numbers. */
  readonly image: string | null;
}

/** A picture that is new, with its losses by the keys of scorers and prompts; a loss may be no number. */
export interface NewPicture extends Omit<CachedPicture, 'image'> {
  readonly key: string;
  readonly png: Uint8Array | null;
  readonly scores: ReadonlyMap<string, number>;
}

interface PictureRow {
  readonly latents: ArrayBuffer;
  readonly fault: string | null;
  readonly image: string | null;
}

export class PictureCache {
  readonly #database: Database;
  readonly #images: ImageFiles;

  constructor(database: Database, images: ImageFiles) {
    this.#database = database;
    this.#images = images;
  }

  find(key: string): CachedPicture | undefined {
    const row = this.#database
      .statement<PictureRow>('SELECT latents, fault, image FROM pictures WHERE key = ?')
      .one(key);
    return row && { ...row, latents: new Float32Array(row.latents) };
  }

  /** The loss by a scorer and prompt; undefined where it is not known, null where it was no number. */
  score(picture: string, scorer: string): number | null | undefined {
    return this.#database
      .statement<{ loss: number | null }>('SELECT loss FROM scores WHERE picture = ? AND scorer = ?')
      .one(picture, scorer)?.loss;
  }

  /** Keeps a picture with its scores; on the disk when it returns. @throws {DpoError} FILE_ACCESS */
  add({ key, latents, fault, png, scores }: NewPicture): string | null {
    // The file comes first: a row never names a picture that is not there.
    const image = png && this.#images.add(png);
    this.#database.atomically(() => {
      this.#database
        .statement('INSERT OR IGNORE INTO pictures (key, latents, fault, image) VALUES (?, ?, ?, ?)')
        .run(key, bytesOf(latents), fault, image);
      for (const [scorer, loss] of scores) this.addScore(key, scorer, loss);
    });
    return image;
  }

  addScore(picture: string, scorer: string, loss: number): void {
    this.#database
      .statement('INSERT OR IGNORE INTO scores (picture, scorer, loss) VALUES (?, ?, ?)')
      .run(picture, scorer, Number.isFinite(loss) ? loss : null);
  }
}

/** The bytes of `floats`, as little-endian machines have them; all that onnxruntime runs on are. */
export function bytesOf(floats: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

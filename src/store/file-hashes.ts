/** @file SHA-256 of files, remembered as long as a file's size and time stay what they were. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Database } from './database.ts';

/** A file that was written so shortly before may be written again without another time on it. */
const SETTLED_MS = 2000;

export class FileHashes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In hexadecimal. Some gigabytes take seconds, the first time. @throws the system's error when it cannot be read */
  async hashOf(path: string): Promise<string> {
    const place = await realpath(path);
    const { stamp, isSettled } = await stampOf(place);
    const known = this.#database
      .statement<{ stamp: string; sha256: string }>('SELECT stamp, sha256 FROM files WHERE path = ?')
      .one(place);
    if (known?.stamp === stamp) return known.sha256;
    const sha256 = await digestOf(place);
    if (isSettled && (await stampOf(place)).stamp === stamp) {
      this.#database
        .statement('INSERT OR REPLACE INTO files (path, stamp, sha256) VALUES (?, ?, ?)')
        .run(place, stamp, sha256);
    }
    return sha256;
  }
}

/** The time of the last change of any kind is there because the other one can be set back. */
async function stampOf(path: string): Promise<{ readonly stamp: string; readonly isSettled: boolean }> {
  const { size, mtimeNs, ctimeNs, ctimeMs, ino } = await stat(path, { bigint: true });
  const isSettled = Math.abs(Date.now() - Number(ctimeMs)) > SETTLED_MS;
  return { stamp: `${size} ${mtimeNs} ${ctimeNs} ${ino}`, isSettled };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 22 }), hash);
  return hash.digest('hex');
}

/** @file SHA-256 of files, remembered as long as a file's size and time stay what they were. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Database } from './database.ts';

export class FileHashes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In hexadecimal. Some gigabytes take seconds, the first time. @throws the system's error when it cannot be read */
  async hashOf(path: string): Promise<string> {
    const place = await realpath(path);
    const { size, mtimeNs, ino } = await stat(place, { bigint: true });
    const stamp = `${size} ${mtimeNs} ${ino}`;
    const known = this.#database
      .statement<{ stamp: string; sha256: string }>('SELECT stamp, sha256 FROM files WHERE path = ?')
      .one(place);
    if (known?.stamp === stamp) return known.sha256;
    const sha256 = await digestOf(place);
    this.#database
      .statement('INSERT OR REPLACE INTO files (path, stamp, sha256) VALUES (?, ?, ?)')
      .run(place, stamp, sha256);
    return sha256;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 22 }), hash);
  return hash.digest('hex');
}

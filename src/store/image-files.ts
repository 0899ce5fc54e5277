/** @file Pictures as PNG files, each named by the hash of what is in it, so that equal ones are kept once. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolderSync } from '../disk/make-folder.ts';
import { storeError } from './database.ts';

const HASH = /^[0-9a-f]{64}$/;

/** The folder beside a store. */
export class ImageFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Keeps a PNG file; gives its name. A reader, or a crash, meets it whole or not at all. @throws {DpoError} FILE_ACCESS */
  add(png: Uint8Array): string {
    const hash = createHash('sha256').update(png).digest('hex');
    const path = this.pathOf(hash);
    // One that was damaged is written anew.
    if (this.read(hash) !== undefined) return hash;
    const partial = `${path}.${randomUUID()}.tmp`;
    try {
      makeFolderSync(dirname(path));
      writeFileSync(partial, png, { flush: true });
      renameSync(partial, path);
    } catch (cause) {
      discard(partial);
      throw storeError(this.dir, cause);
    }
    return hash;
  }

  /** The file, where it is there and still is what its name says. */
  read(hash: string): Uint8Array | undefined {
    if (!HASH.test(hash)) return undefined;
    const png = contentOf(this.pathOf(hash));
    if (png === undefined) return undefined;
    return createHash('sha256').update(png).digest('hex') === hash ? png : undefined;
  }

  /** Whether there is a file of that name; it is not looked into. */
  has(hash: string): boolean {
    return existsSync(this.pathOf(hash));
  }

  pathOf(hash: string): string {
    return join(this.dir, hash.slice(0, 2), `${hash}.png`);
  }
}

/** A leftover is harmless beside the error that matters. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder may be a file, or gone.
  }
}

/** Undefined where there is none, or none that can be read. */
function contentOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * @file One repository in the Hugging Face cache, laid out as `huggingface_hub` does it, so that either finds what the other loaded:
 * `refs/<revision>` holds a commit, `snapshots/<commit>/<path>` links to `blobs/<checksum>`, `.no_exist/<commit>/<path>` marks a file
 * that a commit does not have.
 */
import { copyFile, lstat, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { isCommit } from './hub-name.ts';
import type { RepositoryFile } from './repository-listing.ts';

export class RepositoryCache {
  /** `models--org--name`. */
  readonly folder: string;
  readonly #cacheDir: string;
  readonly #name: string;
  readonly #hasLinks: boolean;

  /**
   * @param repo `org/name`
   * @param hasLinks false as on a file system without links
   */
  constructor(cacheDir: string, repo: string, hasLinks = true) {
    this.#cacheDir = cacheDir;
    this.#name = `models--${repo.replace('/', '--')}`;
    this.#hasLinks = hasLinks;
    this.folder = join(cacheDir, this.#name);
  }

  snapshot(commit: string): string {
    return join(this.folder, 'snapshots', commit);
  }

  pointer(commit: string, path: string): string {
    return join(this.snapshot(commit), path);
  }

  blob({ checksum }: RepositoryFile): string {
    return join(this.folder, 'blobs', checksum.hex);
  }

  /** Not the Python library's own, which locks with means that Node lacks and leaves its files behind. */
  lock({ checksum }: RepositoryFile): string {
    return join(this.#cacheDir, '.locks', this.#name, `${checksum.hex}.dpo-diff.lock`);
  }

  /** The commit that `revision` was when it was last looked up. */
  async commitOf(revision: string): Promise<string | undefined> {
    if (isCommit(revision)) return revision;
    const commit = (await optional(readFile(join(this.folder, 'refs', revision), 'utf8')))?.trim();
    return commit !== undefined && isCommit(commit) ? commit : undefined;
  }

  /** Without effect in a cache that may not be written: it spares a question and no more. */
  async noteCommit(revision: string, commit: string): Promise<void> {
    if (isCommit(revision) || (await this.commitOf(revision)) === commit) return;
    await optional(note(join(this.folder, 'refs', revision), commit));
  }

  /** Paths at `commit` that can be read, with slashes; links that lead nowhere are none. */
  async filesAt(commit: string): Promise<ReadonlySet<string>> {
    const root = this.snapshot(commit);
    const names = (await optional(readdir(root, { recursive: true }))) ?? [];
    const files = await Promise.all(
      names.map(async (name) => ((await optional(stat(join(root, name))))?.isFile() ? name : undefined)),
    );
    return new Set(files.filter((name) => name !== undefined).map((name) => name.replaceAll('\\', '/')));
  }

  async isKnownAbsent(commit: string, path: string): Promise<boolean> {
    return (await optional(lstat(join(this.folder, '.no_exist', commit, path)))) !== undefined;
  }

  async noteAbsent(commit: string, path: string): Promise<void> {
    await optional(note(join(this.folder, '.no_exist', commit, path), ''));
  }

  /** Whether `file` at `commit` is there with all of its bytes. */
  async has(commit: string, file: RepositoryFile): Promise<boolean> {
    return (await optional(stat(this.pointer(commit, file.path))))?.size === file.size;
  }

  /** Whether the bytes of `file` are there, be it for another commit. */
  async hasBlob(file: RepositoryFile): Promise<boolean> {
    return (await optional(stat(this.blob(file))))?.size === file.size;
  }

  /**
   * Makes the blob of `file` readable at `commit`. Where there are no links the blob is moved there when it is new, else copied.
   */
  async link(commit: string, file: RepositoryFile, isNew: boolean): Promise<void> {
    const [blob, pointer] = [this.blob(file), this.pointer(commit, file.path)];
    await makeFolder(dirname(pointer));
    // Relative, so that the cache may be moved.
    const target = relative(dirname(pointer), blob);
    if (await this.#tryLink(target, pointer)) return;
    if (await this.has(commit, file)) return;
    await rm(pointer, { force: true });
    if (await this.#tryLink(target, pointer)) return;
    await (isNew ? rename(blob, pointer) : copyFile(blob, pointer));
  }

  async #tryLink(target: string, pointer: string): Promise<boolean> {
    if (!this.#hasLinks) return false;
    try {
      await symlink(target, pointer);
      return true;
    } catch {
      return false;
    }
  }
}

async function note(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, text);
}

/** What comes of it, or undefined where the system refuses. */
async function optional<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}

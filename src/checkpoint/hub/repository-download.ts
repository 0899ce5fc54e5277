/** @file Brings chosen files of one commit into the cache: room on the disk first, then one file after another, each under its lock. */
import { stat } from 'node:fs/promises';
import { withBlobLock } from './blob-lock.ts';
import { checkDiskSpace } from './disk-space.ts';
import { downloadBlob, incompletePath } from './download-blob.ts';
import type { DownloadListener } from './download-event.ts';
import type { HubClient } from './hub-client.ts';
import { hubNameText } from './hub-name.ts';
import type { RepositoryCache } from './repository-cache.ts';
import type { RepositoryFile } from './repository-listing.ts';

/** A file's number among those that are loaded, from 1. */
interface Place {
  readonly index: number;
  readonly files: number;
}

export class RepositoryDownload {
  readonly #client: HubClient;
  readonly #cache: RepositoryCache;
  readonly #commit: string;
  readonly #listener: DownloadListener | undefined;

  constructor(
    client: HubClient,
    cache: RepositoryCache,
    commit: string,
    listener: DownloadListener | undefined,
  ) {
    this.#client = client;
    this.#cache = cache;
    this.#commit = commit;
    this.#listener = listener;
  }

  /** Loads those of `files` that the cache lacks. @throws {DpoError} FILE_ACCESS before the first byte when there is no room for them */
  async loadAll(files: readonly RepositoryFile[]): Promise<void> {
    const lacking: RepositoryFile[] = [];
    for (const file of files) if (!(await this.#isThere(file))) lacking.push(file);
    if (lacking.length === 0) return;
    const { name, settings } = this.#client.subject;
    await checkDiskSpace(settings.cacheDir, await this.#bytesToCome(lacking));
    this.#listener?.({
      type: 'started',
      model: hubNameText(name),
      files: lacking.length,
      bytes: lacking.reduce((sum, { size }) => sum + size, 0),
      folder: this.#cache.folder,
    });
    for (const [i, file] of lacking.entries()) {
      await this.load(file, { index: i + 1, files: lacking.length });
    }
  }

  /**
   * Loads `file` unless it is there.
   * @param place without it nothing is told
   */
  async load(file: RepositoryFile, place?: Place): Promise<void> {
    if (await this.#isThere(file)) return;
    const tell = place === undefined ? undefined : this.#listener;
    const { signal } = this.#client;
    const onWait = () => tell?.({ type: 'waiting', path: file.path });
    await withBlobLock(this.#cache.lock(file), { signal, onWait }, async () => {
      // Another process may have loaded it while we waited for the lock.
      if (!(await this.#isThere(file))) await this.#download(file, tell, place ?? { index: 1, files: 1 });
    });
  }

  async #download(file: RepositoryFile, tell: DownloadListener | undefined, place: Place): Promise<void> {
    const { path, size } = file;
    let isTold = false;
    await downloadBlob({
      client: this.#client,
      url: fileAddress(this.#client, this.#commit, path),
      file,
      target: this.#cache.blob(file),
      onBytes: (done) => {
        tell?.({ type: isTold ? 'progress' : 'file', path, size, done, ...place });
        isTold = true;
      },
      onRetry: (reason) => tell?.({ type: 'retry', path, reason }),
    });
    await this.#cache.link(this.#commit, file, true);
    tell?.({ type: 'complete', path, size, done: size, ...place });
  }

  /** Whether nothing of `file` needs to be loaded; its link is made if that is all that is missing. */
  async #isThere(file: RepositoryFile): Promise<boolean> {
    if (await this.#cache.has(this.#commit, file)) return true;
    if (!(await this.#cache.hasBlob(file))) return false;
    await this.#cache.link(this.#commit, file, false);
    return true;
  }

  async #bytesToCome(files: readonly RepositoryFile[]): Promise<number> {
    const sizes = files.map(async (file) => {
      const partial = await stat(incompletePath(this.#cache.blob(file))).catch(() => undefined);
      return Math.max(0, file.size - (partial?.size ?? 0));
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }
}

/** Where the contents of the file at `path` are; large ones are passed on from there. */
export function fileAddress({ subject }: HubClient, commit: string, path: string): string {
  const { settings, name } = subject;
  const inside = path.split('/').map(encodeURIComponent).join('/');
  return `${settings.endpoint}/${name.repo}/resolve/${commit}/${inside}`;
}

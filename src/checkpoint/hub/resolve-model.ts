/**
 * @file From a name on the hub to files on this machine. What the cache holds is used: without a question where the name is a commit or
 * the network is forbidden, after asking whether the branch has moved on where it is not, and all the same where the hub cannot be asked.
 */
import { stat } from 'node:fs/promises';
import { DpoError } from '../../errors.ts';
import { readJson } from '../read-json.ts';
import { withBlobLock } from './blob-lock.ts';
import { checkDiskSpace } from './disk-space.ts';
import { downloadBlob, incompletePath } from './download-blob.ts';
import type { DownloadListener } from './download-event.ts';
import { HubClient } from './hub-client.ts';
import { type HubSubject, incompleteError, noFileError, notCachedError } from './hub-errors.ts';
import { type HubName, hubNameText, isCommit } from './hub-name.ts';
import { type HubSettings, readHubSettings } from './hub-settings.ts';
import type { Need } from './needed-files.ts';
import { RepositoryCache } from './repository-cache.ts';
import { listRepository, type RepositoryFile, resolveCommit } from './repository-listing.ts';
import { type Selection, selectFiles } from './select-files.ts';
import { noPipelineError, pickledError } from './supported-formats.ts';

export interface ResolveModelOptions extends Need {
  /** @default those of the process's environment */
  readonly settings?: HubSettings | undefined;
  readonly onDownload?: DownloadListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes sure that the files of `name` that are needed lie in the cache.
 * @returns the snapshot's folder, or the file where `name` is one
 * @throws {DpoError} HUB, NETWORK, DOWNLOAD_FAILED, UNSUPPORTED_MODEL or FILE_ACCESS, each saying what to do; the signal's reason
 */
export async function resolveModel(name: HubName, options: ResolveModelOptions): Promise<string> {
  if (name.file !== undefined && !name.file.endsWith('.safetensors')) throw pickledError(name, [name.file]);
  const request = new Request(name, options);
  const cached = await request.cached();
  const { offlineBy } = request.subject.settings;
  if (offlineBy !== undefined) {
    if (cached.isUsable) return request.path(cached.commit);
    throw notCachedError(request.subject, cached.missing, `${offlineBy} forbids to load it`);
  }
  if (isCommit(name.revision) && cached.isComplete) return request.path(name.revision);
  const asked = await request.ask(cached);
  return asked.files === undefined ? request.path(asked.commit) : request.load(asked.commit, asked.files);
}

/** What the cache holds of the revision. */
type Cached =
  /** `isComplete` where nothing that the hub could tell would change the choice of files. */
  | { isUsable: true; isComplete: boolean; commit: string }
  | { isUsable: false; isComplete: false; commit: string | undefined; missing: readonly string[] };

/** What the hub says; without files where the cache is to be used as it is. */
interface Asked {
  readonly commit: string;
  readonly files: ReadonlyMap<string, RepositoryFile> | undefined;
}

class Request {
  readonly subject: HubSubject;
  readonly #options: ResolveModelOptions;
  readonly #client: HubClient;
  readonly #cache: RepositoryCache;

  constructor(name: HubName, options: ResolveModelOptions) {
    this.subject = { name, settings: options.settings ?? readHubSettings() };
    this.#options = options;
    this.#client = new HubClient(this.subject, options.signal);
    this.#cache = new RepositoryCache(this.subject.settings.cacheDir, name.repo);
  }

  path(commit: string): string {
    const { file } = this.subject.name;
    return file === undefined ? this.#cache.snapshot(commit) : this.#cache.pointer(commit, file);
  }

  async cached(): Promise<Cached> {
    const commit = await this.#cache.commitOf(this.subject.name.revision);
    if (commit === undefined) return { isUsable: false, isComplete: false, commit, missing: [] };
    const names = await this.#cache.filesAt(commit);
    if (names.size === 0) return { isUsable: false, isComplete: false, commit, missing: [] };
    const { missing, absent } = await this.#select(names, (path) =>
      readJson(this.#cache.pointer(commit, path)),
    );
    if (missing.length > 0) return { isUsable: false, isComplete: false, commit, missing };
    const known = await Promise.all(absent.map((path) => this.#cache.isKnownAbsent(commit, path)));
    return { isUsable: true, isComplete: known.every(Boolean), commit };
  }

  /** Asks the hub which commit the revision is and, where the cache does not have all of it, which files it has. */
  async ask(cached: Cached): Promise<Asked> {
    try {
      const { revision } = this.subject.name;
      const commit = isCommit(revision) ? revision : await resolveCommit(this.#client);
      if (cached.isComplete && commit === cached.commit) return { commit, files: undefined };
      return { commit, files: await listRepository(this.#client, commit) };
    } catch (error) {
      if (!cached.isUsable || !isHubTrouble(error)) throw error;
      const { repo } = this.subject.name;
      const { message } = error.cause instanceof Error ? error.cause : error;
      this.#warn(
        `The hub could not be asked about ${repo} (${message}), so the copy in the cache is used, commit ${cached.commit.slice(0, 8)}.`,
      );
      return { commit: cached.commit, files: undefined };
    }
  }

  async load(commit: string, files: ReadonlyMap<string, RepositoryFile>): Promise<string> {
    const names = new Set(files.keys());
    const selection = await this.#select(names, async (path) => {
      await this.#ensure(commit, files.get(path)!);
      return readJson(this.#cache.pointer(commit, path));
    });
    this.#refuse(selection, names);
    for (const path of selection.absent) await this.#cache.noteAbsent(commit, path);
    await this.#ensureAll(
      commit,
      selection.files.map((path) => files.get(path)!),
    );
    // Last, so that the name leads to the earlier commit until all of this one is there.
    await this.#cache.noteCommit(this.subject.name.revision, commit);
    return this.path(commit);
  }

  #select(names: ReadonlySet<string>, read: (path: string) => Promise<unknown>): Promise<Selection> {
    return selectFiles(names, this.subject.name, this.#options, read);
  }

  #refuse({ missing, pickled }: Selection, names: ReadonlySet<string>): void {
    const { name } = this.subject;
    if (pickled.length > 0) throw pickledError(name, pickled);
    if (missing.length === 0) return;
    const weights = [...names].filter((path) => path.endsWith('.safetensors'));
    if (name.file !== undefined) throw noFileError(this.subject, weights);
    if (missing.includes('model_index.json')) throw noPipelineError(name, names);
    throw incompleteError(this.subject, missing);
  }

  async #ensureAll(commit: string, files: readonly RepositoryFile[]): Promise<void> {
    const lacking: RepositoryFile[] = [];
    for (const file of files) if (!(await this.#isThere(commit, file))) lacking.push(file);
    if (lacking.length === 0) return;
    const { cacheDir } = this.subject.settings;
    await checkDiskSpace(cacheDir, await this.#bytesToCome(lacking));
    this.#options.onDownload?.({
      type: 'started',
      model: hubNameText(this.subject.name),
      files: lacking.length,
      bytes: lacking.reduce((sum, { size }) => sum + size, 0),
      folder: this.#cache.folder,
    });
    for (const [i, file] of lacking.entries()) {
      await this.#ensure(commit, file, { index: i + 1, files: lacking.length });
    }
  }

  async #bytesToCome(files: readonly RepositoryFile[]): Promise<number> {
    const sizes = files.map(async (file) => {
      const partial = await stat(incompletePath(this.#cache.blob(file))).catch(() => undefined);
      return Math.max(0, file.size - (partial?.size ?? 0));
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  /** Whether nothing of `file` needs to be loaded; its link is made if that is all that is missing. */
  async #isThere(commit: string, file: RepositoryFile): Promise<boolean> {
    if (await this.#cache.has(commit, file)) return true;
    if (!(await this.#cache.hasBlob(file))) return false;
    await this.#cache.link(commit, file, false);
    return true;
  }

  /** @param place of the file among those that are told of; without it nothing is told */
  async #ensure(
    commit: string,
    file: RepositoryFile,
    place?: { readonly index: number; readonly files: number },
  ): Promise<void> {
    if (await this.#isThere(commit, file)) return;
    const { signal, onDownload } = this.#options;
    const tell = place === undefined ? undefined : onDownload;
    const { path, size } = file;
    await withBlobLock(
      this.#cache.lock(file),
      { signal, onWait: () => tell?.({ type: 'waiting', path }) },
      async () => {
        if (await this.#isThere(commit, file)) return;
        let isTold = false;
        await downloadBlob({
          client: this.#client,
          url: this.#address(commit, path),
          file,
          target: this.#cache.blob(file),
          onBytes: (done) => {
            tell?.({ type: isTold ? 'progress' : 'file', path, size, done, ...place! });
            isTold = true;
          },
          onRetry: (reason) => tell?.({ type: 'retry', path, reason }),
        });
        await this.#cache.link(commit, file, true);
        tell?.({ type: 'complete', path, size, done: size, ...place! });
      },
    );
  }

  #address(commit: string, path: string): string {
    const { settings, name } = this.subject;
    return `${settings.endpoint}/${name.repo}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  #warn(message: string): void {
    this.#options.onDownload?.({ type: 'warning', message });
  }
}

/** What the hub or the way to it is to blame for. */
function isHubTrouble(error: unknown): error is DpoError {
  return error instanceof DpoError && ['HUB', 'NETWORK', 'DOWNLOAD_FAILED'].includes(error.code);
}

/**
 * @file From a name on the hub to files on this machine. What the cache holds is used: without a question where the name is a commit or
 * the network is forbidden, after asking whether the branch has moved on where it is not, and all the same where the hub cannot be asked.
 */
import { DpoError } from '../../errors.ts';
import { readJson } from '../read-json.ts';
import type { DownloadListener } from './download-event.ts';
import { HubClient } from './hub-client.ts';
import { type HubSubject, incompleteError, noFileError, notCachedError } from './hub-errors.ts';
import { type HubName, isCommit } from './hub-name.ts';
import { type HubSettings, readHubSettings } from './hub-settings.ts';
import { LORA_FILE, lacksScorerAlone, type Need } from './needed-files.ts';
import { RepositoryCache } from './repository-cache.ts';
import { RepositoryDownload } from './repository-download.ts';
import { listRepository, type RepositoryFile, resolveCommit } from './repository-listing.ts';
import { type Selection, selectFiles } from './select-files.ts';
import { noLoraError, noPipelineError, noScorerError, pickledError } from './supported-formats.ts';

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
  if (name.file !== undefined && options.ownScorer) throw noScorerError(name);
  const request = new ModelRequest(name, options);
  const cached = await request.cached();
  const { offlineBy } = request.subject.settings;
  if (offlineBy !== undefined) {
    if (cached.isUsable) return request.path(cached.commit);
    if (lacksScorerAlone(cached.missing)) throw noScorerError(name);
    throw notCachedError(request.subject, cached.missing, `${offlineBy} forbids to load it`);
  }
  if (isCommit(name.revision) && cached.isComplete) return request.path(name.revision);
  const { commit, files } = await request.ask(cached);
  return files === undefined ? request.path(commit) : request.load(commit, files);
}

/** What the cache holds of the revision. */
type Cached =
  /** `isComplete` where nothing that the hub could tell of this commit would change the choice of files. */
  | { readonly isUsable: true; readonly isComplete: boolean; readonly commit: string }
  | { readonly isUsable: false; readonly isComplete: false; readonly missing: readonly string[] };

/** What the hub says; without files where the cache is to be used as it is. */
interface Answer {
  readonly commit: string;
  readonly files: ReadonlyMap<string, RepositoryFile> | undefined;
}

class ModelRequest {
  readonly subject: HubSubject;
  readonly #options: ResolveModelOptions;
  readonly #client: HubClient;
  readonly #cache: RepositoryCache;

  constructor(name: HubName, options: ResolveModelOptions) {
    this.subject = { name, settings: options.settings ?? readHubSettings() };
    const { cacheDir, hasLinks } = this.subject.settings;
    this.#options = options;
    this.#client = new HubClient(this.subject, options.signal);
    this.#cache = new RepositoryCache(cacheDir, name.repo, hasLinks);
  }

  path(commit: string): string {
    const { file = this.#options.role === 'lora' ? LORA_FILE : undefined } = this.subject.name;
    return file === undefined ? this.#cache.snapshot(commit) : this.#cache.pointer(commit, file);
  }

  async cached(): Promise<Cached> {
    const nothing = { isUsable: false, isComplete: false, missing: [] } as const;
    const commit = await this.#cache.commitOf(this.subject.name.revision);
    if (commit === undefined) return nothing;
    const names = await this.#cache.filesAt(commit);
    if (names.size === 0) return nothing;
    const read = (path: string) => readJson(this.#cache.pointer(commit, path));
    const { missing, absent } = await this.#select(names, read);
    if (missing.length > 0) return { ...nothing, missing };
    const known = await Promise.all(absent.map((path) => this.#cache.isKnownAbsent(commit, path)));
    return { isUsable: true, isComplete: known.every(Boolean), commit };
  }

  /** Asks the hub which commit the revision is and, where the cache does not have all of it, which files it has. */
  async ask(cached: Cached): Promise<Answer> {
    const { revision, repo } = this.subject.name;
    try {
      const commit = isCommit(revision) ? revision : await resolveCommit(this.#client);
      if (cached.isComplete && commit === cached.commit) return { commit, files: undefined };
      return { commit, files: await listRepository(this.#client, commit) };
    } catch (error) {
      if (!cached.isUsable || !isHubTrouble(error)) throw error;
      const why = error.cause instanceof Error ? error.cause.message : error.message.replace(/\.$/, '');
      const message = `The hub could not be asked about ${repo} (${why}); the copy in the cache is used, commit ${cached.commit.slice(0, 8)}.`;
      this.#options.onDownload?.({ type: 'warning', message });
      return { commit: cached.commit, files: undefined };
    }
  }

  async load(commit: string, files: ReadonlyMap<string, RepositoryFile>): Promise<string> {
    const download = new RepositoryDownload(this.#client, this.#cache, commit, this.#options.onDownload);
    const names = new Set(files.keys());
    const selection = await this.#select(names, async (path) => {
      await download.load(files.get(path)!);
      return readJson(this.#cache.pointer(commit, path));
    });
    this.#refuse(selection, names);
    for (const path of selection.absent) await this.#cache.noteAbsent(commit, path);
    await download.loadAll(selection.files.map((path) => files.get(path)!));
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
    if (lacksScorerAlone(missing)) throw noScorerError(name);
    const weights = [...names].filter((path) => path.endsWith('.safetensors'));
    if (name.file !== undefined) throw noFileError(this.subject, weights);
    if (this.#options.role === 'lora') throw noLoraError(name, names);
    if (missing.includes('model_index.json')) throw noPipelineError(name, names);
    throw incompleteError(this.subject, missing);
  }
}

/** What the hub or the way to it is to blame for. */
function isHubTrouble(error: unknown): error is DpoError {
  return error instanceof DpoError && ['HUB', 'NETWORK', 'DOWNLOAD_FAILED'].includes(error.code);
}

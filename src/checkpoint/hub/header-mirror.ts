/**
 * @file A repository as a folder without its weights: small files whole, safetensors files as their headers in sparse files of the right
 * length, so that whoever reads no weights sees no difference. Two short range requests a file, and one for the weight
 * that tells what a Stable Diffusion 2 file predicts; nothing goes into the cache.
 */
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { requireObject } from '../config-schema.ts';
import { readJson } from '../read-json.ts';
import { openSafetensors } from '../safetensors.ts';
import { LENGTH_BYTES, MAX_HEADER_BYTES } from '../safetensors-layout.ts';
import { TELLING_KEY } from '../single-file/told-prediction.ts';
import { onDisk } from './disk-space.ts';
import { downloadBlob } from './download-blob.ts';
import { HubClient } from './hub-client.ts';
import { noFileError, nonsenseError } from './hub-errors.ts';
import { type HubName, hubNameText } from './hub-name.ts';
import { readHubSettings } from './hub-settings.ts';
import { RepositoryCache } from './repository-cache.ts';
import { fileAddress } from './repository-download.ts';
import { listRepository, type RepositoryFile, resolveCommit } from './repository-listing.ts';
import type { ResolveModelOptions } from './resolve-model.ts';

export interface HeaderMirror {
  /** The folder, or the file where the name is one. */
  readonly path: string;
  /** The folder that stands for the repository, and what to call it instead. */
  readonly root: string;
  readonly shownRoot: string;
  /** Deletes it. */
  remove(): Promise<void>;
}

/** Larger ones are no configurations. */
const MAX_SMALL_BYTES = 16 * 2 ** 20;
const SMALL = /\.(json|txt)$/;
const PICKLED = /\.(bin|ckpt|pt|pth)$/;
const AT_ONCE = 6;
const MAX_TELLING_BYTES = 2 ** 18;

/** Makes a mirror of `name`. @throws {DpoError} HUB, NETWORK, DOWNLOAD_FAILED or FILE_ACCESS; the signal's reason */
export async function mirrorHeaders(
  name: HubName,
  options: Pick<ResolveModelOptions, 'settings' | 'signal'>,
): Promise<HeaderMirror> {
  const settings = options.settings ?? readHubSettings();
  const client = new HubClient({ name, settings }, options.signal);
  const commit = await resolveCommit(client);
  const files = await listRepository(client, commit);
  const parent = await onDisk(tmpdir(), mkdtemp(join(tmpdir(), 'dpo-diff-headers-')));
  const remove = () => rm(parent, { recursive: true, force: true });
  try {
    // Named as in the cache, since a model is called after its folder.
    const root = new RepositoryCache(parent, name.repo).snapshot(commit);
    const mirror = new Mirror(client, commit, root);
    await mirror.addAll(await mirror.relevant(files));
    const path = name.file === undefined ? root : join(root, name.file);
    return {
      path,
      root,
      shownRoot: `${settings.endpoint}/${hubNameText({ ...name, file: undefined })}`,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

class Mirror {
  readonly #client: HubClient;
  readonly #commit: string;
  readonly #root: string;

  constructor(client: HubClient, commit: string, root: string) {
    this.#client = client;
    this.#commit = commit;
    this.#root = root;
  }

  /** The one file, or those at the root and in the folders of the components. */
  async relevant(files: ReadonlyMap<string, RepositoryFile>): Promise<readonly RepositoryFile[]> {
    const { file } = this.#client.subject.name;
    if (file !== undefined) {
      const found = files.get(file);
      if (found === undefined) throw noFileError(this.#client.subject, weightsAmong(files));
      return [found];
    }
    const index = files.get('model_index.json');
    const folders = index === undefined ? [''] : ['scorer', ...(await this.#components(index))];
    const inside = [...files.values()].filter(({ path }) => folders.includes(folderOf(path)));
    return index === undefined ? inside : [index, ...inside];
  }

  /** Several at once: each is an exchange of a few kilobytes. */
  async addAll(files: readonly RepositoryFile[]): Promise<void> {
    const waiting = [...files];
    const worker = async () => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await this.#add(file);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #components(index: RepositoryFile): Promise<string[]> {
    await this.#add(index);
    const path = join(this.#root, index.path);
    return Object.keys(requireObject(await readJson(path), path));
  }

  async #add(file: RepositoryFile): Promise<void> {
    const target = join(this.#root, file.path);
    await onDisk(target, makeFolder(dirname(target)));
    if (file.path.endsWith('.safetensors')) return this.#addHeader(file, target);
    if (PICKLED.test(file.path)) return this.#addHollow(target, file.size);
    if (!SMALL.test(file.path) || file.size > MAX_SMALL_BYTES) return;
    const url = fileAddress(this.#client, this.#commit, file.path);
    await downloadBlob({ client: this.#client, url, file, target });
  }

  async #addHeader(file: RepositoryFile, target: string): Promise<void> {
    const start = await this.#range(file, 0, Math.min(LENGTH_BYTES, file.size));
    const claimed = start.length === LENGTH_BYTES ? Number(start.readBigUInt64LE()) : 0;
    // What claims an impossible header is left without one: whoever opens the file says so.
    const length = Math.min(claimed, file.size - start.length);
    const header =
      length > 0 && length <= MAX_HEADER_BYTES
        ? await this.#range(file, LENGTH_BYTES, LENGTH_BYTES + length)
        : Buffer.alloc(0);
    await this.#addHollow(target, file.size, Buffer.concat([start, header]));
    await this.#addTellingWeight(file, target);
  }

  /** The few weights that tell noise from velocity; of a file that is none of ours, or not sound, nothing. */
  async #addTellingWeight(file: RepositoryFile, target: string): Promise<void> {
    const entry = await openSafetensors(target).then(
      ({ entries }) => entries.get(TELLING_KEY),
      () => undefined,
    );
    if (entry === undefined || entry.byteLength > MAX_TELLING_BYTES) return;
    const bytes = await this.#range(file, entry.offset, entry.offset + entry.byteLength);
    const handle = await onDisk(target, open(target, 'r+'));
    try {
      await onDisk(target, handle.write(bytes, 0, bytes.length, entry.offset));
    } finally {
      await handle.close();
    }
  }

  /** A file of the right length of which nothing but the `start` is there. */
  async #addHollow(target: string, size: number, start = Buffer.alloc(0)): Promise<void> {
    await onDisk(target, writeFile(target, start));
    await onDisk(target, truncate(target, size));
  }

  /** Bytes `start` to `end`, the latter excluded. */
  async #range(file: RepositoryFile, start: number, end: number): Promise<Buffer> {
    if (end <= start) return Buffer.alloc(0);
    const { subject } = this.#client;
    return this.#client.retrying(`Reading the header of ${file.path} of ${subject.name.repo}`, async () => {
      const response = await this.#client.open(fileAddress(this.#client, this.#commit, file.path), {
        headers: { 'accept-encoding': 'identity', range: `bytes=${start}-${end - 1}` },
      });
      try {
        // Without ranges the whole file would come: what is not wanted is passed over, and the rest not waited for.
        const skipped = response.status === 206 ? 0 : start;
        const bytes = await firstBytes(response.chunks(), skipped + end - start);
        if (bytes.length < skipped + end - start) {
          throw nonsenseError(subject, `it sends ${bytes.length} bytes where ${end - start} were asked for`);
        }
        return bytes.subarray(skipped);
      } finally {
        response.close();
      }
    });
  }
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>, count: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= count) break;
  }
  return Buffer.concat(parts).subarray(0, count);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function weightsAmong(files: ReadonlyMap<string, RepositoryFile>): string[] {
  return [...files.keys()].filter((path) => path.endsWith('.safetensors'));
}

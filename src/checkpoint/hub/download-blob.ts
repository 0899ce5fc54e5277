/**
 * @file Loads one file into `<blob>.incomplete` and renames it when its size and checksum are right. What is there already is continued
 * by a range request, whoever began it: an earlier attempt, a process that was killed, an older Python library.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { RunningChecksum } from './checksum.ts';
import { onDisk } from './disk-space.ts';
import type { HubClient, OpenResponse, RetryDelays } from './hub-client.ts';
import { corruptedError, lastingError, TemporaryFailure } from './hub-errors.ts';
import type { RepositoryFile } from './repository-listing.ts';

export interface BlobDownload {
  readonly client: HubClient;
  readonly url: string;
  readonly file: RepositoryFile;
  /** Where the whole file goes. */
  readonly target: string;
  /** Told of the bytes that are there, often. */
  readonly onBytes?: (done: number) => void;
  /** Told why the connection is taken up again, or the file loaded once more. */
  readonly onRetry?: (reason: string) => void;
  /** Milliseconds before each further attempt while nothing comes. */
  readonly delays?: RetryDelays;
}

/** About half a minute: a router that restarts. */
const DOWNLOAD_DELAYS: RetryDelays = [500, 1000, 2000, 4000, 8000, 16_000];
/** An attempt that brought so much was no failure, however it ended. */
const PROGRESS_BYTES = 2 ** 20;
const READ_BYTES = 2 ** 20;
/** From this size on a file that a power failure emptied would cost more than the seconds that forcing it to the disk may take. */
const SYNC_BYTES = 64 * 2 ** 20;

/** The name under which a file grows; the Python library's own, while that still continued downloads. */
export function incompletePath(target: string): string {
  return `${target}.incomplete`;
}

/**
 * @throws {DpoError} NETWORK, HUB or DOWNLOAD_FAILED for what the network does, FILE_ACCESS for what the disk does; the signal's reason.
 * What arrived stays for the next time, unless it is damaged.
 */
export async function downloadBlob(download: BlobDownload): Promise<void> {
  const { client, file, target, onRetry } = download;
  const partial = incompletePath(target);
  await onDisk(target, makeFolder(dirname(target)));
  for (const isLast of [false, true]) {
    const damage = await receive(download, partial);
    if (damage === undefined) {
      await finish(partial, target, file);
      return;
    }
    await rm(partial, { force: true });
    if (isLast) throw corruptedError(client.subject, file.path, damage);
    onRetry?.(`it is damaged, ${damage}`);
  }
}

/** Fills the file at `partial`. @returns what is wrong with it; undefined when nothing is */
async function receive(download: BlobDownload, partial: string): Promise<string | undefined> {
  const { file } = download;
  const handle = await onDisk(partial, open(partial, constants.O_RDWR | constants.O_CREAT, 0o644));
  try {
    const growing = new GrowingFile(handle, file, partial);
    await growing.readBack(download);
    await fill(growing, download);
    if (growing.isTooLong) return `it has more than its ${file.size} bytes`;
    if (!growing.isIntact()) return 'its checksum is wrong';
    if (file.size >= SYNC_BYTES) await onDisk(partial, handle.sync());
    return undefined;
  } finally {
    await handle.close();
  }
}

/** A file that grows at its end, and its checksum with it. */
class GrowingFile {
  readonly #handle: FileHandle;
  readonly #file: RepositoryFile;
  readonly #path: string;
  #checksum: RunningChecksum;
  /** Bytes that are there. */
  length = 0;
  isTooLong = false;

  constructor(handle: FileHandle, file: RepositoryFile, path: string) {
    this.#handle = handle;
    this.#file = file;
    this.#path = path;
    this.#checksum = new RunningChecksum(file.checksum, file.size);
  }

  get isComplete(): boolean {
    return this.isTooLong || this.length === this.#file.size;
  }

  /** Takes what is there already into the checksum. */
  async readBack({ client }: BlobDownload): Promise<void> {
    const { size } = await onDisk(this.#path, this.#handle.stat());
    if (size > this.#file.size) return this.restart();
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    while (this.length < size) {
      client.signal?.throwIfAborted();
      const reading = this.#handle.read(buffer, 0, Math.min(READ_BYTES, size - this.length), this.length);
      const { bytesRead } = await onDisk(this.#path, reading);
      if (bytesRead === 0) return;
      this.#checksum.update(buffer.subarray(0, bytesRead));
      this.length += bytesRead;
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.isTooLong = this.length + bytes.length > this.#file.size;
    if (this.isTooLong) return;
    let written = 0;
    while (written < bytes.length) {
      // At its place and not at the end, so that a second writer would do no harm.
      const writing = this.#handle.write(bytes, written, bytes.length - written, this.length + written);
      written += (await onDisk(this.#path, writing)).bytesWritten;
    }
    this.#checksum.update(bytes);
    this.length += bytes.length;
  }

  async restart(): Promise<void> {
    await onDisk(this.#path, this.#handle.truncate(0));
    this.#checksum = new RunningChecksum(this.#file.checksum, this.#file.size);
    this.length = 0;
  }

  isIntact(): boolean {
    return this.#checksum.matches();
  }
}

async function fill(growing: GrowingFile, download: BlobDownload): Promise<void> {
  const { client, file, onRetry, delays = DOWNLOAD_DELAYS } = download;
  const doing = `Loading ${file.path} of ${client.subject.name.repo}`;
  let failures = 0;
  while (!growing.isComplete) {
    const before = growing.length;
    try {
      await readOn(growing, download);
      if (!growing.isComplete) throw new TemporaryFailure('the connection ended early');
    } catch (error) {
      if (!(error instanceof TemporaryFailure)) throw error;
      if (growing.length - before >= PROGRESS_BYTES) failures = 0;
      const delay = delays[failures++];
      if (delay === undefined) throw lastingError(error, client.subject, doing);
      onRetry?.(error.message);
      await client.pause(error, delay, doing);
    }
  }
}

/** One request for all that is missing. */
async function readOn(growing: GrowingFile, { client, url, onBytes }: BlobDownload): Promise<void> {
  const response = await client.open(url, {
    // Compressed on the way, a range would count other bytes.
    headers: { 'accept-encoding': 'identity', range: `bytes=${growing.length}-` },
  });
  try {
    if (growing.length > 0 && !continuesAt(response, growing.length)) await growing.restart();
    onBytes?.(growing.length);
    for await (const chunk of response.chunks()) {
      await growing.append(chunk);
      if (growing.isTooLong) return;
      onBytes?.(growing.length);
    }
  } finally {
    response.close();
  }
}

/** Whether the server honoured the range; one that does not sends the file from its beginning. */
function continuesAt({ status, headers }: OpenResponse, position: number): boolean {
  return status === 206 && headers.get('content-range')?.startsWith(`bytes ${position}-`) === true;
}

async function finish(partial: string, target: string, file: RepositoryFile): Promise<void> {
  try {
    await rename(partial, target);
  } catch (cause) {
    // Another process, whose lock was lost, may have been quicker with the same bytes.
    const there = await stat(target).catch(() => undefined);
    if (there?.size !== file.size) await onDisk(target, Promise.reject(cause));
  }
}

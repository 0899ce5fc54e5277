/**
 * @file The folder of merged weights: a file for each set of weights and adapters, written once and found by later runs.
 * Everything in it can be made again, so it may be deleted at any time.
 */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { type Environment, userCacheFolder } from '../../disk/user-folders.ts';
import { DpoError } from '../../errors.ts';
import { fileAccessError } from '../read-json.ts';
import { openSafetensors, type SafetensorsFile } from '../safetensors.ts';
import { fileBytes, type TensorHeader, writeTensors } from '../write-tensors.ts';

/** The oldest files go before the folder grows beyond this: some six merged SDXL models in half precision. */
const MAX_CACHE_BYTES = 40 * 2 ** 30;
/** Left free on the disk besides. */
const SPARE_BYTES = 256 * 2 ** 20;

const FILE = /^[0-9a-f]{64}\.safetensors$/;
const PARTIAL = /^[0-9a-f]{64}\.[0-9a-f-]+\.tmp$/;

/** Where merged weights are when nobody says: in the user's folder for caches. */
export function mergedWeightsFolder(env: Environment, platform: NodeJS.Platform): string {
  return join(userCacheFolder(env, platform), 'dpo-diff', 'merged');
}

export interface CachedTensors {
  /** The folder of the cache. */
  readonly dir: string;
  /** Of all that the tensors depend on, 64 hexadecimal digits. */
  readonly key: string;
  readonly tensors: readonly TensorHeader[];
  /** A tensor's bytes; asked only when they are not there yet. */
  readonly dataOf: (tensor: TensorHeader) => Promise<Uint8Array>;
}

/**
 * The file with `tensors`, from the cache or written into it.
 * Two processes that write the same file do not disturb each other: each writes its own, and the last name stays.
 * @throws {DpoError} FILE_ACCESS when it cannot be written or the disk has no room, besides what `dataOf` throws
 */
export async function cachedTensors(wanted: CachedTensors): Promise<SafetensorsFile> {
  const path = join(wanted.dir, `${wanted.key}.safetensors`);
  const known = await usable(path, wanted.tensors);
  if (known) return known;
  try {
    await makeFolder(wanted.dir);
    await makeRoom(wanted);
  } catch (cause) {
    throw cause instanceof DpoError ? cause : fileAccessError(wanted.dir, cause);
  }
  await writeWhole(path, wanted);
  return openSafetensors(path);
}

/** The file at `path` where it is whole and holds what is wanted. */
async function usable(path: string, tensors: readonly TensorHeader[]): Promise<SafetensorsFile | undefined> {
  try {
    const file = await openSafetensors(path);
    const holdsAll = tensors.every(({ key, dtype, shape }) => {
      const entry = file.entries.get(key);
      return entry?.dtype === dtype && entry.shape.join() === shape.join();
    });
    return holdsAll ? file : undefined;
  } catch (error) {
    // Not there, or cut off by a crash of the machine: it is written again.
    if (error instanceof DpoError) return undefined;
    throw error;
  }
}

async function writeWhole(path: string, { key, dir, tensors, dataOf }: CachedTensors): Promise<void> {
  const partial = join(dir, `${key}.${randomUUID()}.tmp`);
  try {
    await writeTensors(partial, tensors, dataOf);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    // Windows refuses to replace a file that another process reads: that one has written the same.
    if (await usable(path, tensors)) return;
    throw error instanceof DpoError ? error : fileAccessError(path, error);
  }
}

/** Removes the oldest files where the folder would grow too large; then there must be room on the disk. */
async function makeRoom({ dir, tensors }: CachedTensors): Promise<void> {
  const needed = fileBytes(tensors);
  const files = await filesByAge(dir);
  let total = files.reduce((sum, { size }) => sum + size, needed);
  for (const { path, size } of files) {
    if (total <= MAX_CACHE_BYTES) break;
    await rm(path, { force: true });
    total -= size;
  }
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free >= needed + SPARE_BYTES) return;
  const [has, takes] = [free, needed + SPARE_BYTES].map((bytes) => `${Math.ceil(bytes / 1e6)} MB`);
  const message = `The weights merged with the LoRA take ${takes} in ${dir}, which has ${has} left. Make room, or set XDG_CACHE_HOME to a folder on another disk.`;
  throw new DpoError('FILE_ACCESS', message, { details: { path: dir, free, needed } });
}

/** The cache's own files, what interrupted runs left among them, the oldest first. */
async function filesByAge(dir: string): Promise<readonly { path: string; size: number; mtimeMs: number }[]> {
  const names = (await readdir(dir)).filter((name) => FILE.test(name) || PARTIAL.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(dir, name);
      // Another process may remove it meanwhile.
      const stats = await stat(path).catch(() => undefined);
      return stats ? [{ path, size: stats.size, mtimeMs: stats.mtimeMs }] : [];
    }),
  );
  return files.flat().sort((a, b) => a.mtimeMs - b.mtimeMs);
}

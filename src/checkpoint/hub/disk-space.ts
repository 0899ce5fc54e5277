/** @file Room on the disk: asked for before a download, and said when it is gone. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DpoError } from '../../errors.ts';
import { fileAccessError } from '../read-json.ts';

const HOW_TO_MEND =
  'Make room, or let HF_HUB_CACHE name a folder on another disk. What has arrived is kept, and continued the next time';

/** @throws {DpoError} FILE_ACCESS when the disk of the folder `dir`, which need not exist yet, has less than `bytes` free */
export async function checkDiskSpace(dir: string, bytes: number): Promise<void> {
  const free = await freeBytes(dir);
  if (free === undefined || bytes <= free) return;
  const message = `The download takes ${gigabytes(bytes)}, but the disk of ${dir} has ${gigabytes(free)} free. ${HOW_TO_MEND}.`;
  throw new DpoError('FILE_ACCESS', message, { details: { dir, needed: bytes, free } });
}

/** Waits for work on the file at `path`. @throws {DpoError} FILE_ACCESS that says why the system refuses it */
export async function onDisk<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw diskError(path, cause);
  }
}

function diskError(path: string, cause: unknown): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const what = code === 'ENOSPC' ? 'the disk is full' : 'your disk quota is used up';
    return new DpoError('FILE_ACCESS', `${path} cannot be written: ${what}. ${HOW_TO_MEND}.`, {
      details: { path },
      cause,
    });
  }
  return syscall === undefined ? cause : fileAccessError(path, cause);
}

/** Undefined where the system does not tell. */
async function freeBytes(dir: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(await existing(dir));
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

async function existing(dir: string): Promise<string> {
  const isThere = await stat(dir).then(
    () => true,
    () => false,
  );
  return isThere || dirname(dir) === dir ? dir : existing(dirname(dir));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`;
}

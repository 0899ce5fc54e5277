/** @file Writing into a run's folder: whole files or none, and sentences when the disk refuses. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { DpoError } from '../errors.ts';

/**
 * Writes the file `path` so that a reader, or a crash, meets the old file or the new one and never a part of it.
 * Pieces of text are asked for one by one.
 * @throws {DpoError} FILE_ACCESS; what the pieces' source throws
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const partial = `${path}.tmp`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (cause) {
    // A leftover is harmless beside the error that matters, so a second failure is not reported.
    await rm(partial, { force: true }).catch(() => undefined);
    throw cause instanceof DpoError ? cause : fileWriteError(path, cause);
  }
}

/** A FILE_ACCESS error that says why `path` could not be written and what may help. */
export function fileWriteError(path: string, cause: unknown): DpoError {
  return new DpoError('FILE_ACCESS', `"${path}" cannot be written: ${reasonOf(cause)}.`, {
    details: { path },
    cause,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied. Choose a folder that is yours',
  EPERM: 'the system does not permit it. Choose a folder that is yours',
  EROFS: 'the file system is read-only. Choose a folder elsewhere',
  ENOSPC: 'the disk is full. Make room, or choose a folder on another disk',
  EDQUOT: 'your disk quota is used up. Make room, or choose a folder on another disk',
  ENOENT: 'its folder does not exist, or is gone',
  EEXIST: 'a file of that name is in the way. Choose another name',
  ENOTDIR: 'a part of the path is a file, not a folder. Choose another name',
  EISDIR: 'a folder of that name is in the way. Choose another name, or move the folder',
  ERR_FS_EISDIR: 'a folder of that name is in the way. Choose another name, or move the folder',
  ENOTEMPTY: 'a folder of that name is in the way. Choose another name, or move the folder',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
};

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message ?? String(cause);
}

/** @file Opens a file of prompts, or says in a sentence why it cannot be. */
import { type FileHandle, open } from 'node:fs/promises';
import { isSystemError } from '../../checkpoint/read-json.ts';
import { systemErrorReason } from '../../disk/system-error.ts';
import { DpoError } from '../../errors.ts';

/**
 * Runs `read` on the file at `path`, which is closed afterwards.
 * @param what the file should be, for the message: `captions of MS-COCO`
 * @throws {DpoError} FILE_ACCESS when it cannot be opened or read
 */
export async function withPromptFile<T>(
  path: string,
  what: string,
  read: (file: FileHandle) => Promise<T>,
): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await read(file);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    const message = `The prompts ${path} cannot be read: expected ${what}, but ${systemErrorReason(cause)}.`;
    throw new DpoError('FILE_ACCESS', message, { cause, details: { path } });
  } finally {
    await file?.close();
  }
}

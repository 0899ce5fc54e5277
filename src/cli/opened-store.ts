/** @file The store that a command reads. */
import { DpoError } from '../errors.ts';
import { defaultStorePath } from '../store/default-store-path.ts';
import { StudyStore } from '../store/study-store.ts';
import { isFile } from '../study/is-file.ts';
import type { Host } from './host.ts';

/**
 * Opens the store that was given, or the user's own. None is made for those who only read.
 * @throws {DpoError} INVALID_OPTION when there is none; FILE_ACCESS when it cannot be used
 */
export async function openExistingStore(host: Host, given: string | undefined): Promise<StudyStore> {
  if (given === 'none') throw refuse('There is nothing to read without a store. Leave --store none out.');
  const path = given ?? defaultStorePath(host.env, process.platform);
  if (path === undefined)
    throw refuse(
      'The environment names no home, so there is no store of its own. Name one with --store FILE.',
    );
  if (!(await isFile(path)))
    throw refuse(
      `There is no store ${path} yet. dpo-diff experiment makes one; or name another with --store.`,
    );
  return new StudyStore(path);
}

function refuse(message: string): DpoError {
  return new DpoError('INVALID_OPTION', message, { details: { option: 'store' } });
}

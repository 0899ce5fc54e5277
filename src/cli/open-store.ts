/** @file The store that a command works with: the one that was named, or the user's own. */
import { existsSync } from 'node:fs';
import { DpoError } from '../errors.ts';
import type { Access } from '../store/database.ts';
import { defaultStorePath } from '../store/default-store-path.ts';
import type { StudyStore } from '../store/study-store.ts';
import type { Host } from './host.ts';
import type { CliOptions } from './shared-options.ts';
import { warn } from './warn.ts';

type StoreOptions = Pick<CliOptions, 'store' | 'quiet'>;

/**
 * For a search: made where it is not there. Undefined where there is to be none, and, with a warning, where the user's own cannot be
 * used: a search is worth more than its record.
 * @throws {DpoError} FILE_ACCESS for a store that was named and cannot be used
 */
export async function openStore(host: Host, options: StoreOptions): Promise<StudyStore | undefined> {
  const path = storePath(host, options);
  if (path === undefined) return undefined;
  try {
    return await opened(path);
  } catch (error) {
    if (options.store !== undefined || !(error instanceof DpoError)) throw error;
    warn(host, options, [`${error.message} Nothing is kept of this study.`]);
    return undefined;
  }
}

/**
 * For what cannot do without one: made where it is not there.
 * @throws {DpoError} FILE_ACCESS when it cannot be used, INVALID_OPTION when there is to be none
 */
export async function requireStore(host: Host, options: StoreOptions): Promise<StudyStore> {
  return opened(requiredPath(host, options));
}

/**
 * For those who only read: none is made for them.
 * @throws {DpoError} FILE_ACCESS when it cannot be used, INVALID_OPTION when there is none
 */
export async function openExistingStore(host: Host, options: StoreOptions): Promise<StudyStore> {
  const path = requiredPath(host, options);
  // Whatever is in the way there says itself what is wrong with it.
  if (existsSync(path)) return opened(path, 'read');
  const message = `There is no store ${path} yet; the first study or experiment makes it. Or name another with --store FILE.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'store', path } });
}

function requiredPath(host: Host, options: StoreOptions): string {
  const path = storePath(host, options);
  if (path !== undefined) return path;
  const message =
    'This needs a store, and there is none: give its file with --store FILE (in the environment: DPO_DIFF_STORE).';
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'store' } });
}

function storePath({ env }: Host, { store }: StoreOptions): string | undefined {
  const path = store ?? defaultStorePath(env, process.platform);
  return path === 'none' ? undefined : path;
}

// SQLite is loaded only where there is a store.
async function opened(path: string, access: Access = 'write'): Promise<StudyStore> {
  const { StudyStore } = await import('../store/study-store.ts');
  return new StudyStore(path, access);
}

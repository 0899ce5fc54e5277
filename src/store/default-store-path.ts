/** @file Where the store is when nobody says. */
import { join } from 'node:path';
import { type Environment, userDataFolder } from '../disk/user-folders.ts';

/**
 * What `DPO_DIFF_STORE` says, which may be `none`; else `dpo-diff/studies.db` in the user's folder for data. Undefined where the
 * environment names no home.
 */
export function defaultStorePath(env: Environment, platform: NodeJS.Platform): string | undefined {
  if (env.DPO_DIFF_STORE) return env.DPO_DIFF_STORE;
  const folder = userDataFolder(env, platform);
  return folder && join(folder, 'dpo-diff', 'studies.db');
}

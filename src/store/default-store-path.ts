/** @file Where the store is when nobody says. */
import { join } from 'node:path';

/**
 * What `DPO_DIFF_STORE` says, which may be `none`; else `dpo-diff/studies.db` in the folder that the system has for data of its user: `XDG_DATA_HOME`, or the place that the platform has
 * for it. Undefined where the environment names no home.
 */
export function defaultStorePath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  if (env.DPO_DIFF_STORE) return env.DPO_DIFF_STORE;
  const folder = dataFolder(env, platform);
  return folder && join(folder, 'dpo-diff', 'studies.db');
}

function dataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  if (env.XDG_DATA_HOME) return env.XDG_DATA_HOME;
  if (platform === 'win32') return env.LOCALAPPDATA || undefined;
  if (!env.HOME) return undefined;
  return platform === 'darwin'
    ? join(env.HOME, 'Library', 'Application Support')
    : join(env.HOME, '.local', 'share');
}

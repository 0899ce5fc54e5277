/** @file The folders that a system has for its user's data and caches. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** For what can be made again: `XDG_CACHE_HOME`, or the place that the platform has for it, below the user's home. */
export function userCacheFolder(env: Environment, platform: NodeJS.Platform): string {
  if (isGiven(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  const home = env.HOME || homedir();
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

/**
 * For what must last: `XDG_DATA_HOME`, or the place that the platform has for it. Undefined where the environment names no home: a
 * service without one wants nothing kept in the home of whoever it runs as.
 */
export function userDataFolder(env: Environment, platform: NodeJS.Platform): string | undefined {
  if (isGiven(env.XDG_DATA_HOME)) return env.XDG_DATA_HOME;
  if (platform === 'win32') return env.LOCALAPPDATA || undefined;
  if (!env.HOME) return undefined;
  return platform === 'darwin'
    ? join(env.HOME, 'Library', 'Application Support')
    : join(env.HOME, '.local', 'share');
}

/** The XDG specification has programs ignore paths that are not absolute. */
function isGiven(folder: string | undefined): folder is string {
  return folder !== undefined && isAbsolute(folder);
}

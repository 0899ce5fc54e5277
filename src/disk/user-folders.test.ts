import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userCacheFolder, userDataFolder } from './user-folders.ts';

describe('userCacheFolder()', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, 'linux', '/x'],
    [{ HOME: '/h' }, 'linux', '/h/.cache'],
    [{ XDG_CACHE_HOME: 'relative', HOME: '/h' }, 'linux', '/h/.cache'],
    [{ HOME: '/h', XDG_CACHE_HOME: '' }, 'darwin', '/h/Library/Caches'],
    [{ HOME: '/h', LOCALAPPDATA: '/l' }, 'win32', '/l'],
    [{ HOME: '/h', LOCALAPPDATA: '' }, 'win32', '/h/AppData/Local'],
    [{ HOME: '' }, 'linux', join(homedir(), '.cache')],
  ] as const)('is for %o on %s %s', (env, platform, folder) => {
    expect(userCacheFolder(env, platform)).toBe(folder);
  });
});

describe('userDataFolder()', () => {
  it.each([
    [{ HOME: '/home/ada' }, 'linux', '/home/ada/.local/share'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: '/data' }, 'linux', '/data'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: '' }, 'linux', '/home/ada/.local/share'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: './data' }, 'linux', '/home/ada/.local/share'],
    [{ HOME: '/Users/ada' }, 'darwin', '/Users/ada/Library/Application Support'],
    [{ LOCALAPPDATA: '/c/ada', HOME: '/other' }, 'win32', '/c/ada'],
  ] as const)('is for %o on %s %s', (env, platform, folder) => {
    expect(userDataFolder(env, platform)).toBe(folder);
  });

  it.each(['linux', 'darwin', 'win32'] as const)('is nowhere on %s where no home is named', (platform) => {
    expect(userDataFolder({}, platform)).toBeUndefined();
    expect(userDataFolder({ HOME: '', LOCALAPPDATA: '' }, platform)).toBeUndefined();
  });
});

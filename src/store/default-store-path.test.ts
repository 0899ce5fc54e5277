import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultStorePath } from './default-store-path.ts';

describe('defaultStorePath', () => {
  it.each([
    [{ HOME: '/home/ada' }, 'linux', '/home/ada/.local/share'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: '/data' }, 'linux', '/data'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: '' }, 'linux', '/home/ada/.local/share'],
    [{ HOME: '/Users/ada' }, 'darwin', '/Users/ada/Library/Application Support'],
    [{ LOCALAPPDATA: '/c/ada', HOME: '/other' }, 'win32', '/c/ada'],
  ] as const)('%o on %s is in %s', (env, platform, folder) => {
    expect(defaultStorePath(env, platform)).toBe(join(folder, 'dpo-diff', 'studies.db'));
  });

  it.each(['linux', 'darwin', 'win32'] as const)(
    'is nowhere on %s where the environment names no home',
    (platform) => {
      expect(defaultStorePath({}, platform)).toBeUndefined();
      expect(defaultStorePath({ HOME: '', LOCALAPPDATA: '' }, platform)).toBeUndefined();
    },
  );
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultStorePath } from './default-store-path.ts';

describe('defaultStorePath()', () => {
  it.each([
    [{ HOME: '/home/ada' }, join('/home/ada', '.local', 'share', 'dpo-diff', 'studies.db')],
    [{ HOME: '/home/ada', DPO_DIFF_STORE: '/disk/store.db' }, '/disk/store.db'],
    [{ HOME: '/home/ada', DPO_DIFF_STORE: 'none' }, 'none'],
    [{}, undefined],
  ])('is for %o %s', (env, path) => {
    expect(defaultStorePath(env, 'linux')).toBe(path);
  });
});

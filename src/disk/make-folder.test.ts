import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const root = await mkdtemp(join(tmpdir(), 'make-folder-'));
afterAll(() => rm(root, { recursive: true, force: true }));

describe('makeFolder()', () => {
  test('makes a folder and those above it, and is content with one that is there', async () => {
    const dir = join(root, 'a', 'b', 'c');
    await makeFolder(dir);
    await makeFolder(dir);
    expect((await stat(dir)).isDirectory()).toBe(true);
  });

  test.runIf(process.platform !== 'win32')('lets nobody else in where it is told to', async () => {
    const dir = join(root, 'own', 'below');
    await makeFolder(dir, 0o700);
    for (const made of [dir, join(root, 'own')]) expect((await stat(made)).mode & 0o777).toBe(0o700);
  });

  test('refuses where a file is in the way', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  test.runIf(process.platform === 'linux')('gives up in a folder that takes no folders', async () => {
    await expect(makeFolder('/proc/dpo-diff/runs')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gitHash } from '../../../tests/hub/hub-server.ts';
import { RepositoryCache } from './repository-cache.ts';
import type { RepositoryFile } from './repository-listing.ts';

const root = await mkdtemp(join(tmpdir(), 'repository-cache-'));
afterAll(() => rm(root, { recursive: true, force: true }));

const COMMIT = 'c'.repeat(40);
const bytes = Buffer.from('{"a": 1}');
const file: RepositoryFile = {
  path: 'unet/config.json',
  size: bytes.length,
  checksum: { kind: 'git-sha1', hex: gitHash(bytes) },
};
let caches = 0;

async function cacheWithBlob(hasLinks = true): Promise<RepositoryCache> {
  const cache = new RepositoryCache(join(root, String(caches++)), 'org/name', hasLinks);
  await mkdir(dirname(cache.blob(file)), { recursive: true });
  await writeFile(cache.blob(file), bytes);
  return cache;
}

describe('RepositoryCache', () => {
  it('links to blobs, and mends a link that leads nowhere', async () => {
    const cache = await cacheWithBlob();
    expect(await cache.has(COMMIT, file)).toBe(false);
    await cache.link(COMMIT, file, true);
    expect((await lstat(cache.pointer(COMMIT, file.path))).isSymbolicLink()).toBe(true);
    expect(await cache.filesAt(COMMIT)).toEqual(new Set([file.path]));
    await rm(cache.blob(file));
    expect(await cache.has(COMMIT, file)).toBe(false);
    expect(await cache.filesAt(COMMIT)).toEqual(new Set());
    await writeFile(cache.blob(file), bytes);
    await cache.link(COMMIT, file, true);
    await cache.link(COMMIT, file, false);
    expect(await readFile(cache.pointer(COMMIT, file.path))).toEqual(bytes);
  });

  it('moves or copies where there are no links', async () => {
    const fresh = await cacheWithBlob(false);
    await fresh.link(COMMIT, file, true);
    expect(await fresh.hasBlob(file)).toBe(false);
    expect(await fresh.has(COMMIT, file)).toBe(true);
    const known = await cacheWithBlob(false);
    await known.link(COMMIT, file, false);
    expect(await known.hasBlob(file)).toBe(true);
    expect((await lstat(known.pointer(COMMIT, file.path))).isFile()).toBe(true);
  });

  it('remembers commits and absent files', async () => {
    const cache = await cacheWithBlob();
    expect(await cache.commitOf('main')).toBeUndefined();
    expect(await cache.commitOf(COMMIT)).toBe(COMMIT);
    await cache.noteCommit('refs/pr/1', COMMIT);
    expect(await cache.commitOf('refs/pr/1')).toBe(COMMIT);
    await writeFile(join(cache.folder, 'refs', 'bad'), 'no commit');
    expect(await cache.commitOf('bad')).toBeUndefined();
    expect(await cache.isKnownAbsent(COMMIT, 'scorer/config.json')).toBe(false);
    await cache.noteAbsent(COMMIT, 'scorer/config.json');
    expect(await cache.isKnownAbsent(COMMIT, 'scorer/config.json')).toBe(true);
  });

  it('sees a blob that was cut short', async () => {
    const cache = await cacheWithBlob();
    await writeFile(cache.blob(file), bytes.subarray(1));
    expect(await cache.hasBlob(file)).toBe(false);
  });
});

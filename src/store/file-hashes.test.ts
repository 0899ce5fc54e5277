import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { Database } from './database.ts';
import { FileHashes } from './file-hashes.ts';

const freshPath = temporaryStores();

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A file that has been what it is for longer than the clocks of file systems are coarse. */
async function settledFile(text: string): Promise<string> {
  const path = freshPath('weights.safetensors');
  writeFileSync(path, text);
  await wait(2100);
  return path;
}

describe.concurrent('FileHashes', () => {
  const database = new Database(freshPath());
  const hashes = new FileHashes(database);
  const remembered = () => database.statement<{ path: string }>('SELECT path FROM files').all();

  it('gives the hash of what a file holds, and remembers it', async () => {
    const path = await settledFile('weights');
    expect(await hashes.hashOf(path)).toBe(sha256('weights'));
    expect(remembered()).toContainEqual({ path });
    // What is remembered is not read again: the row alone speaks.
    database.statement('UPDATE files SET sha256 = ? WHERE path = ?').run('from memory', path);
    expect(await hashes.hashOf(path)).toBe('from memory');
  });

  it('hashes a file that changed anew', async () => {
    const path = await settledFile('weights');
    await hashes.hashOf(path);
    appendFileSync(path, '!');
    expect(await hashes.hashOf(path)).toBe(sha256('weights!'));
  });

  it('is not deceived by an equal size and a time that was set back', async () => {
    const path = await settledFile('weights');
    const old = new Date('2026-01-01');
    utimesSync(path, old, old);
    await wait(2100);
    await hashes.hashOf(path);
    writeFileSync(path, 'WEIGHTS');
    utimesSync(path, old, old);
    expect(await hashes.hashOf(path)).toBe(sha256('WEIGHTS'));
    const other = freshPath();
    writeFileSync(other, 'wEiGhTs');
    copyFileSync(other, `${path}.new`);
    utimesSync(`${path}.new`, old, old);
    renameSync(`${path}.new`, path);
    expect(await hashes.hashOf(path)).toBe(sha256('wEiGhTs'));
  });

  it('does not remember a file that was written a moment ago', async () => {
    const path = freshPath('weights.safetensors');
    writeFileSync(path, 'one');
    expect(await hashes.hashOf(path)).toBe(sha256('one'));
    writeFileSync(path, 'two');
    expect(await hashes.hashOf(path)).toBe(sha256('two'));
    expect(remembered()).not.toContainEqual({ path });
  });

  it('knows a file by where it is, whatever link names it', async () => {
    const path = await settledFile('weights');
    const link = freshPath('link');
    symlinkSync(path, link);
    expect(await hashes.hashOf(link)).toBe(sha256('weights'));
    expect(remembered()).toContainEqual({ path });
  });

  it('throws what the system says of a file that is not there', async () => {
    await expect(hashes.hashOf(freshPath())).rejects.toThrow(/ENOENT/);
  });
});

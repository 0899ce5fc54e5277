import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { withBlobLock } from './blob-lock.ts';

const root = await mkdtemp(join(tmpdir(), 'blob-lock-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let locks = 0;
const freshPath = () => join(root, '.locks', `${locks++}.lock`);
const QUICK = { pollMs: 5, patience: 10 };

describe('withBlobLock()', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    const path = freshPath();
    let inside = 0;
    let most = 0;
    const visit = () =>
      withBlobLock(path, QUICK, async () => {
        most = Math.max(most, ++inside);
        await sleep(15);
        inside--;
      });
    await Promise.all([visit(), visit(), visit()]);
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('opens after a failure', async () => {
    const path = freshPath();
    await expect(withBlobLock(path, QUICK, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withBlobLock(path, QUICK, async () => 1)).toBe(1);
  });

  // Where Node's own recursive mkdir never returns.
  it.skipIf(!existsSync('/proc/self'))('says that its folder cannot be made', async () => {
    const lock = withBlobLock('/proc/nothing/deep/x.lock', QUICK, async () => 1);
    await expect(lock).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });

  it('takes over from a process that is no more', async () => {
    const path = freshPath();
    await withBlobLock(path, QUICK, async () => undefined);
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(path, `${pid} ${hostname()}`);
    expect(await withBlobLock(path, { pollMs: 60_000 }, async () => 1)).toBe(1);
  });

  it('takes over what nobody touches any more, and waits for what is touched', async () => {
    const path = freshPath();
    await withBlobLock(path, QUICK, async () => undefined);
    await writeFile(path, '1 another-machine');
    let waits = 0;
    expect(await withBlobLock(path, { ...QUICK, onWait: () => waits++ }, async () => 1)).toBe(1);
    expect(waits).toBe(1);
    await writeFile(path, '1 another-machine');
    const touching = setInterval(() => void writeFile(path, '1 another-machine'), 5);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('waited')), 200);
    await expect(withBlobLock(path, { ...QUICK, signal: stop.signal }, async () => 1)).rejects.toThrow(
      'waited',
    );
    clearInterval(touching);
  });
});

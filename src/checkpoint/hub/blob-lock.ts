/**
 * @file Keeps two processes from loading the same file at the same time. Nothing would break if they did, since each writes the same
 * bytes to the same places and checks them at the end; it would only be done twice. So a lock that looks abandoned is taken over without
 * ceremony: its process is gone, or it has not been touched for a while.
 */
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../disk/make-folder.ts';
import { onDisk } from './disk-space.ts';

export interface BlobLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once, when the lock is another's. */
  readonly onWait?: () => void;
  /** Milliseconds between two looks at another's lock. @default 500 */
  readonly pollMs?: number;
  /** Looks without a touch after which it counts as abandoned. @default 60 */
  readonly patience?: number;
}

const TOUCH_MS = 5000;

/** Runs `use` while holding the lock at `path`. @throws {DpoError} FILE_ACCESS; the signal's reason when it is aborted while waiting */
export async function withBlobLock<T>(
  path: string,
  options: BlobLockOptions,
  use: () => Promise<T>,
): Promise<T> {
  await onDisk(path, makeFolder(dirname(path)));
  await acquire(path, options);
  const touch = setInterval(() => writeFile(path, ownText()).catch(() => undefined), TOUCH_MS);
  touch.unref();
  try {
    return await use();
  } finally {
    clearInterval(touch);
    await rm(path, { force: true });
  }
}

async function acquire(path: string, options: BlobLockOptions): Promise<void> {
  const { signal, onWait, pollMs = 500, patience = 60 } = options;
  // Two looks are compared with each other and not with a clock, which may differ from the other machine's.
  let seen = '';
  let looks = 0;
  let isTold = false;
  while (!(await onDisk(path, create(path)))) {
    const state = await stateOf(path);
    looks = state === seen ? looks + 1 : 0;
    seen = state;
    if (looks >= patience || (await isOrphaned(path))) {
      await rm(path, { force: true });
      looks = 0;
      continue;
    }
    if (!isTold) onWait?.();
    isTold = true;
    await pause(pollMs, signal);
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx');
    await handle.writeFile(ownText());
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownText(): string {
  return `${process.pid} ${hostname()}`;
}

async function stateOf(path: string): Promise<string> {
  try {
    const { mtimeMs, ino } = await stat(path);
    return `${ino} ${mtimeMs}`;
  } catch {
    return 'gone';
  }
}

/** Whether the lock is of a process of this machine that is no more. */
async function isOrphaned(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, pid, host] = /^(\d+) (.+)$/.exec(text) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

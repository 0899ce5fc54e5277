/** @file A folder for the stores of a test file, removed when its tests are done; small disks to fill up, where they can be had. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A path within the folder that nothing has yet. */
export type FreshPath = (name?: string) => string;

export function temporaryStores(): FreshPath {
  const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-store-'));
  let count = 0;
  afterAll(() => rmSync(dir, { recursive: true }));
  return (name = 'studies.db') => {
    const folder = join(dir, String(count++));
    mkdirSync(folder);
    return join(folder, name);
  };
}

/** Whether this user may mount file systems. */
export const CAN_MOUNT = canMount();

/** Mounts an empty file system of so many kibibytes at `dir`; gives what takes it away again. */
export function smallDisk(dir: string, kibibytes: number): () => void {
  mkdirSync(dir, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', dir]);
  // Lazily: a closed store's file stays open until Node collects its garbage.
  return () => execFileSync('umount', ['-l', dir]);
}

/** Mounts the folder `dir` a second time, at `at`, where nothing can be written; gives what takes it away again. */
export function readOnlyView(dir: string, at: string): () => void {
  mkdirSync(at, { recursive: true });
  execFileSync('mount', ['--bind', dir, at]);
  execFileSync('mount', ['-o', 'remount,ro,bind', at]);
  return () => execFileSync('umount', ['-l', at]);
}

function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** @file Makes a folder and those above it. */
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What `mkdir` grants, less the process's mask. */
const EVERYBODY = 0o777;

/**
 * Like `mkdir -p`. Node's own recursive `mkdir` never returns where a folder exists in which none can be made, such as /proc.
 * @param mode the permissions of each folder that is made
 * @throws the system's error when it cannot be made, or when a file is in the way
 */
export async function makeFolder(dir: string, mode = EVERYBODY): Promise<void> {
  try {
    await makeOne(dir, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(dir);
    if (code !== 'ENOENT' || parent === dir) throw error;
    await makeFolder(parent, mode);
    await makeOne(dir, mode);
  }
}

/** Another process may have made it meanwhile. */
async function makeOne(dir: string, mode: number): Promise<void> {
  try {
    await mkdir(dir, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(dir)).isDirectory()) throw error;
  }
}

/** The same, for those who cannot wait. */
export function makeFolderSync(dir: string): void {
  try {
    makeOneSync(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(dir);
    if (code !== 'ENOENT' || parent === dir) throw error;
    makeFolderSync(parent);
    makeOneSync(dir);
  }
}

function makeOneSync(dir: string): void {
  try {
    mkdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(dir).isDirectory()) throw error;
  }
}

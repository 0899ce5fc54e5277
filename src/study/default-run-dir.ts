/** @file Where a run goes when nobody says: a folder named by the time and the prompt. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../disk/make-folder.ts';
import { fileWriteError } from './write-file.ts';

const MAX_SLUG_LENGTH = 40;

/**
 * Makes the folder `runs/<time>-<slug>`, local time to the second, with `-2`, `-3`, … at the end where it exists already.
 * Making it claims it: of two runs that ask at the same time, each gets its own.
 * @throws {DpoError} FILE_ACCESS when it cannot be made
 */
export async function defaultRunDir(prompt: string, now: Date, parent = 'runs'): Promise<string> {
  const base = join(parent, `${timestamp(now)}-${slugOf(prompt)}`);
  try {
    await makeFolder(parent);
    let path = base;
    for (let count = 2; !(await isClaimed(path)); count++) path = `${base}-${count}`;
    return path;
  } catch (cause) {
    throw fileWriteError(base, cause);
  }
}

/** `text` as a piece of a file name: letters and digits of any script, hyphens between, at most 40 characters, never empty. */
export function slugOf(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const slug = [...words.join('-')].slice(0, MAX_SLUG_LENGTH).join('').replace(/-+$/, '');
  return slug || 'prompt';
}

function timestamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('-');
  return `${day}-${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('')}`;
}

/** Whether the folder could be made; false when something of that name exists. */
async function isClaimed(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

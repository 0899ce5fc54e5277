/** @file Where a run goes when nobody says: a folder named by the time and the prompt. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_SLUG_LENGTH = 40;

/** `runs/<time>-<slug>`, local time to the second, with `-2`, `-3`, … at the end where it exists already. */
export async function defaultRunDir(prompt: string, now: Date, parent = 'runs'): Promise<string> {
  const base = join(parent, `${timestamp(now)}-${slugOf(prompt)}`);
  let path = base;
  for (let count = 2; await exists(path); count++) path = `${base}-${count}`;
  return path;
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

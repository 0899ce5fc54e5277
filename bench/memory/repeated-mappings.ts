/** @file Pages of weights that the kernel counts more than once, because several programs of this process map them. */
import { existsSync, readFileSync } from 'node:fs';

const SMAPS = '/proc/self/smaps';
/** `7f12-7f34 r--p 00001000 fe:00 1234  /path/to/file` */
const MAPPING = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+ +(\S.*)$/;

/**
 * Resident bytes of this process's mapped weights beyond the first mapping of each part (Linux; elsewhere 0). Files that other
 * processes map too are not taken off: whether they run says nothing of this one.
 */
export function repeatedMappingBytes(): number {
  return existsSync(SMAPS) ? repeatedIn(readFileSync(SMAPS, 'utf8')) : 0;
}

/** The same for the text of an `smaps` file. */
export function repeatedIn(smaps: string): number {
  const parts = new Map<string, number[]>();
  let sizes: number[] | undefined;
  for (const line of smaps.split('\n')) {
    const mapping = MAPPING.exec(line);
    if (mapping) sizes = sizesOf(parts, mapping);
    else if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) sizes = undefined;
    const resident = /^Rss: +(\d+) kB/.exec(line)?.[1];
    if (resident !== undefined) sizes?.push(Number(resident) * 1024);
  }
  return [...parts.values()].reduce((sum, all) => sum + total(all) - Math.max(...all, 0), 0);
}

/** Where the resident sizes of one part of a weights file are gathered; undefined for other files. */
function sizesOf(
  parts: Map<string, number[]>,
  [, start, end, offset, path]: RegExpExecArray,
): number[] | undefined {
  if (!path.endsWith('.safetensors')) return undefined;
  const key = `${path} ${offset} ${Number.parseInt(end, 16) - Number.parseInt(start, 16)}`;
  const known = parts.get(key) ?? [];
  parts.set(key, known);
  return known;
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

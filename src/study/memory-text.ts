/** @file Amounts of memory as people read them. */

/** `3.4 GB`, or `250 MB` where it is less than one; in powers of a thousand. */
export function memoryText(bytes: number): string {
  return bytes >= 999_500_000 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

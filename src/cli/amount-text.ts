/** @file Large numbers as people read them. */

const COUNT_UNITS = ['', ' k', ' M', ' G'] as const;
const BYTE_UNITS = [' B', ' kB', ' MB', ' GB', ' TB'] as const;

/** `859.5 M`; below a thousand the number itself. */
export function countText(value: number): string {
  return scaled(value, COUNT_UNITS);
}

/** `1,204 pictures`, `1 picture`. */
export function counted(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}

/** `3.4 GB`, in powers of a thousand. */
export function bytesText(value: number): string {
  return scaled(value, BYTE_UNITS);
}

function scaled(value: number, units: readonly string[]): string {
  let power = 0;
  let rest = value;
  // 999.95 would be written as 1000.0.
  while (rest >= 999.95 && power < units.length - 1) {
    rest /= 1000;
    power++;
  }
  return `${power === 0 ? rest : rest.toFixed(1)}${units[power]}`;
}

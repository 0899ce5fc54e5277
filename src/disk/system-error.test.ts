import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemErrorReason } from './system-error.ts';

test.each([
  [() => readFileSync('/nowhere/x'), 'there is no such file or folder'],
  [() => readFileSync(import.meta.dirname), 'it is a folder, a file was expected'],
  [
    () => readFileSync(`${import.meta.filename}/x`),
    'it, or a part of its path, is a file, where a folder was expected',
  ],
])('systemErrorReason() of %s is in words', (use, reason) => {
  let error: unknown;
  try {
    use();
  } catch (caught) {
    error = caught;
  }
  expect(systemErrorReason(error)).toBe(reason);
});

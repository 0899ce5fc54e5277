import { expect, test } from 'vitest';
import { memoryText } from './memory-text.ts';

test.each([
  [0, '0 MB'],
  [250_400_000, '250 MB'],
  [999_499_999, '999 MB'],
  [999_500_000, '1.0 GB'],
  [12_345_678_901, '12.3 GB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(memoryText(bytes)).toBe(text);
});

import { expect, test } from 'vitest';
import { bytesText, countText } from './amount-text.ts';
import { durationText } from './duration-text.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.0 k'],
  [999_949, '999.9 k'],
  [999_951, '1.0 M'],
  [859_520_964, '859.5 M'],
])('countText() writes %i as %s', (value, text) => expect(countText(value)).toBe(text));

test('bytesText() counts in powers of a thousand', () => {
  expect([12, 3_438_000_000, 2e15].map(bytesText)).toEqual(['12 B', '3.4 GB', '2000.0 TB']);
});

test.each([
  [0, '0:00'],
  [59.4, '0:59'],
  [59.6, '1:00'],
  [3600, '1:00:00'],
  [-1, '0:00'],
])('durationText() writes %d seconds as %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

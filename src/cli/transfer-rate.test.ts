import { expect, test } from 'vitest';
import { TransferRate } from './transfer-rate.ts';

test('TransferRate says nothing at first, then follows the connection', () => {
  const rate = new TransferRate(1000, 0);
  expect(rate.note(1050, 0.1)).toBeNull();
  expect(rate.note(2000, 1)).toBe(1000);
  const slower = rate.note(2100, 2)!;
  expect(slower).toBeGreaterThan(100);
  expect(slower).toBeLessThan(1000);
  for (let second = 3; second < 40; second++) rate.note(2100 + 100 * (second - 2), second);
  expect(rate.note(2100 + 3800, 40)).toBeCloseTo(100, 0);
});

test('TransferRate is not negative where a file begins anew', () => {
  expect(new TransferRate(1_000_000, 0).note(0, 1)).toBe(0);
});

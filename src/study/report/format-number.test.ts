import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDifference,
  formatLoss,
  formatSeconds,
  formatSeeds,
  formatShare,
} from './format-number.ts';

describe('numbers in the report', () => {
  it.each([
    [formatLoss(0.4567), '0.457'],
    [formatLoss(-0.0001), '0.000'],
    [formatLoss(null), '–'],
    [formatLoss(Number.NaN), '–'],
    [formatDifference(0.0031), '+0.003'],
    [formatDifference(-0.1), '−0.100'],
    [formatDifference(-0.0004), '0.000'],
    [formatShare(0), '0 %'],
    [formatShare(0.001), '<1 %'],
    [formatShare(0.256), '26 %'],
    [formatSeconds(41.74), '41.7 s'],
    [formatSeconds(125), '2 min'],
    [formatSeconds(7260), '2 h 1 min'],
    [formatCount(1234567), '1\u202f234\u202f567'],
    [formatSeeds([0, 1]), '0, 1'],
    [formatSeeds([2, 3, 4, 5, 9]), '2–5, 9'],
    [formatSeeds([5, 4, 3]), '5, 4, 3'],
    [formatSeeds([]), ''],
  ])('writes %j as %j', (written, expected) => {
    expect(written).toBe(expected);
  });
});

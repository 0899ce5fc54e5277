import { describe, expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName()', () => {
  test.each([
    ['hybird', 'hybrid'],
    ['Evolution', 'evolution'],
    ['gradint', 'gradient'],
  ])('takes %s for %s', (typed, known) => {
    expect(nearestName(typed, ['hybrid', 'gradient', 'evolution', 'random'])).toBe(known);
  });

  test('proposes nothing for a word that is like none', () => {
    expect(nearestName('annealing', ['hybrid', 'random'])).toBeUndefined();
    expect(nearestName('', ['hybrid'])).toBeUndefined();
  });
});

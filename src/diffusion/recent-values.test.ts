import { expect, it } from 'vitest';
import { RecentValues } from './recent-values.ts';

it('keeps what was asked for last, and makes the rest again', () => {
  const made: string[] = [];
  const recent = new RecentValues<string>(2);
  const make = (key: string) => {
    made.push(key);
    return key.toUpperCase();
  };
  const ask = (key: string) => recent.get(key, () => make(key));
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

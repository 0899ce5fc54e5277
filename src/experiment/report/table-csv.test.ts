import { describe, expect, it } from 'vitest';
import { tableCsv } from './table-csv.ts';

describe('tableCsv()', () => {
  it('gives numbers as they are and intervals columns of their own', () => {
    const csv = tableCsv({
      columns: [
        { head: 'Run', as: 'text' },
        { head: 'First minus second', as: 'difference', hasInterval: true },
        { head: 'Prompts', as: 'count' },
      ],
      rows: [
        ['a, b', { count: 2, mean: -0.123456789, interval: [-0.2, -0.1] }, 12345],
        ['c', { count: 1, mean: 0.5, interval: null }, null],
        ['d', null],
      ],
    });
    expect(csv.split('\r\n')).toEqual([
      'run,first_minus_second,first_minus_second_low,first_minus_second_high,prompts',
      '"a, b",-0.123456789,-0.2,-0.1,12345',
      'c,0.5,,,',
      'd,,,,',
      '',
    ]);
  });
});

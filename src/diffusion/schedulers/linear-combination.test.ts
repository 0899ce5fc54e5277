import { describe, expect, it } from 'vitest';
import { LinearCombination } from './linear-combination.ts';

const sample = LinearCombination.of('sample', 3);
const output = LinearCombination.of('output', 3);

describe('LinearCombination', () => {
  it('adds up what it holds twice and drops what is left with nothing', () => {
    const sum = sample.times(2).plus(output).plus(sample).minus(output);
    expect(sum.terms).toEqual([{ kind: 'sample', step: 3, weight: 3 }]);
    expect(sum.times(0).terms).toEqual([]);
  });

  it('tells quantities of different steps and kinds apart, and changes none of its parts', () => {
    const sum = sample.plus(LinearCombination.of('sample', 2)).plus(output);
    expect(sum.terms.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      'sample 3',
      'sample 2',
      'output 3',
    ]);
    expect(sample.terms).toHaveLength(1);
    expect(LinearCombination.zero.plus(sample)).toEqual(sample);
  });
});

import { expect, it } from 'vitest';
import { promptMeans } from './prompt-means.ts';

it('promptMeans() gives each prompt one number, whichever order its measurements come in', () => {
  const measurements = [
    { promptIndex: 4, value: 1 },
    { promptIndex: 0, value: 10 },
    { promptIndex: 4, value: 3 },
    { promptIndex: 4, value: 5 },
  ];
  expect(promptMeans(measurements)).toEqual([3, 10]);
  expect(promptMeans([])).toEqual([]);
});

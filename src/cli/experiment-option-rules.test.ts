import { expect, test } from 'vitest';
import { cliOptionsOf, EXPERIMENT_OPTION_RULES, overridingOptions } from './experiment-option-rules.ts';

const { refused, ofModel } = EXPERIMENT_OPTION_RULES;

test('experiments take the options of searches, and none of the terminal or of the store', () => {
  for (const name of ['budget', 'steps', 'heldOutSeeds', 'space', 'minSimilarity', 'model', 'words'])
    expect(refused.has(name), name).toBe(false);
  for (const name of ['json', 'store', 'out', 'jobs', 'searchSeed', 'task', 'state', 'prompts'])
    expect(refused.has(name), name).toBe(true);
  for (const name of ['model', 'scorer', 'device', 'lora', 'heldOutScorer'])
    expect(ofModel.has(name)).toBe(true);
});

test('of the command line, only those of searches stand in place of the file’s', () => {
  const options = { steps: 4, model: 'x', jobs: 2, store: 'y', json: true, retry: true };
  expect(overridingOptions(options)).toEqual({ steps: 4, model: 'x' });
});

test('what is infinite comes back from the store', () => {
  expect(cliOptionsOf({ generations: 'unlimited', steps: 4 })).toEqual({
    generations: Number.POSITIVE_INFINITY,
    steps: 4,
  });
});

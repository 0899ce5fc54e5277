import { describe, expect, test } from 'vitest';
import { definitionIdentity } from './definition-identity.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';

const RUN = { name: 'run', kind: 'study', task: 'improve', options: { budget: 3 }, parameters: {} } as const;
const DEFINITION: ExperimentDefinition = {
  name: 'small',
  title: 'Small',
  found: 'Nothing.',
  report: 'comparison',
  prompts: { from: 'world', count: 3, seed: 1 },
  searchSeeds: [0, 1],
  options: { guidance: 3, eta: 0, extra: { a: 1, b: 2 } },
  runs: [RUN],
};
const IDENTITY = definitionIdentity(DEFINITION);

describe('definitionIdentity()', () => {
  test.each<[string, Partial<ExperimentDefinition>]>([
    ['the order of options', { options: { extra: { b: 2, a: 1 }, eta: 0, guidance: 3 } }],
    ['the order of names in the source', { prompts: { seed: 1, count: 3, from: 'world' } }],
    ['the texts', { title: 'Smaller', found: 'Nothing at all.', paper: 'Figure 9' }],
    ['how rows are told', { report: 'budget' }],
  ])('does not know %s', (_, change) => {
    expect(definitionIdentity({ ...DEFINITION, ...change })).toBe(IDENTITY);
  });

  test.each<[string, Partial<ExperimentDefinition>]>([
    ['an option', { options: { ...DEFINITION.options, eta: 1 } }],
    ['hard prompts', { hard: { count: 1, lossAbove: 0.5 } }],
    ['the order of seeds, and so of jobs', { searchSeeds: [1, 0] }],
    ['the source', { prompts: { from: 'world', count: 3, seed: 2 } }],
    ['a run', { runs: [{ ...RUN, options: { budget: 4 } }] }],
  ])('knows %s', (_, change) => {
    expect(definitionIdentity({ ...DEFINITION, ...change })).not.toBe(IDENTITY);
  });
});

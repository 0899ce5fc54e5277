import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { namedScorerPaths, openScorers, type ScorerOptions } from './open-scorers.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');
const [one, two, three] = ['sd1', 'sd2', 'sdxl'].map((model) => join(FIXTURES, model, 'scorer'));
const { tokenizer } = await openDiffusersFolder(join(FIXTURES, 'sd1'));

const opened = (options: ScorerOptions) =>
  openScorers(options, { own: () => one, tokenizer, locate: (name) => name });

describe('openScorers()', () => {
  test('calls scorers whose folders have one name by the folders above too', async () => {
    const { scorers, heldOut } = await opened({
      scorer: [one, { scorer: two, weight: 0.5 }],
      heldOutScorer: three,
    });
    expect(scorers.map(({ scorer, weight }) => [scorer.name, weight])).toEqual([
      ['sd1/scorer', undefined],
      ['sd2/scorer', 0.5],
    ]);
    expect(heldOut!.scorer.name).toBe('sdxl/scorer');
    expect(heldOut!.source).toBe(three);
  });

  test('leaves a name alone that is the only one', async () => {
    expect((await opened({})).scorers.map(({ scorer }) => scorer.name)).toEqual(['scorer']);
    const { scorers } = await opened({ scorer: [one, one] });
    expect(scorers.map(({ scorer }) => scorer.name)).toEqual(['scorer', 'scorer']);
    expect(scorers[0]!.scorer).toBe(scorers[1]!.scorer);
  });
});

test('namedScorerPaths() gives what somebody named, each once', () => {
  const own = { name: 'mine', losses: async () => [] };
  expect(namedScorerPaths({})).toEqual([]);
  expect(namedScorerPaths({ scorer: 'a', heldOutScorer: own })).toEqual(['a']);
  expect(
    namedScorerPaths({ scorer: [own, { scorer: 'a', weight: 2 }, 'b', 'a'], heldOutScorer: 'c' }),
  ).toEqual(['a', 'b', 'c']);
});

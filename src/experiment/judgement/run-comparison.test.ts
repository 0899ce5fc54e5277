import { describe, expect, it } from 'vitest';
import { answersFile } from '../../../tests/experiment/judge-answers.ts';
import { JUDGED_PAIRS } from '../../../tests/experiment/judged-scenes.ts';
import type { JudgementPair } from './judgement-pair.ts';
import { judgementSheet } from './judgement-sheet.ts';
import { readAnswers } from './read-answers.ts';
import { compareRuns } from './run-comparison.ts';

function comparisonOf(pairs: readonly JudgementPair[], runs: readonly string[], judges: readonly string[]) {
  const { key } = judgementSheet(pairs, { title: 't', experiment: 'e', seed: 1 });
  const texts = judges.map((name) => ({ name, text: JSON.stringify(answersFile(key, name)) }));
  return compareRuns(runs, readAnswers(texts, key), key);
}

const outcomesOf = (...of: Parameters<typeof comparisonOf>) =>
  comparisonOf(...of).map(({ outcomes }) => outcomes);

describe('compareRuns()', () => {
  const runs = ['hybrid-run', 'evolution-run'];

  it('compares prompt by prompt and judge by judge, whatever the sides were', () => {
    // The cat and the car: 3 of 4 hits against 1. The tree and the star: 2 of 4 in both, one of them as it was.
    const won = { prompts: 2, comparisons: 4, wins: 2, draws: 2, losses: 0 };
    expect(outcomesOf(JUDGED_PAIRS, runs, ['Ann', 'Bob'])).toMatchObject([won]);
    expect(outcomesOf(JUDGED_PAIRS, [...runs].reverse(), ['Ann', 'Bob'])).toMatchObject([
      { ...won, wins: 0, losses: 2 },
    ]);
  });

  it('compares every two runs, and no attack', () => {
    const pairs = JUDGED_PAIRS.flatMap((pair) => [pair, { ...pair, run: `${pair.run}-again` }]);
    const names = [...runs, 'hybrid-run-again'];
    const compared = comparisonOf(pairs, names, ['Ann']);
    expect(compared.map(({ first, second }) => [first, second])).toEqual([
      ['hybrid-run', 'evolution-run'],
      ['hybrid-run', 'hybrid-run-again'],
      ['evolution-run', 'hybrid-run-again'],
    ]);
    expect(compared[1].outcomes).toMatchObject({ wins: 0, draws: 2, losses: 0 });
    expect(outcomesOf(JUDGED_PAIRS, ['attack-run', 'hybrid-run'], ['Ann'])).toMatchObject([
      { comparisons: 0 },
    ]);
  });

  it('leaves out a prompt that only one of them has', () => {
    const pairs = JUDGED_PAIRS.filter(({ id }) => id !== 'evolution-run/0');
    expect(outcomesOf(pairs, runs, ['Ann'])).toMatchObject([{ prompts: 1, comparisons: 1, draws: 1 }]);
  });

  it('has a draw of each judge where both left the prompt unchanged', () => {
    const unchanged = JUDGED_PAIRS.find(({ id }) => id === 'evolution-run/1')!;
    const further = [2, 3, 4].flatMap((place) =>
      runs.map((run) => ({ ...unchanged, run, id: `${run}/${place}`, prompt: `prompt ${place}` })),
    );
    expect(outcomesOf([...JUDGED_PAIRS, ...further], runs, ['Ann', 'Bob'])).toMatchObject([
      { prompts: 5, comparisons: 10, wins: 2, draws: 8, losses: 0 },
    ]);
    // Where only one of them found nothing, a judge has to say what the other found.
    const one = further.filter(({ run }) => run === 'hybrid-run');
    expect(outcomesOf([...JUDGED_PAIRS, ...one], runs, ['Ann'])).toMatchObject([
      { prompts: 2, comparisons: 2 },
    ]);
  });
});

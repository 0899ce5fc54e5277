/** @file The calibration of `npm run similarity:calibrate`: its substituted prompts, and what it computes of similarities. */
import { describe, expect, it } from 'vitest';
import { LABELS, substitutedPrompts } from '../../bench/similarity/substituted-prompts.ts';
import {
  balancedAccuracy,
  bestThreshold,
  type Measured,
  passing,
  rocArea,
} from '../../bench/similarity/threshold-table.ts';

const PROMPTS = new URL('../fixtures/words/prompts.json', import.meta.url);

describe('substitutedPrompts()', async () => {
  const prompts = await substitutedPrompts(PROMPTS);

  it('gives hundreds of each label, for one, two and three words, the same each time', async () => {
    for (const label of LABELS) {
      for (const words of [1, 2, 3]) {
        const some = prompts.filter((one) => one.label === label && one.words === words);
        expect(some.length, `${label} ${words}`).toBeGreaterThan(400);
        expect(some.every(({ prompt, substituted }) => prompt !== substituted)).toBe(true);
      }
    }
    expect(await substitutedPrompts(PROMPTS)).toEqual(prompts);
    expect(await substitutedPrompts(PROMPTS, 1)).not.toEqual(prompts);
  });
});

describe('the table of thresholds', () => {
  const row = (label: Measured['label'], similarity: number, words = 1): Measured => ({
    label,
    similarity,
    words,
  });
  const rows = [
    row('kept', 0.9),
    row('kept', 0.7),
    row('close', 0.1),
    row('contrast', 0.8),
    row('wrong', 0.6),
  ];

  it('counts what passes at or above a threshold', () => {
    expect(passing(rows, 0.8)).toBe(2 / 5);
  });

  it('weighs kept against changed, and leaves close ones out', () => {
    expect(balancedAccuracy(rows, 0.85)).toBe(0.75);
    expect(rocArea(rows)).toBe(0.75);
    expect(rocArea([row('kept', 0.5), row('wrong', 0.5)])).toBe(0.5);
  });

  it('takes the best mean over the numbers of words, and of equals the highest', () => {
    const more = [...rows, row('kept', 0.66, 2), row('contrast', 0.64, 2)];
    expect(bestThreshold(rows, [0.5, 0.65, 0.85])).toBe(0.85);
    expect(bestThreshold(more, [0.5, 0.65, 0.85])).toBe(0.65);
  });
});

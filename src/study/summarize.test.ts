import { describe, expect, it } from 'vitest';
import type { ScoredPrompt, StudyResult } from './study-result.ts';
import { summarize } from './summarize.ts';

const PROMPT = 'a red cat';

function scored(fields: Partial<ScoredPrompt>): ScoredPrompt {
  return { prompt: PROMPT, negativePrompt: '', loss: 0.5, heldOutLoss: 0.5, ...fields };
}

function sentence(fields: Partial<Omit<StudyResult, 'summary' | 'settings'>>): string {
  return summarize({
    task: 'improve',
    search: fields.task === 'attack' ? 'positive' : 'negative',
    prompt: PROMPT,
    scorer: 'scorer',
    original: scored({}),
    best: scored({ negativePrompt: 'blue', loss: 0.41 }),
    seeds: [0, 1],
    heldOutSeeds: [2, 3, 4, 5],
    searchSeed: 0,
    evaluations: 9,
    unetCalls: 0,
    gradientIterations: 0,
    seconds: 1,
    stoppedBy: 'budget',
    runDir: null,
    method: 'hybrid',
    heldOutDifference: { mean: 0.004, interval: [-0.05, 0.058] },
    ...fields,
  });
}

const REJECTED = { rejected: 57, minSimilarity: 0.88, similarityModel: 'all-MiniLM-L6-v2' };

const ATTACK = {
  task: 'attack',
  best: scored({ prompt: 'a scarlet cat', loss: 0.83 }),
} as const;

describe('what was sought and not found', () => {
  it.each([
    [
      'improve',
      'positive',
      'No substitution made these pictures follow the prompt better; 8 others were tried.',
    ],
    [
      'improve',
      'both',
      'No change of the two prompts made these pictures follow the prompt better; 8 others were tried.',
    ],
    [
      'attack',
      'negative',
      'No negative prompt made these pictures follow the prompt worse; 8 others were tried.',
    ],
  ] as const)('is named, to %s the %s prompt', (task, search, text) => {
    expect(sentence({ task, search, best: scored({}) })).toBe(text);
  });
});

describe('the summary', () => {
  it.each([
    [
      'no difference elsewhere',
      {},
      'Repairs these pictures (mean loss 0.500 → 0.410 on seeds 0, 1). On 4 other seeds: no measurable difference (+0.004, 95 % interval −0.050 to +0.058).',
    ],
    [
      'an effect that carries over',
      { heldOutDifference: { mean: -0.06, interval: [-0.1, -0.02] } },
      'Repairs these pictures (mean loss 0.500 → 0.410 on seeds 0, 1). On 4 other seeds: the loss is lower there too (−0.060, 95 % interval −0.100 to −0.020).',
    ],
    [
      'harm elsewhere',
      { heldOutDifference: { mean: 0.06, interval: [0.02, 0.1] } },
      'Repairs these pictures (mean loss 0.500 → 0.410 on seeds 0, 1). On 4 other seeds: the loss is higher there (+0.060, 95 % interval +0.020 to +0.100).',
    ],
    [
      'one picture and one other seed',
      { seeds: [7], heldOutSeeds: [8], heldOutDifference: { mean: -0.0001, interval: null } },
      'Repairs this picture (mean loss 0.500 → 0.410 on seed 7). On 1 other seed: +0.000 in loss, from one seed alone.',
    ],
    [
      'no other seeds',
      { heldOutSeeds: [], heldOutDifference: null },
      'Repairs these pictures (mean loss 0.500 → 0.410 on seeds 0, 1). Whether it helps on other seeds was not measured.',
    ],
    [
      'an original that could not be scored',
      { original: scored({ loss: null }), heldOutDifference: null },
      'Repairs these pictures (mean loss none → 0.410 on seeds 0, 1). Whether it helps on other seeds was not measured.',
    ],
    [
      'an attack that works elsewhere',
      { ...ATTACK, heldOutDifference: { mean: 0.2, interval: [0.1, 0.3] } },
      'Breaks these pictures (mean loss 0.500 → 0.830 on seeds 0, 1). On 4 other seeds: the loss is higher there too (+0.200, 95 % interval +0.100 to +0.300).',
    ],
    [
      'an attack that helps elsewhere',
      { ...ATTACK, heldOutDifference: { mean: -0.2, interval: [-0.3, -0.1] } },
      'Breaks these pictures (mean loss 0.500 → 0.830 on seeds 0, 1). On 4 other seeds: the loss is lower there (−0.200, 95 % interval −0.300 to −0.100).',
    ],
    [
      'an attack that was not tried elsewhere',
      { ...ATTACK, seeds: [0], heldOutDifference: null },
      'Breaks this picture (mean loss 0.500 → 0.830 on seed 0). Whether it does so on other seeds was not measured.',
    ],
    [
      'nothing better',
      { best: scored({}) },
      'No negative prompt made these pictures follow the prompt better; 8 others were tried.',
    ],
    [
      'nothing better among two',
      { best: scored({}), evaluations: 2, seeds: [0] },
      'No negative prompt made this picture follow the prompt better; 1 other was tried.',
    ],
    [
      'nothing tried',
      { best: scored({}), evaluations: 1 },
      'No negative prompt made these pictures follow the prompt better; only the original was tried.',
    ],
    [
      'an attack that failed',
      { task: 'attack', best: scored({}) },
      'No substitution made these pictures follow the prompt worse; 8 others were tried.',
    ],
    [
      'nothing that could be scored',
      { original: scored({ loss: null }), best: scored({ loss: null }), evaluations: 3 },
      'Nothing could be scored, so there is no result.',
    ],
    [
      'a study that never began',
      { original: scored({ loss: null }), best: scored({ loss: null }), evaluations: 0 },
      'The study was stopped before the first evaluation, so there is no result.',
    ],
  ] satisfies readonly (readonly [string, Partial<StudyResult>, string])[])(
    'of %s',
    (_, fields, expected) => {
      expect(sentence(fields)).toBe(expected);
    },
  );
});

describe('what the held-out scorer says', () => {
  const judged = (
    verdict: 'agrees' | 'disagrees' | 'undecided' | null,
    losses: readonly (number | null)[],
  ) => {
    const [before, after] = [losses.slice(0, 2), losses.slice(2)].map(([loss, heldOutLoss]) => ({
      heldOutScorer: { loss: loss ?? null, heldOutLoss: heldOutLoss ?? null },
    }));
    const none = { searchedDifference: null, heldOutDifference: null };
    return sentence({
      original: scored(before),
      best: scored({ negativePrompt: 'blue', loss: 0.41, ...after }),
      heldOutScorer: { name: 'judge', verdict, ...none },
    });
  };

  it.each([
    [
      judged('agrees', [0.8, 0.81, 0.75, 0.76]),
      / The held-out scorer judge agrees \(mean loss 0\.800 → 0\.750 on the searched seeds, mean loss 0\.810 → 0\.760 on the held-out seeds\)\.$/,
    ],
    [
      judged('disagrees', [0.8, null, 0.85, null]),
      / The held-out scorer judge disagrees \(mean loss 0\.800 → 0\.850 on the searched seeds\): the search may have gamed its scorer\.$/,
    ],
    [judged('undecided', [0.8, null, 0.8, null]), / The held-out scorer judge sees no difference \(/],
    [judged(null, []), / The held-out scorer judge was not asked\.$/],
  ])('is quoted: %s', (text, expected) => {
    expect(text).toMatch(expected);
  });

  it('says how many candidates of an attack were rejected, and by what', () => {
    const rejected = '57 candidates were rejected as too unlike the prompt (below 0.88 by all-MiniLM-L6-v2).';
    expect(sentence({ ...ATTACK, ...REJECTED }).endsWith(` ${rejected}`)).toBe(true);
    expect(sentence({ ...ATTACK, ...REJECTED, rejected: 0 })).not.toContain('rejected');
    const nothing = { ...ATTACK, ...REJECTED, best: scored({}) };
    expect(sentence(nothing)).toBe(
      `No substitution made these pictures follow the prompt worse; 8 others were tried. ${rejected}`,
    );
    expect(sentence({ ...nothing, evaluations: 1 })).toMatch(
      /only the original was tried\. 57 candidates .* A lower --min-similarity/,
    );
  });
});

describe('a study for a prompt', () => {
  const PROMPT_STUDY = { for: 'prompt', seeds: [0, 1, 2] } as const;

  it('says that the searched seeds flatter it, and that nothing better was found where the interval holds 0', () => {
    expect(sentence({ ...PROMPT_STUDY, foundBetter: false })).toBe(
      'Lowers the mean loss on the 3 searched seeds (0.500 → 0.410), which flatters it, because it was chosen by them. Nothing better than the original was found for seeds that the search never saw; this is the best of what was tried. On 4 other seeds: no measurable difference (+0.004, 95 % interval −0.050 to +0.058).',
    );
  });

  it('says that it is better elsewhere too where the interval lies below 0', () => {
    const heldOutDifference = { mean: -0.05, interval: [-0.08, -0.02] } as const;
    expect(sentence({ ...PROMPT_STUDY, foundBetter: true, heldOutDifference })).toBe(
      'Lowers the mean loss on the 3 searched seeds (0.500 → 0.410), which flatters it, because it was chosen by them. On 4 other seeds: the loss is lower there too (−0.050, 95 % interval −0.080 to −0.020).',
    );
  });

  it('says how many were tried where the original is the best', () => {
    expect(sentence({ ...PROMPT_STUDY, best: scored({}), foundBetter: false })).toBe(
      'Nothing better than the original was found on the 3 searched seeds; 8 others were tried.',
    );
  });
});

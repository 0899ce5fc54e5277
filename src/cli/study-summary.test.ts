import { describe, expect, test } from 'vitest';
import { studyResult } from '../../tests/cli/study-events.ts';
import type { WordEffect } from '../study/word-effect.ts';
import { generateCommandLine } from './generate-command-line.ts';
import { studySummary } from './study-summary.ts';

describe('studySummary()', () => {
  test('gives the negative prompt on a line of its own, the losses, the honest sentence and what to do next', () => {
    expect(studySummary(studyResult(), 'npx dpo-diff generate …')).toBe(`Best negative prompt:

blue, it's

Mean loss (lower is better)  original   best
searched seeds 0, 1             0.500  0.400
held-out seeds 2, 3             0.520  0.510

Repairs these pictures. On 2 other seeds: no measurable difference.

6 evaluations, 3 gradient iterations, 1,234 UNet calls in 1:05; the budget was spent.

Pictures and report:  runs/x/report.html
Generate with it:     npx dpo-diff generate …
`);
  });

  test('tells what each word did', () => {
    const words: WordEffect[] = [
      { word: 'dog', part: 'negative', effect: 0.0123, interval: [-0.001, 0.025] },
      { word: 'crimson', insteadOf: 'red', part: 'positive', effect: -0.0004, interval: null },
    ];
    const text = (wordEffects: readonly WordEffect[], task: 'improve' | 'attack' = 'improve') =>
      studySummary(studyResult({ wordEffects, task }), '');
    expect(text(words)).toContain(`
Loss without the word (above 0: it helped)  searched     95 % interval
dog                                           +0.012  −0.001 to +0.025
red → crimson                                 +0.000                 –
`);
    const heldOut = words.map((word) => ({
      ...word,
      heldOutEffect: 0.1,
      heldOutInterval: [0, 0.2] as const,
    }));
    expect(text([heldOut[0], words[1]], 'attack')).toContain(`
Loss without the word (above 0: it helped the attack)  searched     95 % interval  held-out     95 % interval
dog                                                      +0.012  −0.001 to +0.025    +0.100  +0.000 to +0.200
red → crimson                                            +0.000                 –         –                 –
`);
    expect(text([])).not.toContain('Loss without the word');
  });

  test.each([
    ['improve', 'both', 'Best prompt:\n\na crimson cat\n\nBest negative prompt:\n\ndog\n\nMean loss'],
    ['improve', 'positive', 'Best prompt:\n\na crimson cat\n\nMean loss'],
    ['attack', 'negative', 'Negative prompt that breaks the pictures:\n\ndog\n\nMean loss'],
    [
      'attack',
      'both',
      'Prompt that breaks the pictures (similarity to yours 0.950):\n\na crimson cat\n\nNegative prompt that breaks the pictures:\n\ndog\n\n',
    ],
  ] as const)('gives what was found, to %s, in the searched prompts: %s', (task, search, text) => {
    const { best, original } = studyResult();
    const similarity = task === 'attack' && search === 'both' ? { similarity: 0.95 } : {};
    const found = { ...best, prompt: 'a crimson cat', negativePrompt: 'dog', ...similarity };
    expect(studySummary(studyResult({ task, search, best: found }), '')).toContain(text);
    const none = studySummary(studyResult({ task, search, best: original }), '');
    expect(none).toMatch(/^No (better|breaking) (pair of prompts|prompt|negative prompt) was found\./);
  });

  test('says that the best has no negative prompt, where both were searched', () => {
    const { best } = studyResult();
    const found = { ...best, prompt: 'a crimson cat', negativePrompt: '' };
    expect(studySummary(studyResult({ search: 'both', best: found }), '')).toContain(
      'Best negative prompt:\n\n(none)\n',
    );
  });

  test('says what each scorer says, and what the one that was held out says', () => {
    const { original, best } = studyResult();
    const scorers = [{ scorer: 'B-32', weight: 1, loss: 0.4, heldOutLoss: 0.41 }];
    const parts = { scorers: [...scorers, { scorer: 'pick', weight: 0.5, loss: 0.2, heldOutLoss: 0.21 }] };
    const text = studySummary(
      studyResult({
        original: { ...original, ...parts, heldOutScorer: { loss: 0.7, heldOutLoss: 0.71 } },
        best: { ...best, ...parts, heldOutScorer: { loss: 0.72, heldOutLoss: null } },
        heldOutScorer: {
          name: 'judge',
          searchedDifference: null,
          heldOutDifference: null,
          verdict: 'disagrees',
        },
      }),
      '',
    );
    expect(text).toContain(`searched seeds 0, 1                       0.500  0.400
  B-32                                    0.400  0.400
  pick, weight 0.5                        0.200  0.200
held-out seeds 2, 3                       0.520  0.510
  B-32                                    0.410  0.410
  pick, weight 0.5                        0.210  0.210
held-out scorer judge, searched seeds     0.700  0.720
held-out scorer judge, held-out seeds     0.710      –
`);
  });

  test('does not speak of seeds that were not looked at, nor of a find where there was none', () => {
    const { original } = studyResult();
    const same = { ...original, heldOutLoss: null };
    const text = studySummary(studyResult({ original: same, best: same, stoppedBy: 'aborted' }), 'command');
    expect(text).toContain('No better negative prompt was found.');
    expect(text).not.toContain('held-out seeds');
    expect(text).not.toContain('command');
    expect(text).toContain('it was stopped.');
  });

  test('shortens many seeds to a range', () => {
    const heldOutSeeds = Array.from({ length: 30 }, (_, i) => i + 2);
    expect(studySummary(studyResult({ heldOutSeeds }), 'command')).toContain('held-out seeds 2–31 ');
  });

  test('says that nothing was scored when nothing was', () => {
    const none = { prompt: 'a red cat', negativePrompt: '', loss: null, heldOutLoss: null };
    const text = studySummary(
      studyResult({ original: none, best: none, summary: 'Nothing could be scored.' }),
      '',
    );
    expect(text).toContain('Nothing could be scored.');
    expect(text).not.toContain('Mean loss');
  });

  test('speaks of an attack as one', () => {
    const best = {
      prompt: 'a crimson cat',
      negativePrompt: '',
      loss: 0.9,
      heldOutLoss: 0.8,
      similarity: 0.93,
    };
    const text = studySummary(studyResult({ task: 'attack', best }), 'command');
    expect(text).toContain('Prompt that breaks the pictures (similarity to yours 0.930):\n\na crimson cat\n');
    expect(text).toContain('higher is worse for the model');
  });
});

describe('generateCommandLine()', () => {
  test('makes the same pictures again, quoted for a shell', () => {
    const options = {
      ...({
        model: '/my models/x',
        scorer: ['/clip', '/pick:0.5'],
        loss: 'cosine',
        steps: 20,
        device: 'cpu',
        memory: 'low',
        eta: 0.5,
      } as const),
      size: { width: 64, height: 32 },
      budget: 9,
    };
    expect(generateCommandLine(studyResult(), options)).toBe(
      `npx dpo-diff generate 'a red cat' --negative 'blue, it'\\''s' --seeds 0,1 --model '/my models/x' --loss cosine --steps 20 --eta 0.5 --device cpu --memory low --scorer /clip --scorer /pick:0.5 --size 64x32`,
    );
  });

  test('carries tiles and the will to start in any case', () => {
    const options = { vaeTiling: 'on', ignoreMemory: true } as const;
    expect(generateCommandLine(studyResult(), options)).toMatch(/ --vae-tiling on --ignore-memory$/);
  });

  test('carries the sampler', () => {
    const options = { scheduler: 'unipc', karras: true, spacing: 'trailing' } as const;
    expect(generateCommandLine(studyResult(), options)).toMatch(
      / --scheduler unipc --spacing trailing --karras$/,
    );
  });

  test('puts a prompt that looks like an option last', () => {
    const best = { ...studyResult().best, prompt: '-x', negativePrompt: '' };
    expect(generateCommandLine(studyResult({ best }), {})).toBe('npx dpo-diff generate --seeds 0,1 -- -x');
  });
});

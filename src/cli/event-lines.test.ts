import { describe, expect, test } from 'vitest';
import { candidate, STARTED } from '../../tests/cli/study-events.ts';
import { EventLines } from './event-lines.ts';

describe('EventLines', () => {
  test('names the sampler where it is not the usual one', () => {
    const linesWith = (settings: Partial<typeof STARTED.settings>) =>
      new EventLines(false).of({ ...STARTED, settings: { ...STARTED.settings, ...settings } }).join('\n');
    expect(linesWith({})).toContain('64x64 pixels, 10 steps, guidance 7.5');
    const heun = { scheduler: 'heun', sampler: 'Heun', guidedSteps: 19 } as const;
    expect(linesWith(heun)).toContain('10 steps of Heun, guidance');
    expect(linesWith({ ...heun, karrasSigmas: true })).toContain('10 steps of Heun Karras, guidance');
  });

  test('says both prompts of a candidate where both are searched, and what the library adds', () => {
    const choices = [{ text: 'dog', source: 'test', relation: 'test', score: 1 }];
    const slots = (['negative', 'positive'] as const).map((part) => ({
      text: 'cat',
      start: 6,
      part,
      choices,
    }));
    const lines = new EventLines(true);
    const library = [{ theme: 'quality', choices }];
    const started = { ...STARTED, space: { ...STARTED.space, slots, library }, choices: [[''], [''], ['']] };
    expect(lines.of(started)[0]).toBe(
      'Searching substitutes and a negative prompt for "a red cat": 2 slots and 1 slot of the library, 1 combination.',
    );
    expect(lines.of(candidate(0, 0.5))[1]).toContain('  "a red cat" without a negative prompt');
    expect(lines.of(candidate(1, 0.5, { prompt: 'a red dog' }))[1]).toContain('  "a red dog" negative "dog"');
    expect(lines.of(candidate(2, 0.5, { negativePrompt: '' }))[0]).toContain(
      '  "a red cat" without a negative prompt',
    );
  });

  test('says what each of several scorers says', () => {
    const scorers = [
      { scorer: 'ViT-B-32', weight: 1, loss: 0.4 },
      { scorer: 'PickScore', weight: 0.5, loss: 0.2 },
    ];
    expect(new EventLines(true).of(candidate(1, 0.5, { scorers }))).toEqual([
      'Evolution:',
      '    2  loss 0.500 (ViT-B-32 0.400, PickScore 0.200)  "dog"',
    ]);
  });

  test('says who was stopped early, and what exact pictures say', () => {
    const lines = new EventLines(true);
    lines.of(STARTED);
    expect(lines.of(candidate(1, null, { invalid: null, pruned: { loss: 0.61 } }))).toEqual([
      'Evolution:',
      '    2  stopped early at loss 0.610  "dog"',
    ]);
    expect(new EventLines(false).of(candidate(1, null, { invalid: null, pruned: { loss: 0.61 } }))).toEqual([
      'Evolution:',
    ]);
    const confirmed = {
      ...{
        type: 'confirmation' as const,
        index: 0,
        prompt: 'a red cat',
        negativePrompt: '',
        candidate: [0, 0],
      },
      ...{ searchLoss: 0.52, loss: 0.5, losses: [0.5], invalid: null, seconds: 1 },
    };
    expect(lines.of(confirmed)).toEqual([
      'The best once more, with exact pictures.',
      '       loss 0.500 (0.520 in the search)  without a negative prompt',
    ]);
    expect(
      lines.of({ ...confirmed, index: 1, negativePrompt: 'dog', loss: null, invalid: 'it is black' }),
    ).toEqual(['       not counted: it is black (0.520 in the search)  "dog"']);
  });

  test('says what a study is for and how its candidates race', () => {
    const [, , line] = new EventLines(false).of({
      ...STARTED,
      seeds: [0, 1, 2],
      for: 'prompt',
      seedLooks: [2],
    });
    expect(line).toBe(
      'For a prompt, which is to work on seeds that it never saw; a candidate is looked at on 2 of the 3 seeds, and stopped where it can hardly win.',
    );
    expect(new EventLines(false).of({ ...STARTED, for: 'prompt' })[2]).toMatch(
      /; every candidate sees all seeds\.$/,
    );
    expect(new EventLines(false).of({ ...STARTED, seedLooks: [2] })[2]).toMatch(
      /^Race over seeds: a candidate/,
    );
  });

  test('says once that words are left out', () => {
    const lines = new EventLines(false);
    const ablated = { type: 'sampling', phase: 'ablation', guidedSteps: 1 } as const;
    expect([lines.of(ablated), lines.of(ablated)]).toEqual([['Leaving out one word after the other.'], []]);
  });
});

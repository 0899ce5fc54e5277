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
});

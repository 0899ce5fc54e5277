import { describe, expect, test } from 'vitest';
import { STARTED } from '../../tests/cli/study-events.ts';
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
});

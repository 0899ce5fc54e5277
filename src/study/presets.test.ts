import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRESET_NAMES } from './preset-names.ts';
import { presetTable } from './preset-table.ts';
import { PRESETS, presetCalls, withPreset } from './presets.ts';

describe('withPreset()', () => {
  it('lets what is given win, one by one in the groups, and leaves the rest alone', () => {
    expect(
      withPreset({
        preset: 'balanced',
        budget: 25,
        gradient: { momentum: 0.1 },
        confirm: undefined as never,
      }),
    ).toEqual({ ...PRESETS.balanced, budget: 25, gradient: { ...PRESETS.balanced.gradient, momentum: 0.1 } });
    expect(withPreset({ budget: 3 })).toEqual({ budget: 3 });
  });

  it('refuses a preset that there is not', () => {
    expect(() => withPreset({ preset: 'toString' as never })).toThrow(
      'The preset must be one of paper, quick, balanced, thorough, got toString.',
    );
  });
});

describe('the presets', () => {
  it('cost what docs/presets.md says', () => {
    const page = readFileSync(new URL('../../docs/presets.md', import.meta.url), 'utf8');
    expect(page).toContain(presetTable());
  });

  it('are the paper, and others from cheap to costly, of which balanced is at most a quarter of it', () => {
    expect(PRESET_NAMES).toEqual(['paper', 'quick', 'balanced', 'thorough']);
    const [paper, ...others] = PRESET_NAMES.map((name) => presetCalls(name, 50));
    expect(others.toSorted((a, b) => a - b)).toEqual(others);
    expect(others[1]).toBeLessThanOrEqual(paper / 4);
  });
});

import { describe, expect, it } from 'vitest';
import type { CliOptions } from './shared-options.ts';
import { unusedOptionWarnings } from './unused-options.ts';

describe('unusedOptionWarnings()', () => {
  it.each<[CliOptions, string[]]>([
    [
      { confirm: 3 },
      [
        '--confirm has nothing to do without --search-steps, --search-scheduler, --share-prefix or --share-positive.',
      ],
    ],
    [{ confirm: 3, searchSteps: 4 }, []],
    [{ confirm: 3, sharePrefix: 0.2 }, []],
    [{ raceKeep: 0.4 }, ['--race-keep has nothing to do without --race-at.']],
    [{ raceKeep: 0.4, raceAt: [0.5] }, []],
    [{ librarySlots: 2 }, ['--library-slots has nothing to do without library among the names of --space.']],
    [{ librarySlots: 2, space: 'antonym' }, [expect.stringContaining('--library-slots')]],
    [{ librarySlots: 2, space: 'antonym+library' }, []],
    [
      { method: 'random', gradientStepIndex: 4, iterations: 2 },
      [
        '--iterations has nothing to do with --method random, which follows no gradient.',
        '--gradient-step-index has nothing to do with --method random, which follows no gradient.',
      ],
    ],
    [{ method: 'hybrid', gradientSteps: 2 }, []],
    [{ gradientSteps: 2 }, []],
    [{}, []],
  ])('%j', (options, warnings) => {
    expect(unusedOptionWarnings(options)).toEqual(warnings);
  });
});

import { describe, expect, it } from 'vitest';
import { accelerationArguments, accelerationTexts } from './acceleration-texts.ts';
import { NO_ACCELERATION } from './resolve-acceleration.ts';
import type { RecordedAcceleration } from './study-event.ts';

const RECORDED: RecordedAcceleration = {
  ...NO_ACCELERATION,
  ...{ steps: 15, scheduler: 'dpm++2m', sampler: 'DPM++ 2M', guidedSteps: 15 },
  ...{
    gradientRefresh: 'never',
    looks: [6, 9],
    prefix: 2,
    positiveFrom: 4,
    confirm: 3,
    confirmsOriginal: true,
  },
  costs: { original: 0.3, candidate: 0.24 },
};
const EXACT = { steps: 50, scheduler: 'ddim' };

describe('short cuts as text', () => {
  it('ask for the same again', () => {
    expect(accelerationArguments(RECORDED, EXACT).join(' ')).toBe(
      '--gradient-refresh never --race-at 6,9 --race-keep 0.5 --search-steps 15 --search-scheduler dpm++2m --share-prefix 2 --share-positive 4 --confirm 3',
    );
    const refreshed = {
      ...RECORDED,
      ...NO_ACCELERATION,
      gradientRefresh: 5,
      ...EXACT,
      scheduler: 'ddim',
    } as const;
    expect(accelerationArguments(refreshed, EXACT)).toEqual(['--gradient-refresh', '5']);
    expect(accelerationArguments(undefined, EXACT)).toEqual([]);
  });

  it('say what is done', () => {
    expect(accelerationTexts(RECORDED)).toEqual([
      "the search's pictures take 15 steps of DPM++ 2M",
      "gradients at the original's latents",
      'races: 50 % go on after step 6, 9',
      "the first 2 steps are the original's",
      "the positive branch is the original's before step 4",
      'the best 3 are confirmed with exact pictures',
    ]);
    expect(accelerationTexts({ ...RECORDED, ...NO_ACCELERATION, gradientRefresh: 5 })).toEqual([
      "5 gradients at one sampling's latents",
    ]);
  });
});

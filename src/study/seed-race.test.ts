import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { QUICK_STUDY, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { loadPipeline } from './load-pipeline.ts';
import { PictureEvaluator } from './picture-evaluator.ts';
import { doublingLooks, isHopeless, SeedInstalments } from './seed-race.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

/** Standard normal numbers (Box and Muller). */
function normals(count: number, rng: MersenneTwister): number[] {
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - rng.float64()));
    return radius * Math.cos(2 * Math.PI * rng.float64());
  });
}

describe('isHopeless()', () => {
  const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 16 });

  it('never gives up one that is at least as good so far, nor one that was seen on one seed', () => {
    fc.assert(
      fc.property(differences, fc.nat(16), (seen, more) => {
        const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
        fc.pre(mean <= 0 || seen.length === 1);
        expect(isHopeless(seen, seen.length + more)).toBe(false);
      }),
    );
  });

  it('gives up one that is worse by the same on two seeds', () => {
    expect(isHopeless([0.1, 0.1], 8)).toBe(true);
  });

  it('gives up whoever is worse when nothing is left to be seen', () => {
    fc.assert(
      fc.property(differences, (seen) => {
        const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
        fc.pre(seen.length > 1 && mean > 1e-9);
        expect(isHopeless(seen, seen.length)).toBe(true);
      }),
    );
  });

  it('gives up sooner the fewer seeds are left', () => {
    fc.assert(
      fc.property(differences, fc.nat(20), fc.nat(20), (seen, left, more) => {
        fc.pre(isHopeless(seen, seen.length + left + more));
        expect(isHopeless(seen, seen.length + left)).toBe(true);
      }),
    );
  });

  it.each([
    [2, 8],
    [4, 8],
    [8, 16],
  ])('by %i of %i seeds, gives up about a tenth at most of those that would have won', (count, total) => {
    const rng = new MersenneTwister(1);
    let winners = 0;
    let stopped = 0;
    for (let trial = 0; trial < 20_000; trial++) {
      // As good as the best in truth; half of them win by chance.
      const all = normals(total, rng);
      if (all.reduce((sum, value) => sum + value, 0) >= 0) continue;
      winners += 1;
      if (isHopeless(all.slice(0, count), total)) stopped += 1;
    }
    expect(stopped / winners).toBeLessThan(0.11);
  });
});

describe('doublingLooks()', () => {
  it('looks at 2, 4, 8, … seeds, as long as some are left', () => {
    expect([1, 2, 3, 4, 8, 16].map(doublingLooks)).toEqual([[], [], [2], [2], [2, 4], [2, 4, 8]]);
  });
});

describe('SeedInstalments', () => {
  const settings = pipeline.settings({ steps: QUICK_STUDY.steps });
  const pairs = ['dog', 'green'].map((negativePrompt) => ({ prompt: STUDY_PROMPT, negativePrompt }));

  it('samples each picture once, and gives the pictures that all seeds at once would give', async () => {
    const seeds = [4, 1, 7];
    let steps = 0;
    const evaluator = new PictureEvaluator(pipeline, {
      ...{ settings, target: STUDY_PROMPT },
      onStep: (pictures) => {
        steps += pictures;
      },
    });
    const instalments = new SeedInstalments(evaluator, seeds);
    await instalments.first(2, [pairs[0]]);
    const both = await instalments.first(3, pairs);
    expect(steps).toBe(6 * QUICK_STUDY.steps);
    for (const [i, pair] of pairs.entries()) {
      const whole = await evaluator.evaluate(seeds.map((seed) => ({ ...pair, seed })));
      expect(both[i].map(({ loss }) => loss)).toEqual(whole.map(({ loss }) => loss));
      expect(both[i].map(({ request }) => request.seed)).toEqual(seeds);
    }
  });

  it('samples anew what was forgotten', async () => {
    let steps = 0;
    const count = (pictures: number) => {
      steps += pictures;
    };
    const evaluator = new PictureEvaluator(pipeline, { settings, target: STUDY_PROMPT, onStep: count });
    const instalments = new SeedInstalments(evaluator, [4]);
    await instalments.first(1, [pairs[0]]);
    instalments.forget(pairs[0]);
    await instalments.first(1, [pairs[0]]);
    expect(steps).toBe(2 * QUICK_STUDY.steps);
  });
});

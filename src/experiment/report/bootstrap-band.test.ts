import { describe, expect, it } from 'vitest';
import { pairedBootstrap } from '../../statistics/paired-bootstrap.ts';
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';
import { bootstrapBand } from './bootstrap-band.ts';

describe('bootstrapBand()', () => {
  const rng = new MersenneTwister(3);
  const curves = Array.from({ length: 30 }, () => Array.from({ length: 5 }, (_, i) => i + rng.float64()));

  it('is, at each point, close to the interval of that point alone', () => {
    const { mean, low, high } = bootstrapBand(curves);
    for (const point of [0, 4]) {
      const alone = pairedBootstrap(curves.map((curve) => curve[point]));
      expect(mean[point]).toBeCloseTo(alone.mean, 12);
      expect(low![point]).toBeCloseTo(alone.interval![0], 1);
      expect(high![point]).toBeCloseTo(alone.interval![1], 1);
    }
  });

  it('is the same for the same curves, and has no band for one prompt', () => {
    expect(bootstrapBand(curves)).toEqual(bootstrapBand(curves));
    expect(bootstrapBand([[1, 2]])).toEqual({ mean: [1, 2], low: null, high: null });
  });
});

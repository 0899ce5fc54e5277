import { describe, expect, it } from 'vitest';
import { fullSizeClip, fullSizeModel } from '../../tests/checkpoint/full-size-model.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { estimateMemory, MemoryEstimator } from './estimate-memory.ts';

const sd1 = await fullSizeModel('stable-diffusion-1');
const clip = fullSizeClip();
const way = (mode: 'fast' | 'balanced' | 'low', vaeTiling: 'on' | 'off' = 'off') => ({
  modeOf: () => mode,
  vaeTiling,
});
const GB = 1e9;

function storedBytes({ weights }: { readonly weights: WeightSource }): number {
  return [...weights.keys()].reduce((sum, key) => sum + weights.find(key)!.byteLength, 0);
}

describe('estimateMemory()', () => {
  it('takes the size that the model was trained for, and more memory for a gradient than for sampling', () => {
    const estimate = estimateMemory(sd1, [clip], way('balanced'));
    expect(estimate).toMatchObject({ width: 512, height: 512 });
    expect(estimate.gradientBytes).toBeGreaterThan(estimate.samplingBytes);
    // The weights alone: UNet, decoder, text encoder and CLIP in float32.
    expect(estimate.samplingBytes).toBeGreaterThan(5.8 * GB);
  });

  it('grows with the picture, and refuses what cannot be painted', () => {
    const bytes = [512, 768, 1024].map((width) => {
      const { samplingBytes } = estimateMemory(sd1, [], { ...way('low'), width, height: 512 });
      return samplingBytes;
    });
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(new Set(bytes).size).toBe(3);
    expect(() => estimateMemory(sd1, [], { ...way('low'), width: 500 })).toThrow(
      "The picture's width must be a multiple of 64 pixels, got 500.",
    );
  });
});

describe('a MemoryEstimator', () => {
  const at = (side: number, scorers = [clip]) =>
    new MemoryEstimator(sd1, scorers, { width: side, height: side });

  it('says that low memory takes less than balanced, and that no more than fast', () => {
    const estimator = at(512);
    for (const bytes of ['samplingBytes', 'gradientBytes'] as const) {
      const [fast, balanced, low] = (['fast', 'balanced', 'low'] as const).map((mode) =>
        estimator[bytes](way(mode)),
      );
      expect(low).toBeLessThan(balanced);
      expect(balanced).toBeLessThanOrEqual(fast);
    }
  });

  it('says that tiles take less where the picture is larger than one, and the same where it is not', () => {
    const [large, small] = [at(1024), at(512)];
    for (const mode of ['balanced', 'low'] as const) {
      const saved = large.gradientBytes(way(mode)) - large.gradientBytes(way(mode, 'on'));
      expect(saved).toBeGreaterThan(1.5 * GB);
      expect(small.samplingBytes(way(mode, 'on'))).toBe(small.samplingBytes(way(mode)));
    }
  });

  it('counts every scorer, a held-out one for sampling alone, and a second text encoder', async () => {
    const [one, two] = [at(512), at(512, [clip, fullSizeClip('other')])];
    // All but the table of embeddings, of which few rows are read.
    const weights = (428e6 - 49408 * 768) * 4;
    const more = two.samplingBytes(way('balanced')) - one.samplingBytes(way('balanced'));
    expect(Math.abs(more / weights - 1)).toBeLessThan(0.05);
    const judged = new MemoryEstimator(sd1, [clip], { judges: [fullSizeClip('judge')] });
    expect(judged.samplingBytes(way('balanced'))).toBe(two.samplingBytes(way('balanced')));
    expect(judged.gradientBytes(way('balanced'))).toBeLessThan(two.gradientBytes(way('balanced')));
    const xl = await fullSizeModel('stable-diffusion-xl', 'float16');
    const parts = [xl.textEncoder, xl.textEncoder2!, xl.unet, xl.vae].map(storedBytes);
    const total = parts.reduce((sum, bytes) => sum + bytes, 0);
    const sampling = new MemoryEstimator(xl, [], { width: 256, height: 256 }).samplingBytes(way('balanced'));
    expect(sampling).toBeGreaterThan(total);
    expect(sampling - total).toBeLessThan(1 * GB);
  });

  it('counts parts of one tensor each, though they share its key', () => {
    const { weights } = sd1.unet;
    const shared: WeightSource = {
      name: weights.name,
      keys: () => weights.keys(),
      find: (key) => {
        const stored = weights.find(key);
        return stored && { ...stored, key: 'in_proj' };
      },
    };
    const renamed = { ...sd1, unet: { ...sd1.unet, weights: shared } };
    const bytes = (model: typeof sd1) =>
      new MemoryEstimator(model, []).samplingBytes({ modeOf: () => 'balanced', vaeTiling: 'off' });
    expect(bytes(renamed)).toBe(bytes(sd1));
  });
});

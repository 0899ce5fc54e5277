import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float16ToFloat32, float32ToFloat16 } from '../tensor/half-float.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { ScaledCotangent } from './scaled-cotangent.ts';

/** Multiplies by `factor`, each step rounded to a half, as a network in half precision does. */
const halfTimes = (factor: number, seen: number[] = []) => {
  const rounded = (values: Float32Array) => float16ToFloat32(float32ToFloat16(values));
  return async (cotangent: Float32Array) => {
    seen.push(cotangent.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    const data = rounded(rounded(cotangent).map((value) => value * factor));
    return { x: floatTensor([data.length], data) };
  };
};

describe('a scaled cotangent', () => {
  it('gives what no limit of range would give, for cotangents of any size', async () => {
    const size = fc.double({ min: -30, max: 30, noNaN: true });
    const digits = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(size, digits, async (exponent, values) => {
        const cotangent = Float32Array.from(values, (value, i) => value * 10 ** exponent * (-1) ** i);
        const { x } = await new ScaledCotangent('float16').run(cotangent, halfTimes(3));
        cotangent.forEach((value, i) => {
          expect(Math.abs(x.data[i] - 3 * value)).toBeLessThanOrEqual(2e-3 * Math.abs(3 * value));
        });
      }),
    );
  });

  it('is taken again at a smaller scale where it leaves the range, and stays there', async () => {
    const scaled = new ScaledCotangent('float16');
    const seen: number[] = [];
    const times = halfTimes(50_000, seen);
    const first = await scaled.run(Float32Array.of(1, -0.5), times);
    expect([...first.x.data].map((value) => Math.round(value / 500) * 500)).toEqual([50_000, -25_000]);
    expect(scaled.retries).toBe(1);
    await scaled.run(Float32Array.of(1, -0.5), times);
    expect(scaled.retries).toBe(1);
    expect(seen[2]).toBe(seen[1]);
    expect(seen[1]).toBe(seen[0] / 16);
  });

  it('says so where no scale helps', async () => {
    const scaled = new ScaledCotangent('float16');
    const nothing = async () => ({ x: floatTensor([1], [Number.NaN]) });
    await expect(scaled.run(Float32Array.of(1), nothing)).rejects.toThrow('--precision float32');
    const { x } = await scaled.run(Float32Array.of(2), halfTimes(2));
    expect(x.data[0]).toBe(4);
  });

  it('leaves float32, zeros and numbers that are none as they are', async () => {
    const same = async (cotangent: Float32Array) => ({ x: floatTensor([cotangent.length], cotangent) });
    const cases = [
      ['float32', Float32Array.of(1e-30, 3)],
      ['float16', Float32Array.of(0, 0)],
      ['float16', Float32Array.of(Number.NaN, 1)],
    ] as const;
    for (const [precision, cotangent] of cases) {
      const scaled = new ScaledCotangent(precision);
      expect((await scaled.run(cotangent, same)).x.data).toBe(cotangent);
      expect(scaled.retries).toBe(0);
    }
  });
});

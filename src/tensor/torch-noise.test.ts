import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import { TorchGenerator } from './torch-noise.ts';

const fixture = fileURLToPath(new URL('../../tests/fixtures/noise.safetensors', import.meta.url));
const references = await readSafetensors(fixture);

function largestError(values: Float32Array, expected: ArrayLike<number>): number {
  return values.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i]!)), 0);
}

describe('TorchGenerator.randn()', () => {
  it.each([...references.keys()])('equals %s of PyTorch', (name) => {
    const [, seed, shape, part] = /seed(\d+)\.([\dx]+)\.?(\w*)$/.exec(name)!;
    const expected = references.get(name)!.data;
    const noise = new TorchGenerator(BigInt(seed!)).randn(shape!.split('x').map(Number)).data;
    const values = part === 'tail' ? noise.slice(-expected.length) : noise.slice(0, expected.length);
    expect(largestError(values, expected)).toBeLessThan(1e-6);
  });

  it('goes on where the last draw ended, as the step noise of a sampler needs', () => {
    // 2x4x16x16 is drawn in blocks of 16, so two halves in a row are the same numbers.
    const whole = references.get('randn.seed42.2x4x16x16')!.data;
    const generator = new TorchGenerator(42);
    const halves = [generator.randn([1, 4, 16, 16]), generator.randn([1, 4, 16, 16])];
    expect(largestError(halves[0]!.data, whole.subarray(0, 1024))).toBeLessThan(1e-6);
    expect(largestError(halves[1]!.data, whole.subarray(1024))).toBeLessThan(1e-6);
  });

  it('keeps the second number of a pair for the next small draw', () => {
    const expected = references.get('randn.seed1.15')!.data;
    const generator = new TorchGenerator(1);
    const pieces = [[3], [1, 5], [], [6]].flatMap((shape) => [...generator.randn(shape).data]);
    expect(largestError(Float32Array.from(pieces), expected)).toBeLessThan(1e-6);
  });

  it('draws nothing for an empty shape', () => {
    const generator = new TorchGenerator(0);
    expect(generator.randn([0, 4]).data).toHaveLength(0);
    expect(generator.randn([4]).data[0]).toBeCloseTo(references.get('randn.seed0.4')!.data[0]!, 6);
  });
});

describe('a copy of a generator', () => {
  it('draws what the generator will, and moves apart from it', () => {
    const generator = new TorchGenerator(7);
    generator.randn([3]);
    const copy = generator.copy();
    const drawn = [copy.randn([5]), copy.randn([40])].map(({ data }) => [...data]);
    expect([generator.randn([5]), generator.randn([40])].map(({ data }) => [...data])).toEqual(drawn);
  });
});

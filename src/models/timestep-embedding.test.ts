import { expect, test } from 'vitest';
import { runGraph } from '../../tests/models/run-graph.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { type SinusoidOptions, sinusoids } from './timestep-embedding.ts';

const features = async (timesteps: readonly number[], options: SinusoidOptions) => {
  const timestep = floatTensor([timesteps.length], timesteps);
  return runGraph({ timestep }, (g, nodes) => sinusoids(g, nodes.timestep, options));
};

/** The formula in float64. */
function expected(timestep: number, channels: number, freqShift: number): { sin: number[]; cos: number[] } {
  const half = Math.floor(channels / 2);
  const angles = Array.from({ length: half }, (_, i) => timestep / 10_000 ** (i / (half - freqShift)));
  return { sin: angles.map(Math.sin), cos: angles.map(Math.cos) };
}

test.each([0, 1])('sinusoids() follows the formula with frequency shift %d', async (freqShift) => {
  const timesteps = [0, 1, 500, 999];
  const { data, shape } = await features(timesteps, { channels: 8, flipSinToCos: true, freqShift });
  expect(shape).toEqual([4, 8]);
  const wanted = timesteps.flatMap((timestep) => {
    const { sin, cos } = expected(timestep, 8, freqShift);
    return [...cos, ...sin];
  });
  // Angles reach 999, where float32 resolves 6e-5.
  wanted.forEach((value, i) => {
    expect(data[i]).toBeCloseTo(value, 3);
  });
});

test('sinusoids() puts sines first unless they are flipped, and pads an odd width with zero', async () => {
  const { data } = await features([3], { channels: 5, flipSinToCos: false, freqShift: 0 });
  const { sin, cos } = expected(3, 5, 0);
  [...sin, ...cos, 0].forEach((value, i) => {
    expect(data[i]).toBeCloseTo(value, 5);
  });
});

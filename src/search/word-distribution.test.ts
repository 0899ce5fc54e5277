import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneHot, spaceOf } from '../../tests/search/toy-problems.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { WordDistribution } from './word-distribution.ts';

const OPTIONS = { temperature: 1, originalLogit: 1, minLogit: 0, maxLogit: 3 };

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const zeros = (counts: readonly number[]) => counts.map((count) => new Float64Array(count));
const sum = (row: Float64Array) => row.reduce((a, b) => a + b, 0);

describe('WordDistribution', () => {
  it('starts with logit 1 for the original and 0 for the others', () => {
    const distribution = new WordDistribution(spaceOf([3, 1]), OPTIONS);
    expect(distribution.logits).toEqual([Float64Array.of(1, 0, 0), Float64Array.of(1)]);
    const e = Math.E;
    expect([...distribution.probabilities()[0]]).toEqual([e / (e + 2), 1 / (e + 2), 1 / (e + 2)].map(close));
  });

  it('relax() gives rows that add up to 1, at any temperature and with any noise', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.nat(),
        (counts, temperature, seed) => {
          const distribution = new WordDistribution(spaceOf(counts), { ...OPTIONS, temperature });
          const rows = distribution.relax(distribution.sampleGumbel(new MersenneTwister(seed)));
          for (const row of rows) {
            expect(sum(row)).toBeCloseTo(1, 12);
            expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
          }
        },
      ),
    );
  });

  it('relax() divides logits and noise by the temperature', () => {
    const distribution = new WordDistribution(spaceOf([2]), { ...OPTIONS, temperature: 0.5 });
    const [row] = distribution.relax([Float64Array.of(0.25, 0.5)]);
    expect(row[0]).toBeCloseTo(1 / (1 + Math.exp((0.5 - 1.25) / 0.5)), 12);
  });

  it('sampleGumbel() is finite even where the generator gives 0, and has the mean and variance of Gumbel noise', () => {
    const distribution = new WordDistribution(spaceOf([50_000]), OPTIONS);
    const lowest = distribution.sampleGumbel({ float64: () => 0, integer: () => 0 });
    expect(lowest[0].every(Number.isFinite)).toBe(true);
    const [noise] = distribution.sampleGumbel(new MersenneTwister(1));
    const mean = sum(noise) / noise.length;
    expect(mean).toBeCloseTo(0.5772, 1);
    expect(sum(noise.map((v) => (v - mean) ** 2)) / noise.length).toBeCloseTo(Math.PI ** 2 / 6, 1);
  });

  it('the arg max of noisy logits is distributed as probabilities() (the Gumbel-max property)', () => {
    const distribution = new WordDistribution(spaceOf([3]), OPTIONS);
    distribution.shift([Float64Array.of(0, 0.5, 2)]);
    const rng = new MersenneTwister(2);
    const counts = [0, 0, 0];
    for (let i = 0; i < 20_000; i++) {
      const [row] = distribution.relax(distribution.sampleGumbel(rng));
      counts[row.indexOf(Math.max(...row))] += 1;
    }
    const [expected] = distribution.probabilities();
    for (const [choice, count] of counts.entries()) expect(count / 20_000).toBeCloseTo(expected[choice], 1.5);
  });

  it('logitGradient() equals central differences of a loss of the relaxed words', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.constantFrom(0.3, 1, 2), (counts, seed, temperature) => {
        const rng = new MersenneTwister(seed);
        const distribution = new WordDistribution(spaceOf(counts), { ...OPTIONS, temperature });
        const noise = distribution.sampleGumbel(rng);
        const loss = (rows: readonly Float64Array[]) =>
          rows.reduce((total, row, s) => total + row.reduce((t, p, c) => t + Math.sin(s + c) * p * p, 0), 0);
        const relaxed = distribution.relax(noise);
        const outer = relaxed.map((row, s) => row.map((p, c) => 2 * Math.sin(s + c) * p));
        const gradient = distribution.logitGradient(relaxed, outer);
        const h = 1e-5;
        // A change of the noise is a change of the logits.
        const at = (slot: number, choice: number, by: number) =>
          loss(
            distribution.relax(
              noise.map((row, s) => row.map((v, c) => (s === slot && c === choice ? v + by : v))),
            ),
          );
        for (const [slot, row] of gradient.entries()) {
          for (const [choice, value] of row.entries()) {
            const difference = (at(slot, choice, h) - at(slot, choice, -h)) / (2 * h);
            expect(value).toBeCloseTo(difference, 7);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('shift() keeps the logits in their range', () => {
    const distribution = new WordDistribution(spaceOf([3]), OPTIONS);
    distribution.shift([Float64Array.of(-5, 1.5, 99)]);
    expect(distribution.logits).toEqual([Float64Array.of(0, 1.5, 3)]);
  });

  it('logits are a copy', () => {
    const distribution = new WordDistribution(spaceOf([2]), OPTIONS);
    distribution.logits[0].fill(3);
    expect(distribution.logits[0]).toEqual(Float64Array.of(1, 0));
  });

  it('argMax() prefers the original where choices tie', () => {
    const distribution = new WordDistribution(spaceOf([3, 2]), { ...OPTIONS, originalLogit: 0 });
    expect(distribution.argMax()).toEqual([0, 0]);
    distribution.shift([Float64Array.of(0, 0, 1), Float64Array.of(0, 0.1)]);
    expect(distribution.argMax()).toEqual([2, 1]);
  });

  it('draw() draws each choice as often as probabilities() says', () => {
    const distribution = new WordDistribution(spaceOf([4, 1]), OPTIONS);
    distribution.shift([Float64Array.of(0, 0, 1, 2), ...zeros([1])]);
    const rng = new MersenneTwister(3);
    const draws = Array.from({ length: 20_000 }, () => distribution.draw(rng));
    expect(draws.every((draw) => draw[1] === 0)).toBe(true);
    for (const [choice, probability] of distribution.probabilities()[0].entries()) {
      const share = draws.filter((draw) => draw[0] === choice).length / draws.length;
      expect(Math.abs(share - probability)).toBeLessThan(0.015);
    }
  });

  it('draw() gives a choice even where rounding leaves the probabilities short of 1', () => {
    const distribution = new WordDistribution(spaceOf([3]), OPTIONS);
    expect(distribution.draw({ float64: () => 1 - 2 ** -53, integer: () => 0 })[0]).toBeLessThan(3);
  });

  it('relax() with overwhelming noise is one-hot', () => {
    const space = spaceOf([3, 2]);
    const distribution = new WordDistribution(space, OPTIONS);
    const noise = oneHot(space, [2, 1]).map((row) => row.map((v) => 1e4 * v));
    expect(distribution.relax(noise)).toEqual(oneHot(space, [2, 1]));
  });
});

function close(value: number): number {
  return expect.closeTo(value, 12);
}

import { describe, expect, it } from 'vitest';
import { RmsProp } from './rmsprop.ts';

const PAPER = { learningRate: 0.1, momentum: 0.5, decay: 0.99, epsilon: 1e-8, clip: 1 / 40 };

describe('RmsProp', () => {
  it('follows torch.optim.RMSprop with momentum on clipped gradients', () => {
    // Computed apart, in Python, from the formulas in torch's documentation; the last parameter's first two gradients are clipped.
    const expected = [
      [-0.9999900000999992, 1.999995000025, -1.999996000016],
      [-2.3953039542235994, 2.0509812610905422, -1.7911148050602157],
      [-3.0929609312853996, 2.2965776182868014, -1.7151606579369358],
    ];
    const gradients = [
      [0.01, -0.02, 3],
      [0.02, 0.01, -3],
      [0, -0.005, 0.001],
    ];
    const optimizer = new RmsProp(PAPER);
    let parameters = Float64Array.of(0, 1, -1);
    for (const [step, gradient] of gradients.entries()) {
      const [change] = optimizer.changes([Float64Array.from(gradient)]);
      parameters = parameters.map((value, i) => value + change[i]);
      expect([...parameters]).toEqual(expected[step].map((value) => expect.closeTo(value, 12)));
    }
  });

  it('keeps slots apart, whatever their lengths', () => {
    const optimizer = new RmsProp(PAPER);
    const changes = optimizer.changes([Float64Array.of(0.01), Float64Array.of(0, -0.01, 0)]);
    expect(changes.map((row) => [...row].map((v) => Math.round(v)))).toEqual([[-1], [-0, 1, -0]]);
  });

  it('treats gradients beyond the clip as equal', () => {
    const changeFor = (gradient: number) => new RmsProp(PAPER).changes([Float64Array.of(gradient)])[0][0];
    expect(changeFor(1 / 40)).toBe(changeFor(1000));
    expect(changeFor(-1 / 40)).toBe(changeFor(Number.NEGATIVE_INFINITY));
  });
});

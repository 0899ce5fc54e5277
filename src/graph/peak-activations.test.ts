import { describe, expect, test } from 'vitest';
import { graphOf } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { peakActivationBytes } from './peak-activations.ts';

const KILO = 1000;

describe('peakActivationBytes()', () => {
  test('frees each value after its last use', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [KILO]);
    const output = g.sqrt(g.sqrt(g.sqrt(g.sqrt(x))));
    // The input, and a value with the one that is made from it.
    expect(peakActivationBytes(graphOf({ output }))).toBe(3 * KILO * 4);
  });

  test('keeps what is read later, and outputs to the end', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [KILO]);
    const early = g.sqrt(x);
    const output = g.add(g.sqrt(g.sqrt(g.sqrt(early))), early);
    expect(peakActivationBytes(graphOf({ output }))).toBe(4 * KILO * 4);
    expect(peakActivationBytes(graphOf({ early, output }))).toBe(4 * KILO * 4);
  });

  test('counts a reshaped value once', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [KILO]);
    const output = g.sqrt(g.reshape(g.sqrt(x), [10, 100]));
    expect(peakActivationBytes(graphOf({ output }))).toBe(3 * KILO * 4);
  });

  test('counts half-precision weights as they are widened for the operation that reads them', () => {
    const g = new GraphBuilder();
    const stored = {
      key: 'w',
      shape: [KILO],
      path: '/w',
      offset: 0,
      byteLength: 2 * KILO,
      dtype: 'float16',
    } as const;
    const weights = { name: 'w', find: () => stored, keys: () => ['w'] };
    const output = g.mul(g.input('x', [KILO]), g.parameter(weights, 'w', [KILO]));
    expect(peakActivationBytes(graphOf({ output }))).toBe(3 * KILO * 4);
  });
});

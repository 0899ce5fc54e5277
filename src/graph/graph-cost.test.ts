import { describe, expect, it } from 'vitest';
import { graphOf, type Node } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { graphCost } from './graph-cost.ts';

function flopsOf(build: (g: GraphBuilder) => Node): number {
  return graphCost(graphOf({ y: build(new GraphBuilder()) })).productFlops;
}

describe('the cost of a graph', () => {
  it.each<[string, (g: GraphBuilder) => Node, number]>([
    ['a matrix product', (g) => g.matMul(g.input('a', [5, 2, 3]), g.input('b', [3, 4])), 2 * 5 * 2 * 3 * 4],
    [
      'a transposed one',
      (g) => g.gemm(g.input('a', [3, 2]), g.input('b', [3, 4]), undefined, { transA: true }),
      48,
    ],
    [
      'a convolution',
      (g) =>
        g.conv(g.input('x', [2, 3, 8, 8]), g.input('w', [5, 3, 3, 3]), undefined, {
          strides: [2, 2],
          pads: [1, 1, 1, 1],
        }),
      2 * (2 * 5 * 4 * 4) * (3 * 9),
    ],
    [
      'its transpose, which is as much work',
      (g) =>
        g.convTranspose(g.input('x', [2, 5, 4, 4]), g.input('w', [5, 3, 3, 3]), {
          strides: [2, 2],
          pads: [1, 1, 1, 1],
          outputPadding: [1, 1],
        }),
      2 * (2 * 5 * 4 * 4) * (3 * 9),
    ],
    [
      'attention: two products for each head',
      (g) => g.attention(g.input('q', [2, 6, 8]), g.input('k', [2, 7, 8]), g.input('v', [2, 7, 8]), 4),
      2 * (2 * 2 * 6 * 7 * 8),
    ],
    ['anything else', (g) => g.softmax(g.input('x', [9, 9])), 0],
  ])('counts %s', (_, build, expected) => {
    expect(flopsOf(build)).toBe(expected);
  });

  it('counts each weight once, in the bytes that it takes on disk', () => {
    const g = new GraphBuilder();
    const stored = (dtype: 'float16' | 'float32', offset: number) =>
      ({ key: dtype, dtype, shape: [4, 4], path: '/w', offset, byteLength: 0 }) as const;
    const files = [stored('float16', 0), stored('float32', 32)];
    const weights = { name: '/w', find: (key: string) => files.find((f) => f.key === key), keys: () => [] };
    const [half, full] = files.map(({ dtype }) => g.parameter(weights, dtype, [4, 4]));
    const x = g.input('x', [4, 4]);
    const cost = graphCost(graphOf({ y: g.add(g.matMul(g.matMul(x, half), half), full) }));
    expect(cost).toEqual({
      flops: 2 * 2 * 64 + 16,
      productFlops: 2 * 2 * 64,
      parameters: 32,
      weightBytes: 16 * 2 + 16 * 4,
    });
  });
});

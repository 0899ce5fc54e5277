import { describe, expect, it } from 'vitest';
import { graphOf, type Node } from '../graph.ts';
import { GraphBuilder } from '../graph-builder.ts';
import { erf } from './erf.ts';
import { evaluateGraph } from './evaluate-graph.ts';

const evaluated = (y: Node) => [...evaluateGraph(graphOf({ y }), {}).y.data];

describe('evaluateGraph()', () => {
  it('computes every named output from the inputs', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2]);
    const outputs = evaluateGraph(graphOf({ twice: g.mul(x, 2), sum: g.reduceSum(x, [0]) }), {
      x: { shape: [2], data: new Float64Array([1, 4]) },
    });
    expect(outputs.twice).toEqual({ shape: [2], data: new Float64Array([2, 8]) });
    expect(outputs.sum).toEqual({ shape: [], data: new Float64Array([5]) });
  });

  it('reads weights by the given reader', () => {
    const g = new GraphBuilder();
    const stored = { key: 'w', dtype: 'float16', shape: [2], path: '/w', offset: 0, byteLength: 4 } as const;
    const weight = g.parameter({ name: 'weights', keys: () => ['w'], find: () => stored }, 'w', [2]);
    const graph = graphOf({ y: g.neg(weight) });
    const { y } = evaluateGraph(graph, {}, { parameter: (node) => (node.stored.key === 'w' ? [3, 4] : []) });
    expect([...y.data]).toEqual([-3, -4]);
    expect(() => evaluateGraph(graph, {})).toThrow(/weights \("w"\)/);
  });

  it('names an input that is missing or misshapen', () => {
    const g = new GraphBuilder();
    const graph = graphOf({ y: g.neg(g.input('latents', [2])) });
    expect(() => evaluateGraph(graph, {})).toThrow(/input "latents"/);
    expect(() => evaluateGraph(graph, { latents: { shape: [3], data: [1, 2, 3] } })).toThrow(
      /"latents" must have the shape \[2\], got \[3\]/,
    );
  });

  it('correlates images with kernels, row by row', () => {
    const g = new GraphBuilder();
    const image = g.constant([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]);
    const kernel = g.constant([1, 10, 100, 1000], [1, 1, 2, 2]);
    expect(evaluated(g.conv(image, kernel))).toEqual([5421, 6532, 8754, 9865]);
    expect(
      evaluated(g.conv(image, kernel, g.constant([1], [1]), { strides: [2, 2], pads: [1, 1, 0, 0] })),
    ).toEqual([1001, 3201, 7041, 9866]);
  });

  it('spreads pixels by the kernel in a transposed convolution', () => {
    const g = new GraphBuilder();
    const image = g.constant([1, 2], [1, 1, 1, 2]);
    const kernel = g.constant([1, 10], [1, 1, 1, 2]);
    expect(evaluated(g.convTranspose(image, kernel))).toEqual([1, 12, 20]);
    expect(evaluated(g.convTranspose(image, kernel, { strides: [1, 2], outputPadding: [0, 1] }))).toEqual([
      1, 10, 2, 20, 0,
    ]);
  });

  it('attends to the key that a query points to', () => {
    const g = new GraphBuilder();
    const q = g.constant([100, 0], [1, 1, 2]);
    const k = g.constant([0, 1, 1, 0], [1, 2, 2]);
    const v = g.constant([1, 2, 3, 4], [1, 2, 2]);
    expect(evaluated(g.attention(q, k, v, 1))).toEqual([3, 4]);
    // Two heads of width 1: the second one's query is 0, so it takes the mean.
    expect(evaluated(g.attention(q, k, v, 2))).toEqual([3, 3]);
  });

  it('refuses rows that are not there', () => {
    const g = new GraphBuilder();
    const y = g.gather(g.constant([1, 2], [2, 1]), g.constant(new Int32Array([2]), [1]));
    expect(() => evaluated(y)).toThrow(/no row 2, only 0 to 1/);
  });
});

describe('erf()', () => {
  it.each([
    [0, 0],
    [1e-10, 1.1283791670955126e-10],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3.5, 0.9999992569016276],
    [7, 1],
  ])('of %d is exact to double precision', (x, expected) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(1e-15 * Math.max(Math.abs(expected), 1e-10));
    expect(erf(-x) + erf(x)).toBe(0);
  });

  it('passes NaN and infinities on', () => {
    expect(erf(Number.NaN)).toBeNaN();
    expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
  });
});

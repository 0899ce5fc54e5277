import { describe, expect, it } from 'vitest';
import { gradient } from '../../autodiff/gradient.ts';
import { graphOf, type Node } from '../graph.ts';
import { GraphBuilder } from '../graph-builder.ts';
import { halfPrecisionPlan } from './half-precision.ts';

const g = new GraphBuilder();
const x = g.input('x', [4, 4]);
const half = g.matMul(x, x);
const HALF = { compute: 'float16', result: 'float16' };
const FULL = { compute: 'float32', result: 'float32' };
const planOf = (node: Node) => halfPrecisionPlan(graphOf({ node })).get(node);

describe('the plan for half precision', () => {
  it('computes products in halves, whatever they read', () => {
    expect(planOf(half)).toEqual(HALF);
    expect(
      planOf(g.attention(g.reshape(x, [1, 4, 4]), g.reshape(x, [1, 4, 4]), g.reshape(x, [1, 4, 4]), 2)),
    ).toEqual(HALF);
  });

  it('keeps sums, roots and inverse functions in float32', () => {
    for (const node of [
      g.reduceSum(half, [1]),
      g.reduceMean(half, [1]),
      g.sqrt(half),
      g.asin(half),
      g.log(half),
    ])
      expect(planOf(node)).toEqual(FULL);
  });

  it('normalises in float32 and hands halves on', () => {
    const vector = g.input('vector', [4]);
    for (const node of [g.layerNormalization(half, vector, vector, 1e-5), g.softmax(half)])
      expect(planOf(node)).toEqual({ compute: 'float32', result: 'float16' });
  });

  it('lets values that meet be as wide as the widest', () => {
    expect(planOf(g.add(half, half))).toEqual(HALF);
    expect(planOf(g.add(half, x))).toEqual(FULL);
    expect(planOf(g.concat([half, g.exp(half)], 0))).toEqual(FULL);
    expect(planOf(g.transpose(g.silu(half), [1, 0]))).toEqual(HALF);
  });

  it('lets no constant be lost in a half', () => {
    expect(planOf(g.mul(half, 0.125))).toEqual(HALF);
    expect(planOf(g.mul(half, 0))).toEqual(HALF);
    for (const value of [1e-5, 1e6, -1e9, Number.POSITIVE_INFINITY])
      expect(planOf(g.mul(half, value))).toEqual(FULL);
  });

  it('keeps what a softmax reads in float32, also below a mask', () => {
    const [plain, masked] = [g.matMul(half, x), g.matMul(half, g.exp(x))];
    const sum = g.add(masked, g.constant(new Float32Array(16), [4, 4]));
    const plan = halfPrecisionPlan(graphOf({ a: g.softmax(plain), b: g.softmax(sum) }));
    expect([plain, masked, sum].map((node) => plan.get(node))).toEqual([FULL, FULL, FULL]);
  });

  it('squares nothing in halves on the way back through a normalisation', () => {
    const image = g.conv(g.input('image', [1, 4, 2, 2]), g.input('kernel', [4, 4, 1, 1]));
    const scale = g.input('scale', [4]);
    const node = g.groupNormalization(image, scale, scale, 2, 1e-5);
    const [back] = gradient(
      g,
      [{ node, cotangent: g.conv(image, g.input('kernel', [4, 4, 1, 1])) }],
      [image],
    );
    const graph = graphOf({ back });
    const plan = halfPrecisionPlan(graph);
    const squares = graph.nodes.filter(
      (n) => n.kind === 'op' && n.op === 'Mul' && n.inputs[0] === n.inputs[1],
    );
    expect(squares.length).toBeGreaterThan(0);
    for (const square of squares) expect(plan.get(square)).toEqual(FULL);
  });

  it('says nothing of integers', () => {
    const rows = g.gather(g.input('table', [3], 'int32'), g.input('rows', [2], 'int32'));
    expect(planOf(rows)).toBeUndefined();
  });
});

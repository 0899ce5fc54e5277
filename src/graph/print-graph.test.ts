import { expect, it } from 'vitest';
import { graphOf } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { printGraph } from './print-graph.ts';

it('prints a graph as text, one line a node', () => {
  const g = new GraphBuilder();
  const stored = {
    key: 'fc.weight',
    dtype: 'bfloat16',
    shape: [2, 4],
    path: '/w',
    offset: 0,
    byteLength: 16,
  } as const;
  const weights = { name: '/w', find: () => stored, keys: () => ['fc.weight'] };
  const unused = g.input('unused', [1]);
  const x = g.input('x', [3, 2]);
  const hidden = g.scope('fc', () => g.matMul(x, g.parameter(weights, 'weight', [2, 4])));
  const y = g.add(g.quickGelu(g.mul(hidden, 0.5)), g.constant(new Float32Array(12).fill(2), [3, 4]));
  expect(unused.id).toBe(0);
  expect(printGraph(graphOf({ y, hidden }))).toMatchInlineSnapshot(`
    "%0 = input "x" : float32[3,2]
    %1 = parameter "fc.weight" bfloat16 : float32[2,4]
    %2 = MatMul(%0, %1) : float32[3,4]  # fc
    %3 = constant [0.5] : float32[]
    %4 = Mul(%2, %3) : float32[3,4]
    %5 = QuickGelu(%4) {alpha=1.702} : float32[3,4]
    %6 = constant [2, 2, 2, 2, … 12 elements] : float32[3,4]
    %7 = Add(%5, %6) : float32[3,4]
    return y = %7
    return hidden = %2"
  `);
});

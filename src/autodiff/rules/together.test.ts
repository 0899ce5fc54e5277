import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../../graph/evaluate/evaluate-graph.ts';
import { graphOf, type Node } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import { together } from './together.ts';

describe('together()', () => {
  it('gives back each value, whatever their shapes', () => {
    const g = new GraphBuilder();
    const shapes = [[2, 3], [4], [1, 1, 2], []];
    const inputs = shapes.map((shape, i) => g.input(`x${i}`, shape));
    const value = together(g, inputs);
    const values = Object.fromEntries(
      shapes.map((shape, i) => {
        const size = shape.reduce((product, length) => product * length, 1);
        return [`x${i}`, { shape, data: Float32Array.from({ length: size }, (_, k) => 10 * i + k) }];
      }),
    );
    const results = evaluateGraph(
      graphOf(Object.fromEntries(inputs.map((_, i) => [`y${i}`, value(i)]))),
      values,
    );
    for (const i of shapes.keys()) {
      expect(results[`y${i}`].shape).toEqual(shapes[i]);
      expect([...results[`y${i}`].data]).toEqual([...values[`x${i}`].data]);
    }
  });

  it('makes each depend on all', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.sqrt(g.input('a', [2])), g.exp(g.input('b', [3]))];
    const value = together(g, [a, b]);
    for (const result of [value(0), value(1)]) {
      const { nodes } = graphOf({ result });
      expect([a, b].every((node: Node) => nodes.includes(node))).toBe(true);
    }
  });

  it('leaves a single value alone', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2]);
    expect(together(g, [x])(0)).toBe(x);
  });
});

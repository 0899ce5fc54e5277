import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../graph/evaluate/evaluate-graph.ts';
import { graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { sumCotangents } from './sum-cotangents.ts';

const operationsOf = (output: Node) =>
  graphOf({ output }).nodes.flatMap((node) => (node.kind === 'op' ? [node.op] : []));

const evaluated = (output: Node) =>
  evaluateGraph(graphOf({ output }), {
    a: { shape: [2, 1], data: [1, 2] },
    b: { shape: [2, 2], data: [3, 4, 5, 6] },
  }).output.data;

describe('sumCotangents()', () => {
  const g = new GraphBuilder();
  const [a, b] = [g.input('a', [2, 1]), g.input('b', [2, 2])];

  it('lays the gradients of neighbouring slices side by side, in either order', () => {
    const [left, right] = [g.pad(a, [0, 0], [0, 2]), g.pad(b, [0, 1], [0, 0])];
    for (const sum of [sumCotangents(g, left, right), sumCotangents(g, right, left)]) {
      expect(operationsOf(sum)).toEqual(['Concat']);
      expect([...evaluated(sum)]).toEqual([1, 3, 4, 2, 5, 6]);
    }
  });

  it('keeps the zeros around neighbours that do not fill the tensor', () => {
    const sum = sumCotangents(g, g.pad(b, [1, 2], [0, 1]), g.pad(a, [1, 1], [0, 3]));
    expect(operationsOf(sum)).toEqual(['Concat', 'Pad']);
    expect([...evaluated(sum)]).toEqual([0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 0, 2, 5, 6, 0]);
  });

  it('adds what overlaps, or is apart, or differs along two axes', () => {
    const pairs = [
      [g.pad(a, [0, 0], [0, 1]), g.pad(b, [0, 0], [0, 0])],
      [g.pad(a, [0, 0], [0, 3]), g.pad(b, [0, 2], [0, 0])],
      [g.pad(a, [0, 0], [1, 2]), g.pad(b, [1, 1], [0, 0])],
    ];
    for (const [first, second] of pairs)
      expect(operationsOf(sumCotangents(g, first, second)).at(-1)).toBe('Add');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../graph/evaluate/evaluate-graph.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { type Shape, sizeOf } from '../tensor/tensor.ts';
import { unbroadcast } from './unbroadcast.ts';

/** A shape, and one that broadcasts to it. */
const broadcasting = fc
  .array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 })
  .chain((to) =>
    fc.tuple(
      fc.constant(to),
      fc.nat({ max: to.length }),
      fc.array(fc.boolean(), { minLength: to.length, maxLength: to.length }),
    ),
  )
  .map(([to, dropped, ones]): { from: Shape; to: Shape } => ({
    from: to.map((size, axis) => (ones[axis] ? 1 : size)).slice(dropped),
    to,
  }));

const ramp = (shape: Shape, slope: number) => ({
  shape,
  data: Float64Array.from({ length: sizeOf(shape) }, (_, i) => slope * i + 1),
});

describe('unbroadcast()', () => {
  it('is the transpose of broadcasting: <expand(x), y> = <x, unbroadcast(y)>', () => {
    fc.assert(
      fc.property(broadcasting, ({ from, to }) => {
        const g = new GraphBuilder();
        const [x, y] = [g.input('x', from), g.input('y', to)];
        const back = unbroadcast(g, y, from);
        expect(back.shape).toEqual(from);
        const values = { x: ramp(from, 0.5), y: ramp(to, -0.25) };
        const { wide, narrow } = evaluateGraph(graphOf({ wide: g.expand(x, to), narrow: back }), values);
        const inner = (a: Float64Array, b: Float64Array) =>
          a.reduce((sum, value, i) => sum + value * b[i], 0);
        expect(inner(wide.data, values.y.data)).toBeCloseTo(inner(values.x.data, narrow.data), 8);
      }),
    );
  });

  it('adds no node where nothing was repeated', () => {
    const g = new GraphBuilder();
    const y = g.input('y', [1, 3]);
    expect(unbroadcast(g, y, [1, 3])).toBe(y);
  });

  it('sums all axes at once, and keeps axes of size 1 that the tensor has', () => {
    const g = new GraphBuilder();
    const back = unbroadcast(g, g.input('y', [2, 4, 3]), [1, 3]);
    const operations = graphOf({ back }).nodes.flatMap((node) => (node.kind === 'op' ? [node.op] : []));
    expect(operations).toEqual(['ReduceSum', 'Reshape']);
    expect(back.shape).toEqual([1, 3]);
  });
});

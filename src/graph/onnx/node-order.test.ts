import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listByDepth } from './node-order.ts';

const node = (name: string, input: string[], opType = 'Add') => ({ name, opType, input, output: [name] });

describe('listByDepth()', () => {
  it('lists first what is near the inputs, however late it is written', () => {
    const nodes = [node('a', ['x']), node('b', ['a']), node('near', ['x']), node('c', ['b', 'near'])];
    expect(listByDepth(nodes, new Map()).map(({ name }) => name)).toEqual(['a', 'near', 'b', 'c']);
  });

  it('gives each reader of a widened weight a cast of its own, before everything else', () => {
    const casts = new Map([['w', node('w', ['w:float16'], 'Cast')]]);
    const listed = listByDepth([node('forward', ['x', 'w']), node('backward', ['forward', 'w'])], casts);
    expect(listed).toEqual([
      node('w:for forward', ['w:float16'], 'Cast'),
      node('w:for backward', ['w:float16'], 'Cast'),
      node('forward', ['x', 'w:for forward']),
      node('backward', ['forward', 'w:for backward']),
    ]);
  });

  it('casts once for a node that reads a weight twice, and not at all for nobody', () => {
    const casts = new Map(['w', 'unread'].map((name) => [name, node(name, [`${name}:float16`], 'Cast')]));
    const names = listByDepth([node('square', ['w', 'w'])], casts).map(({ name }) => name);
    expect(names).toEqual(['w:for square', 'square']);
  });

  it('keeps every node, each after those that it reads', () => {
    const graph = fc.array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(graph, (inputs) => {
        const nodes = inputs.map((reads, i) =>
          node(
            `n${i}`,
            reads.map((k) => (k < i ? `n${k}` : 'x')),
          ),
        );
        const listed = listByDepth(nodes, new Map());
        expect(listed).toHaveLength(nodes.length);
        const seen = new Set(['x']);
        for (const { input = [], name } of listed) {
          expect(input.every((value) => seen.has(value))).toBe(true);
          seen.add(name!);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { OpNode } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { workingBytes } from './working-bytes.ts';

const build = (make: (g: GraphBuilder) => OpNode) => make(new GraphBuilder());
const transposed = (g: GraphBuilder, side: number) =>
  g.op('ConvTranspose', [g.input('x', [1, 8, side, side]), g.input('w', [8, 4, 3, 3])], {
    strides: [1, 1],
    pads: [1, 1, 1, 1],
    dilations: [1, 1],
    outputPadding: [0, 0],
  });

describe('workingBytes()', () => {
  it('is nothing for most operations', () => {
    expect(workingBytes(build((g) => g.add(g.input('x', [100]), 1) as OpNode))).toBe(0);
  });

  it('is the queries, keys and values of an attention once more', () => {
    const attention = build((g) => {
      const [q, k] = [g.input('q', [1, 10, 8]), g.input('k', [1, 5, 8])];
      return g.attention(q, k, k, 2) as OpNode;
    });
    expect(workingBytes(attention)).toBe(4 * (80 + 40 + 40));
  });

  it('is a column for each pixel of a small convolution turned round, and the kernel twice for a large one', () => {
    const [small, large] = [16, 64].map((side) => build((g) => transposed(g, side)));
    expect(workingBytes(small)).toBe(4 * 4 * 9 * 16 * 16);
    expect(workingBytes(large)).toBe(4 * 2 * 8 * 4 * 9);
  });

  it('is what the kernels of a convolution read, where there are more of them than pixels', () => {
    const conv = (side: number) =>
      build((g) => g.conv(g.input('x', [1, 4, side, side]), g.input('w', [64, 4, 3, 3])) as OpNode);
    expect(workingBytes(conv(8))).toBe(4 * 6 * 6 * 4 * 9);
    expect(workingBytes(conv(16))).toBe(0);
  });
});

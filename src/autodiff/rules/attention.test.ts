import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../../graph/evaluate/evaluate-graph.ts';
import { graphOf, type Node } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import { printGraph } from '../../graph/print-graph.ts';
import { type Shape, sizeOf } from '../../tensor/tensor.ts';
import { gradient } from '../gradient.ts';
import { attentionGradients, MAX_BLOCK_ELEMENTS } from './attention.ts';

const waves = (shape: Shape, frequency: number) => ({
  shape,
  data: Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(frequency * (i + 1))),
});

function selfAttention(heads: number, length: number, width: number) {
  const g = new GraphBuilder();
  const [q, k, v] = ['q', 'k', 'v'].map((name) => g.input(name, [1, length, width]));
  const y = g.attention(q, k, v, heads);
  const [ofQ, ofK, ofV] = gradient(g, [{ node: y, cotangent: g.input('ct', y.shape) }], [q, k, v]);
  return graphOf({ ofQ, ofK, ofV });
}

describe('attentionRule()', () => {
  it('recomputes the weights and finishes one block before the next', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [1, 3, 2]);
    const y = g.scope('attn', () => g.attention(x, g.input('k', [1, 4, 2]), g.input('v', [1, 4, 2]), 1));
    const [ofX] = gradient(g, [{ node: y, cotangent: g.input('ct', [1, 3, 2]) }], [x]);
    expect(printGraph(graphOf({ ofX }))).toMatchInlineSnapshot(`
      "%0 = input "x" : float32[1,3,2]
      %1 = input "k" : float32[1,4,2]
      %2 = input "v" : float32[1,4,2]
      %3 = Attention(%0, %1, %2) {heads=1} : float32[1,3,2]  # attn
      %4 = input "ct" : float32[1,3,2]
      %5 = Reshape(%0) {shape=[1,3,1,2]} : float32[1,3,1,2]  # attn
      %6 = constant [0.7071067690849304] : float32[]
      %7 = Mul(%5, %6) : float32[1,3,1,2]  # attn
      %8 = Reshape(%7) {shape=[1,1,3,2]} : float32[1,1,3,2]  # attn
      %9 = Reshape(%1) {shape=[1,4,1,2]} : float32[1,4,1,2]  # attn
      %10 = Transpose(%9) {perm=[0,2,3,1]} : float32[1,1,2,4]  # attn
      %11 = MatMul(%8, %10) : float32[1,1,3,4]  # attn
      %12 = Softmax(%11) : float32[1,1,3,4]  # attn
      %13 = Reshape(%4) {shape=[1,3,1,2]} : float32[1,3,1,2]  # attn
      %14 = Reshape(%13) {shape=[1,1,3,2]} : float32[1,1,3,2]  # attn
      %15 = Mul(%4, %3) : float32[1,3,2]  # attn
      %16 = Reshape(%15) {shape=[1,3,1,2]} : float32[1,3,1,2]  # attn
      %17 = ReduceSum(%16) {axes=[3], keepDims=false} : float32[1,3,1]  # attn
      %18 = Reshape(%17) {shape=[1,3,1,1]} : float32[1,3,1,1]  # attn
      %19 = Reshape(%18) {shape=[1,1,3,1]} : float32[1,1,3,1]  # attn
      %20 = Neg(%19) : float32[1,1,3,1]  # attn
      %21 = Concat(%14, %20) {axis=3} : float32[1,1,3,3]  # attn
      %22 = Reshape(%2) {shape=[1,4,1,2]} : float32[1,4,1,2]  # attn
      %23 = Transpose(%22) {perm=[0,2,3,1]} : float32[1,1,2,4]  # attn
      %24 = constant [1] : float32[]
      %25 = Expand(%24) {shape=[1,1,1,4]} : float32[1,1,1,4]  # attn
      %26 = Concat(%23, %25) {axis=2} : float32[1,1,3,4]  # attn
      %27 = MatMul(%21, %26) : float32[1,1,3,4]  # attn
      %28 = Mul(%12, %27) : float32[1,1,3,4]  # attn
      %29 = Reshape(%9) {shape=[1,1,4,2]} : float32[1,1,4,2]  # attn
      %30 = MatMul(%28, %29) : float32[1,1,3,2]  # attn
      %31 = Mul(%30, %6) : float32[1,1,3,2]  # attn
      %32 = Reshape(%31) {shape=[1,3,2]} : float32[1,3,2]  # attn
      return ofX = %32"
    `);
  });

  // All weights of 8 heads over 64 x 64 latents would be 512 MB, three times over; every network with attention runs out of
  // memory when a change here lets them exist together.
  it.each([
    [8, 1024],
    [8, 4096],
    [1, 9216],
  ])('never holds more than a block at once, with %i heads over %i tokens', (heads, length) => {
    const sizes = selfAttention(heads, length, heads * 8).nodes.map(({ shape }) => sizeOf(shape));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_BLOCK_ELEMENTS);
    expect(Math.max(...sizes)).toBeGreaterThan(MAX_BLOCK_ELEMENTS / 2);
  });

  it('needs one block where attention is small', () => {
    const softmaxes = selfAttention(8, 256, 64).nodes.filter(
      (node) => node.kind === 'op' && node.op === 'Softmax',
    );
    expect(softmaxes).toHaveLength(1);
  });

  it('has the last use of each block of weights before the next block begins', () => {
    const { nodes } = selfAttention(8, 1024, 64);
    const blocks = nodes.filter((node) => sizeOf(node.shape) > 1024 * 1024);
    const lastUse = (value: Node) =>
      Math.max(
        ...nodes.filter((node) => node.kind === 'op' && node.inputs.includes(value)).map(({ id }) => id),
      );
    // At any node, the blocks computed and still to be used: weights, their cotangent less delta, and the scores’ cotangent.
    const held = nodes.map(
      ({ id }) => blocks.filter((block) => block.id <= id && id <= lastUse(block)).length,
    );
    expect(blocks.length).toBe(8);
    expect(Math.max(...held)).toBeLessThanOrEqual(3);
  });

  it('gives the same gradients however it is cut into blocks, for any batch, lengths and heads', () => {
    const size = fc.integer({ min: 1, max: 3 });
    const sizes = fc.record({
      batch: size,
      heads: size,
      queries: fc.integer({ min: 1, max: 7 }),
      keys: fc.integer({ min: 1, max: 5 }),
      keyWidth: size,
      valueWidth: size,
      maxBlockElements: fc.integer({ min: 1, max: 120 }),
    });
    fc.assert(
      fc.property(sizes, ({ batch, heads, queries, keys, keyWidth, valueWidth, maxBlockElements }) => {
        const g = new GraphBuilder();
        const q = g.input('q', [batch, queries, heads * keyWidth]);
        const k = g.input('k', [batch, keys, heads * keyWidth]);
        const v = g.input('v', [batch, keys, heads * valueWidth]);
        const y = g.attention(q, k, v, heads);
        const ct = g.input('ct', y.shape);
        const limits = [maxBlockElements, MAX_BLOCK_ELEMENTS];
        const outputs = limits.flatMap(
          (limit) => attentionGradients(g, y as never, ct, [true, true, true], limit) as Node[],
        );
        const graph = graphOf(
          Object.fromEntries(outputs.map((node, i) => [`${'qkv'[i % 3]}${Math.floor(i / 3)}`, node])),
        );
        const values = evaluateGraph(graph, {
          q: waves(q.shape, 1.3),
          k: waves(k.shape, 0.9),
          v: waves(v.shape, 2.1),
          ct: waves(y.shape, 0.7),
        });
        for (const name of 'qkv') {
          const [inBlocks, atOnce] = [values[`${name}0`], values[`${name}1`]];
          expect(inBlocks.shape).toEqual(atOnce.shape);
          inBlocks.data.forEach((value, i) => {
            expect(value).toBeCloseTo(atOnce.data[i], 10);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('builds only what is needed: a gradient of values alone takes no product with the keys’ cotangent', () => {
    const g = new GraphBuilder();
    const [q, k, v] = ['q', 'k', 'v'].map((name) => g.input(name, [1, 4, 2]));
    const y = g.attention(q, k, v, 1);
    const [ofV] = gradient(g, [{ node: y, cotangent: g.input('ct', y.shape) }], [v]);
    const { nodes } = graphOf({ ofV });
    expect(nodes.filter((node) => node.kind === 'op' && node.op === 'MatMul')).toHaveLength(2);
    expect(nodes).not.toContain(y);
  });
});

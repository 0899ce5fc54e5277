import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../graph/evaluate/evaluate-graph.ts';
import { type Graph, graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { printGraph } from '../graph/print-graph.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import type { Shape } from '../tensor/tensor.ts';
import { gradient, scalarGradient } from './gradient.ts';

/** Weights of the given shapes that lie nowhere: enough to build graphs with. */
function weightsOf(shapes: Readonly<Record<string, Shape>>): WeightSource {
  const keys = Object.keys(shapes);
  return {
    name: 'test weights',
    keys: () => keys,
    find: (key) =>
      shapes[key] && {
        key,
        dtype: 'float32',
        shape: shapes[key],
        path: '/nowhere',
        offset: 4096 * keys.indexOf(key),
        byteLength: 0,
      },
  };
}

const scalar = (value: number) => ({ shape: [], data: [value] });

function operationsOf(graph: Graph): string[] {
  return graph.nodes.flatMap((node) => (node.kind === 'op' ? [node.op] : []));
}

describe('gradient()', () => {
  it('is the derivative with respect to inputs, constants and values in between, and an output itself', () => {
    const g = new GraphBuilder();
    const x = g.input('x', []);
    const three = g.constant([3], []);
    const product = g.mul(x, three);
    const y = g.mul(product, product);
    const [ofX, ofThree, ofProduct, ofY] = scalarGradient(g, y, [x, three, product, y]);
    const values = evaluateGraph(graphOf({ ofX, ofThree, ofProduct, ofY }), { x: scalar(2) });
    expect(Object.values(values).map(({ data }) => data[0])).toEqual([36, 24, 12, 1]);
  });

  it('sums over all users of a value and over all outputs', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2]);
    const outputs = [g.add(x, g.mul(x, x)), g.sin(x)].map((node) => ({
      node,
      cotangent: g.constant([1, 10], [2]),
    }));
    const [ofX] = gradient(g, outputs, [x]);
    const { data } = evaluateGraph(graphOf({ ofX }), { x: { shape: [2], data: [0, 3] } }).ofX;
    expect(data[0]).toBeCloseTo(2, 12);
    expect(data[1]).toBeCloseTo(10 * (1 + 6 + Math.cos(3)), 12);
  });

  it('is zero where nothing flows', () => {
    const g = new GraphBuilder();
    const [x, apart] = [g.input('x', [2]), g.input('apart', [2, 3])];
    const step = g.greaterOrEqual(x, 0);
    const gradients = gradient(g, [{ node: step, cotangent: g.constant([1, 1], [2]) }], [x, apart]);
    expect(gradients.map(({ shape }) => shape)).toEqual([[2], [2, 3]]);
    const [ofX, ofApart] = gradients;
    const values = evaluateGraph(graphOf({ ofX, ofApart }), { x: { shape: [2], data: [1, -1] } });
    expect([...values.ofX.data, ...values.ofApart.data].every((value) => value === 0)).toBe(true);
  });

  it('has gradients itself', () => {
    const g = new GraphBuilder();
    const x = g.input('x', []);
    const y = g.mul(g.mul(x, x), g.sin(x));
    const [first] = scalarGradient(g, y, [x]);
    const [second] = scalarGradient(g, first, [x]);
    const [third] = scalarGradient(g, second, [x]);
    const { data } = evaluateGraph(graphOf({ third }), { x: scalar(0.7) }).third;
    // (x^2 sin x)''' = 6 cos x - 6 x sin x - x^2 cos x.
    expect(data[0]).toBeCloseTo(6 * Math.cos(0.7) - 4.2 * Math.sin(0.7) - 0.49 * Math.cos(0.7), 10);
  });

  it('builds gradients of weights only when asked, reads no image for those of inputs, and stops at what is wanted', () => {
    const g = new GraphBuilder();
    const weights = weightsOf({
      'conv.weight': [4, 3, 3, 3],
      'conv.bias': [4],
      'proj.weight': [5, 4],
      'proj.bias': [5],
    });
    const image = g.input('image', [1, 3, 6, 6]);
    const before = g.gelu(image);
    const convolved = g.scope('conv', () =>
      g.conv(before, g.parameter(weights, 'weight', [4, 3, 3, 3]), g.parameter(weights, 'bias', [4])),
    );
    const pooled = g.reduceMean(convolved, [2, 3]);
    const y = g.scope('proj', () =>
      g.gemm(pooled, g.parameter(weights, 'weight', [5, 4]), g.parameter(weights, 'bias', [5]), {
        transB: true,
      }),
    );
    const [ofBefore] = gradient(g, [{ node: y, cotangent: g.input('ct', [1, 5]) }], [before]);
    expect(printGraph(graphOf({ ofBefore }))).toMatchInlineSnapshot(`
      "%0 = parameter "conv.weight" float32 : float32[4,3,3,3]
      %1 = parameter "proj.weight" float32 : float32[5,4]
      %2 = input "ct" : float32[1,5]
      %3 = Gemm(%2, %1) {transA=false, transB=false} : float32[1,4]  # proj
      %4 = constant [0.0625] : float32[]
      %5 = Mul(%3, %4) : float32[1,4]
      %6 = Reshape(%5) {shape=[1,4,1,1]} : float32[1,4,1,1]
      %7 = Expand(%6) {shape=[1,4,4,4]} : float32[1,4,4,4]
      %8 = ConvTranspose(%7, %0) {strides=[1,1], pads=[0,0,0,0], dilations=[1,1], outputPadding=[0,0]} : float32[1,3,6,6]  # conv
      return ofBefore = %8"
    `);
  });

  it('never transposes a weight, whichever side of a product it stands on', () => {
    const g = new GraphBuilder();
    const weights = weightsOf({ left: [3, 4], right: [5, 6], many: [2, 6, 3] });
    const x = g.input('x', [2, 4, 5]);
    const left = g.parameter(weights, 'left', [3, 4]);
    const y = g.matMul(g.matMul(left, x), g.parameter(weights, 'right', [5, 6]));
    const z = g.matMul(y, g.parameter(weights, 'many', [2, 6, 3]));
    const graph = graphOf({ ofX: gradient(g, [{ node: z, cotangent: g.input('ct', z.shape) }], [x])[0] });
    const transposed = graph.nodes.filter((node) => node.kind === 'op' && node.op === 'Transpose');
    expect(transposed.length).toBeGreaterThan(0);
    expect(transposed.filter((node) => node.kind === 'op' && node.inputs[0].kind === 'parameter')).toEqual(
      [],
    );
  });

  it('gives weights as the definition does: products with a batch are one matrix product', () => {
    const g = new GraphBuilder();
    const weight = g.parameter(weightsOf({ weight: [2, 1] }), 'weight', [2, 1]);
    const x = g.input('x', [2, 2, 2]);
    const y = g.matMul(x, weight);
    const [ofWeight] = gradient(g, [{ node: y, cotangent: g.input('ct', [2, 2, 1]) }], [weight]);
    const graph = graphOf({ ofWeight });
    expect(operationsOf(graph)).toEqual(['Reshape', 'Reshape', 'Gemm']);
    const values = {
      x: { shape: [2, 2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] },
      ct: { shape: [2, 2, 1], data: [1, 1, 1, 2] },
    };
    expect([...evaluateGraph(graph, values).ofWeight.data]).toEqual([1 + 3 + 5 + 14, 2 + 4 + 6 + 16]);
  });

  it('joins the gradients of the two halves of a gated layer', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2, 6]);
    const y = g.mul(g.slice(x, 1, 0, 3), g.sigmoid(g.slice(x, 1, 3, 6)));
    const [ofX] = gradient(g, [{ node: y, cotangent: g.input('ct', [2, 3]) }], [x]);
    expect(operationsOf(graphOf({ ofX }))).not.toContain('Pad');
  });

  it('adds nodes in the scope of the forward node', () => {
    const g = new GraphBuilder();
    const x = g.input('x', []);
    const y = g.scope('outer.inner', () => g.log(x));
    const [ofX] = scalarGradient(g, g.sin(y), [x]);
    expect(ofX).toMatchObject({ op: 'Div', scope: 'outer.inner' });
  });

  it('refuses a cotangent of another shape, integers, and a loss that is no scalar', () => {
    const g = new GraphBuilder();
    const [x, at] = [g.input('x', [2]), g.input('at', [2], 'int32')];
    const y = g.neg(x);
    expect(() => gradient(g, [{ node: y, cotangent: g.scalar(1) }], [x])).toThrow(
      /output of shape \[2\] has shape \[\]/,
    );
    expect(() => gradient(g, [{ node: y, cotangent: x }], [at])).toThrow(/int32/);
    expect(() => scalarGradient(g, y, [x])).toThrow(/must be a scalar/);
  });

  it('names the operation and its scope when a rule fails', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2, 3]);
    const y = g.scope('block.0', () => g.transpose(x, [1, 0]));
    const broken = { ...y, attributes: { perm: [1, 1] } } as Node;
    expect(() => gradient(g, [{ node: broken, cotangent: g.input('ct', [3, 2]) }], [x])).toThrow(
      /Cannot differentiate "block\.0\/Transpose"/,
    );
  });
});

/** @file Turns operation cases into programs and values that any interpreter can run. */
import { gradient } from '../../src/autodiff/gradient.ts';
import { type Graph, graphOf, type InputNode, type Node } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { type Shape, sizeOf } from '../../src/tensor/tensor.ts';
import type { OpCase, Sample } from './op-cases.ts';

/** Values that float32 holds exactly, so that interpreters of either precision read the same. */
export interface CaseValue {
  readonly dtype: 'float32' | 'int32';
  readonly shape: Shape;
  readonly data: Float64Array;
}

export interface BuiltCase {
  readonly g: GraphBuilder;
  readonly inputs: Readonly<Record<string, InputNode>>;
  readonly output: Node;
}

/** The case's program, with one graph input for each of its inputs. */
export function buildCase({ inputs, build }: OpCase): BuiltCase {
  const g = new GraphBuilder();
  const nodes = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, g.input(name, shape, dtype)]),
  );
  return { g, inputs: nodes, output: build(g, nodes) };
}

/** The forward program: one output, `y`. */
export function forwardOf(opCase: OpCase): Graph {
  return graphOf({ y: buildCase(opCase).output });
}

/** The backward program: another input, `cotangent` of the output's shape; an output `d <name>` for each floating-point input. */
export function backwardOf(opCase: OpCase): Graph {
  const { g, inputs, output } = buildCase(opCase);
  const wrt = Object.values(inputs).filter(({ dtype }) => dtype === 'float32');
  const cotangent = g.input('cotangent', output.shape);
  const gradients = gradient(g, [{ node: output, cotangent }], wrt);
  return graphOf(Object.fromEntries(wrt.map(({ name }, i) => [`d ${name}`, gradients[i]])));
}

/** Values of the case's inputs and of `cotangent`, the same for the same seed. */
export function valuesOf(opCase: OpCase, seed = 1): Record<string, CaseValue> {
  const random = uniforms(seed);
  const values: Record<string, CaseValue> = {};
  for (const [name, { shape, sample, dtype }] of Object.entries(opCase.inputs)) {
    values[name] = { dtype, shape, data: sampled(shape, sample, random) };
  }
  const { shape } = buildCase(opCase).output;
  values.cotangent = { dtype: 'float32', shape, data: sampled(shape, (uniform) => 2 * uniform - 1, random) };
  return values;
}

function sampled(shape: Shape, sample: Sample, random: () => number): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(sample(random())));
}

/** Uniform numbers from [0, 1), by mulberry32. */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

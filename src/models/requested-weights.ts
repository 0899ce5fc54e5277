/** @file What a network asks of a checkpoint, found by building it without one. */
import { type Graph, graphOf, type Node, type ParameterNode } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type Shape, sizeOf } from '../tensor/tensor.ts';

export interface RequestedWeights {
  /** Every key with the shape of its whole tensor, in the order of asking. */
  readonly shapes: ReadonlyMap<string, Shape>;
  /** The graph over weights that exist nowhere: it can be counted and printed, not run. */
  readonly graph: Graph;
}

/** Builds a network over a checkpoint that holds whatever is asked for, as float16. */
export function requestedWeights(
  build: (g: GraphBuilder, weights: WeightSource) => Readonly<Record<string, Node>>,
): RequestedWeights {
  const builder = new ObligingBuilder();
  const graph = graphOf(build(builder, NO_WEIGHTS));
  return { shapes: builder.shapes, graph };
}

const NO_WEIGHTS: WeightSource = { name: 'no checkpoint', find: () => undefined, keys: () => [] };

class ObligingBuilder extends GraphBuilder {
  readonly shapes = new Map<string, Shape>();
  #offset = 0;

  override parameter(weights: WeightSource, key: string, shape: Shape): ParameterNode {
    const fullKey = this.qualify(key);
    // A layer that wants a part of a tensor asks for the whole first.
    if (!this.shapes.has(fullKey)) this.shapes.set(fullKey, shape);
    const byteLength = 2 * sizeOf(shape);
    const offset = this.#offset;
    this.#offset += byteLength;
    const stored = { key: fullKey, dtype: 'float16', shape, path: weights.name, offset, byteLength } as const;
    return super.parameter({ ...NO_WEIGHTS, find: () => stored }, key, shape);
  }
}

/**
 * @file The reference evaluator: tiny, slow, in float64. It says what a graph means; runtimes are held against it, and rules of
 * differentiation against its finite differences.
 */
import { DpoError } from '../../errors.ts';
import type { Shape } from '../../tensor/tensor.ts';
import type { Graph, Node, OpNode, ParameterNode } from '../graph.ts';
import { evaluateOp } from './evaluate-op.ts';
import type { NumericTensor } from './numeric-tensor.ts';

export interface EvaluationInput {
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

export interface EvaluateOptions {
  /** Reads a weight; without it, graphs with weights are refused. */
  readonly parameter?: (node: ParameterNode) => ArrayLike<number>;
}

/**
 * The outputs of `graph`, by name.
 * @throws {DpoError} INTERNAL when an input is missing or has another shape, or when a value's shape is not the inferred one.
 */
export function evaluateGraph(
  graph: Graph,
  inputs: Readonly<Record<string, EvaluationInput>>,
  options: EvaluateOptions = {},
): Record<string, NumericTensor> {
  const values = new Map<Node, NumericTensor>();
  for (const node of graph.nodes) {
    const value = evaluateNode(node, values, inputs, options);
    checkShape(node, value);
    values.set(node, value);
  }
  return Object.fromEntries(
    Object.entries(graph.outputs).map(([name, node]) => [name, values.get(node) as NumericTensor]),
  );
}

function evaluateNode(
  node: Node,
  values: ReadonlyMap<Node, NumericTensor>,
  inputs: Readonly<Record<string, EvaluationInput>>,
  { parameter }: EvaluateOptions,
): NumericTensor {
  switch (node.kind) {
    case 'input': {
      const input = inputs[node.name];
      if (!input) throw new DpoError('INTERNAL', `The graph needs a value for its input "${node.name}".`);
      return { shape: input.shape, data: Float64Array.from(input.data) };
    }
    case 'constant':
      return { shape: node.shape, data: Float64Array.from(node.data) };
    case 'parameter':
      if (!parameter)
        throw new DpoError(
          'INTERNAL',
          `The graph has weights ("${node.stored.key}"), but no reader for them.`,
        );
      return { shape: node.shape, data: Float64Array.from(parameter(node)) };
    case 'op':
      return evaluateOp(
        node.op,
        node.inputs.map((input) => values.get(input) as NumericTensor),
        node.attributes,
      );
  }
}

function checkShape(node: Node, { shape, data }: NumericTensor): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.join() === node.shape.join() && data.length === size) return;
  throw new DpoError(
    'INTERNAL',
    `${nameOf(node)} must have the shape [${node.shape}], got [${shape}] with ${data.length} elements.`,
  );
}

function nameOf(node: Node): string {
  switch (node.kind) {
    case 'input':
      return `Input "${node.name}"`;
    case 'parameter':
      return `Weight "${node.stored.key}"`;
    case 'constant':
      return 'A constant';
    case 'op':
      return `"${scoped(node)}"`;
  }
}

function scoped({ scope, op }: OpNode): string {
  return scope === '' ? op : `${scope}/${op}`;
}

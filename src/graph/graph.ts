/** @file The graph: immutable nodes that know their inputs, dtype and shape. It knows nothing of protobuf or of any runtime. */
import type { StoredTensor } from '../tensor/stored-tensor.ts';
import type { Shape } from '../tensor/tensor.ts';
import type { OpAttributes, OpName } from './ops.ts';

/** Graphs compute in float32; int32 is for indices. */
export type DType = 'float32' | 'int32';

interface NodeCommon {
  /** Position in building order: inputs always have smaller ids. */
  readonly id: number;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A value given at each run. */
export interface InputNode extends NodeCommon {
  readonly kind: 'input';
  readonly name: string;
}

/** A weight that stays where it is stored; it reads as float32 whatever it is stored as. */
export interface ParameterNode extends NodeCommon {
  readonly kind: 'parameter';
  readonly stored: StoredTensor;
}

/** A small array that is part of the program. */
export interface ConstantNode extends NodeCommon {
  readonly kind: 'constant';
  readonly data: Float32Array | Int32Array;
}

/** An operation applied to other nodes. */
export interface OpNode<Name extends OpName = OpName> extends NodeCommon {
  readonly kind: 'op';
  readonly op: Name;
  readonly inputs: readonly Node[];
  readonly attributes: OpAttributes[Name];
  /** The module that built it: a prefix of the checkpoint's keys, or the empty string. */
  readonly scope: string;
}

export type Node = InputNode | ParameterNode | ConstantNode | OpNode;

/** A program: named outputs, and every node that they need in building order. */
export interface Graph {
  readonly inputs: readonly InputNode[];
  readonly parameters: readonly ParameterNode[];
  readonly outputs: Readonly<Record<string, Node>>;
  /** Needed nodes only, inputs before users. */
  readonly nodes: readonly Node[];
}

/** Whether `node` is the operation `op`, with its attributes typed. */
export function isOp<Name extends OpName>(node: Node, op: Name): node is OpNode<Name> {
  return node.kind === 'op' && node.op === op;
}

/** The graph that computes `outputs` and nothing else. */
export function graphOf(outputs: Readonly<Record<string, Node>>): Graph {
  const nodes = reachableFrom(Object.values(outputs));
  return {
    inputs: nodes.filter((node): node is InputNode => node.kind === 'input'),
    parameters: nodes.filter((node): node is ParameterNode => node.kind === 'parameter'),
    outputs,
    nodes,
  };
}

function reachableFrom(roots: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const pending = [...roots];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'op') pending.push(...node.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

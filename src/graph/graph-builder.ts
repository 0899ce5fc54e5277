/** @file The typed builder of graphs: one method for each operation, shapes checked as nodes are added. */
import { DpoError, invariant } from '../errors.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { type Shape, sizeOf } from '../tensor/tensor.ts';
import type { ConstantNode, DType, InputNode, Node, OpNode, ParameterNode } from './graph.ts';
import { inferShape } from './infer/infer-shape.ts';
import type { ConvAttributes, ConvTransposeAttributes, OpAttributes, OpName } from './ops.ts';

type WithoutId<T> = T extends Node ? Omit<T, 'id'> : never;

/** Convolution attributes with the usual case left out: stride 1, no padding, no dilation. */
export type ConvOptions = Partial<ConvAttributes>;

/**
 * Builds nodes; equal nodes are built once, so a rule may ask for the same intermediate twice.
 * Scopes are the checkpoint's keys: inside `scope('down_blocks.0', …)`, `parameter('conv.weight', …)` reads `down_blocks.0.conv.weight`.
 */
export class GraphBuilder {
  readonly #known = new Map<string, Node>();
  readonly #scopes: string[] = [];
  #nextId = 0;

  // -- Leaves ---------------------------------------------------------------------------------------------------------

  /** A value given at each run; asking again for a name gives the same node. */
  input(name: string, shape: Shape, dtype: DType = 'float32'): InputNode {
    const input = this.#add({ kind: 'input', name, shape, dtype }, `input ${name}`) as InputNode;
    const isSame = input.dtype === dtype && sameShape(input.shape, shape);
    invariant(
      isSame,
      `input "${name}" is ${input.dtype}[${input.shape}], and now ${dtype}[${shape}] is asked for`,
    );
    return input;
  }

  /**
   * The weight `key` of `weights`, inside the current scope.
   * @throws {DpoError} INVALID_CHECKPOINT when it is missing or has another shape.
   */
  parameter(weights: WeightSource, key: string, shape: Shape): ParameterNode {
    const fullKey = this.qualify(key);
    const stored = weights.find(fullKey);
    if (!stored) throw missingTensor(weights, fullKey, shape);
    if (stored.shape.join() !== shape.join()) throw misshapenTensor(stored, shape);
    const identity = `parameter ${stored.path} ${stored.offset} ${shape}`;
    return this.#add({ kind: 'parameter', stored, shape, dtype: 'float32' }, identity) as ParameterNode;
  }

  /** A small array that becomes part of the program. */
  constant(data: Float32Array | Int32Array | readonly number[], shape: Shape): ConstantNode {
    const values =
      data instanceof Int32Array || data instanceof Float32Array ? data : Float32Array.from(data);
    if (values.length !== sizeOf(shape))
      throw new RangeError(`[${shape}] does not hold ${values.length} elements`);
    const dtype = values instanceof Int32Array ? 'int32' : 'float32';
    // Large constants are not compared: writing them as a key would cost more than a second copy.
    const identity = values.length <= 1024 ? `constant ${dtype} ${shape} ${values.join()}` : undefined;
    return this.#add({ kind: 'constant', data: values, shape, dtype }, identity) as ConstantNode;
  }

  scalar(value: number): ConstantNode {
    return this.constant([value], []);
  }

  // -- Scopes ---------------------------------------------------------------------------------------------------------

  /** Runs `build` inside the scope `name`; a dotted name is several levels. */
  scope<T>(name: string, build: () => T): T {
    this.#scopes.push(name);
    try {
      return build();
    } finally {
      this.#scopes.pop();
    }
  }

  /** `key` as the checkpoint spells it from the current scope. */
  qualify(key: string): string {
    return [...this.#scopes, key].filter((part) => part !== '').join('.');
  }

  // -- Elementwise ----------------------------------------------------------------------------------------------------

  neg = (x: Node): OpNode => this.op('Neg', [x], {});
  exp = (x: Node): OpNode => this.op('Exp', [x], {});
  log = (x: Node): OpNode => this.op('Log', [x], {});
  sqrt = (x: Node): OpNode => this.op('Sqrt', [x], {});
  sin = (x: Node): OpNode => this.op('Sin', [x], {});
  cos = (x: Node): OpNode => this.op('Cos', [x], {});
  asin = (x: Node): OpNode => this.op('Asin', [x], {});
  erf = (x: Node): OpNode => this.op('Erf', [x], {});
  sigmoid = (x: Node): OpNode => this.op('Sigmoid', [x], {});
  gelu = (x: Node): OpNode => this.op('Gelu', [x], {});
  quickGelu = (x: Node, alpha = 1.702): OpNode => this.op('QuickGelu', [x], { alpha });
  silu = (x: Node): OpNode => this.op('QuickGelu', [x], { alpha: 1 });
  clip = (x: Node, min: number, max: number): OpNode => this.op('Clip', [x], { min, max });
  add = (a: Node, b: Node | number): OpNode => this.op('Add', [a, this.#operand(b)], {});
  sub = (a: Node | number, b: Node | number): OpNode =>
    this.op('Sub', [this.#operand(a), this.#operand(b)], {});
  mul = (a: Node, b: Node | number): OpNode => this.op('Mul', [a, this.#operand(b)], {});
  div = (a: Node | number, b: Node | number): OpNode =>
    this.op('Div', [this.#operand(a), this.#operand(b)], {});
  /** 1 where `a >= b`, else 0. */
  greaterOrEqual = (a: Node | number, b: Node | number): OpNode =>
    this.op('GreaterOrEqual', [this.#operand(a), this.#operand(b)], {});

  // -- Products -------------------------------------------------------------------------------------------------------

  matMul = (a: Node, b: Node): OpNode => this.op('MatMul', [a, b], {});
  gemm = (a: Node, b: Node, c?: Node, { transA = false, transB = false } = {}): OpNode =>
    this.op('Gemm', c ? [a, b, c] : [a, b], { transA, transB });
  conv = (x: Node, w: Node, bias?: Node, options: ConvOptions = {}): OpNode =>
    this.op('Conv', bias ? [x, w, bias] : [x, w], { ...PLAIN_CONV, ...options });
  convTranspose = (x: Node, w: Node, options: Partial<ConvTransposeAttributes> = {}): OpNode =>
    this.op('ConvTranspose', [x, w], { ...PLAIN_CONV, outputPadding: [0, 0], ...options });
  attention = (q: Node, k: Node, v: Node, heads: number): OpNode =>
    this.op('Attention', [q, k, v], { heads });

  // -- Movement -------------------------------------------------------------------------------------------------------

  reshape = (x: Node, shape: Shape): Node =>
    sameShape(x.shape, shape) ? x : this.op('Reshape', [x], { shape });
  transpose = (x: Node, perm: readonly number[]): OpNode => this.op('Transpose', [x], { perm });
  expand = (x: Node, shape: Shape): Node =>
    sameShape(x.shape, shape) ? x : this.op('Expand', [x], { shape });
  concat = (inputs: readonly Node[], axis: number): Node =>
    inputs.length === 1
      ? inputs[0]
      : this.op('Concat', inputs, { axis: axis < 0 ? axis + inputs[0].shape.length : axis });
  /** `x[start:end]` along one axis, whole along the others. */
  slice(x: Node, axis: number, start: number, end: number): Node {
    if (start === 0 && end === x.shape[axis]) return x;
    const starts = x.shape.map((_, a) => (a === axis ? start : 0));
    const ends = x.shape.map((size, a) => (a === axis ? end : size));
    return this.op('Slice', [x], { starts, ends });
  }
  upsample = (x: Node, factor: number): OpNode => this.op('Upsample', [x], { factor });
  pad = (x: Node, before: readonly number[], after: readonly number[]): OpNode =>
    this.op('Pad', [x], { before, after });
  gather = (data: Node, indices: Node): OpNode => this.op('Gather', [data, indices], {});
  scatterAdd = (indices: Node, updates: Node, rows: number): OpNode =>
    this.op('ScatterAdd', [indices, updates], { rows });

  // -- Reductions and normalisations ----------------------------------------------------------------------------------

  reduceSum = (x: Node, axes: readonly number[], keepDims = false): OpNode =>
    this.op('ReduceSum', [x], { axes: sortedAxes(x, axes), keepDims });
  reduceMean = (x: Node, axes: readonly number[], keepDims = false): OpNode =>
    this.op('ReduceMean', [x], { axes: sortedAxes(x, axes), keepDims });
  softmax = (x: Node): OpNode => this.op('Softmax', [x], {});
  layerNormalization = (x: Node, scale: Node, bias: Node, epsilon: number): OpNode =>
    this.op('LayerNormalization', [x, scale, bias], { epsilon });
  groupNormalization = (x: Node, scale: Node, bias: Node, groups: number, epsilon: number): OpNode =>
    this.op('GroupNormalization', [x, scale, bias], { groups, epsilon });

  /** Any operation by name; the methods above are its typed forms. */
  op<Name extends OpName>(op: Name, inputs: readonly Node[], attributes: OpAttributes[Name]): OpNode<Name> {
    const scope = this.#scopes.filter((part) => part !== '').join('.');
    const shapes = inputs.map((input) => input.shape);
    const shape = inferShape(op, shapes, attributes, scope);
    const dtype = MOVES_INTEGERS.has(op) ? inputs[0].dtype : 'float32';
    const identity = `${op} ${inputs.map((input) => input.id)} ${JSON.stringify(attributes)}`;
    return this.#add(
      { kind: 'op', op, inputs, attributes, scope, shape, dtype } as WithoutId<OpNode>,
      identity,
    ) as OpNode<Name>;
  }

  #operand(value: Node | number): Node {
    return typeof value === 'number' ? this.scalar(value) : value;
  }

  #add(node: WithoutId<Node>, identity: string | undefined): Node {
    const known = identity === undefined ? undefined : this.#known.get(identity);
    if (known) return known;
    const added = { ...node, id: this.#nextId++ } as Node;
    if (identity !== undefined) this.#known.set(identity, added);
    return added;
  }
}

/** Operations whose output has the dtype of their first input; all others give float32. */
const MOVES_INTEGERS: ReadonlySet<OpName> = new Set<OpName>([
  'Gather',
  'Reshape',
  'Slice',
  'Concat',
  'Transpose',
  'Expand',
  'Pad',
]);

const PLAIN_CONV: ConvAttributes = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function sortedAxes(x: Node, axes: readonly number[]): number[] {
  return axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)).sort((a, b) => a - b);
}

function missingTensor(weights: WeightSource, key: string, expected: Shape): DpoError {
  return new DpoError(
    'INVALID_CHECKPOINT',
    `${weights.name} has no tensor "${key}"; expected one of shape [${expected}].`,
    {
      details: { file: weights.name, key, expected },
    },
  );
}

function misshapenTensor(stored: StoredTensor, expected: Shape): DpoError {
  const message = `Tensor "${stored.key}" in ${stored.path} has shape [${stored.shape}]; the configuration asks for [${expected}].`;
  return new DpoError('INVALID_CHECKPOINT', message, {
    details: { file: stored.path, key: stored.key, expected, actual: stored.shape },
  });
}

/** @file A graph as the bytes of an ONNX model; weights stay in their files, addressed by offset. */
import { create, toBinary } from '@bufbuild/protobuf';
import { invariant } from '../../errors.ts';
import type { Graph, Node, OpNode } from '../graph.ts';
import type { OpName } from '../ops.ts';
import { ModelProtoSchema } from './generated/onnx_pb.ts';
import { halfPrecisionPlan, type NodePrecision, type Precision } from './half-precision.ts';
import { LOWERINGS } from './lowerings.ts';
import { fileLocation, OnnxEmitter, type WeightLocator } from './onnx-emitter.ts';

/** onnxruntime 1.30 reads up to IR version 13; version 10 has all that we write. */
const IR_VERSION = 10n;
const OPSET_VERSION = 20n;
const MICROSOFT_OPSET_VERSION = 1n;

const FULL: NodePrecision = { compute: 'float32', result: 'float32' };

export interface WriteOptions {
  /** What products are computed in; inputs and outputs are float32 either way. @default 'float32' */
  readonly precision?: Precision;
  /** Where a runtime finds a weight. @default {@link fileLocation} */
  readonly locate?: WeightLocator;
}

/** The ONNX model of `graph`: inputs and outputs under their own names, nodes named by scope and operation. */
export function writeOnnx(graph: Graph, options: WriteOptions = {}): Uint8Array {
  const writer = new GraphWriter(graph, options);
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'dpo-diff',
    opsetImport: [
      { domain: '', version: OPSET_VERSION },
      { domain: 'com.microsoft', version: MICROSOFT_OPSET_VERSION },
    ],
    graph: writer.write(),
  });
  return toBinary(ModelProtoSchema, model);
}

class GraphWriter {
  readonly #graph: Graph;
  readonly #emitter: OnnxEmitter;
  /** Empty where everything is float32. */
  readonly #plan: ReadonlyMap<Node, NodePrecision>;
  readonly #names: ReadonlyMap<Node, string>;
  /** Values that were written already in a precision that is not the node's own. */
  readonly #converted = new Set<string>();

  constructor(graph: Graph, { precision = 'float32', locate = fileLocation }: WriteOptions) {
    this.#graph = graph;
    this.#emitter = new OnnxEmitter(locate);
    this.#plan = precision === 'float16' ? halfPrecisionPlan(graph) : new Map();
    this.#names = valueNames(graph, this.#plan);
  }

  write() {
    for (const node of this.#graph.nodes) {
      if (node.kind === 'input') this.#emitter.input(node.name, node.dtype, node.shape);
      if (node.kind === 'op') this.#writeOp(node);
    }
    for (const [name, node] of Object.entries(this.#graph.outputs)) {
      invariant(node.dtype === 'float32', `output "${name}" is ${node.dtype}; programs give float32 only`);
      const value = this.#valueOf(node, 'float32');
      if (value !== name) this.#emitter.emit(name, 'Identity', [value]);
      this.#emitter.output(name, node.shape);
    }
    return this.#emitter.build('dpo-diff');
  }

  #writeOp(node: OpNode): void {
    const name = this.#names.get(node)!;
    const { compute, result } = this.#plan.get(node) ?? FULL;
    const inputs = node.inputs.map((input) => this.#valueOf(input, compute));
    if (compute === result) {
      lower(this.#emitter, node, name, inputs);
      return;
    }
    const computed = `${name}:${compute}`;
    lower(this.#emitter, node, computed, inputs);
    this.#emitter.cast(name, computed, result);
  }

  /** The name of the node's value as `precision`; integers are what they are. */
  #valueOf(node: Node, precision: Precision): string {
    const name = this.#names.get(node)!;
    if (node.kind === 'parameter') return this.#emitter.weight(name, node.stored, precision);
    if (node.kind === 'constant') return this.#constant(name, node.data, node.shape, precision);
    const own = node.dtype === 'int32' ? precision : (this.#plan.get(node)?.result ?? 'float32');
    return own === precision ? name : this.#convert(name, precision);
  }

  #constant(
    name: string,
    data: Float32Array | Int32Array,
    shape: readonly number[],
    precision: Precision,
  ): string {
    if (precision === 'float32' || data instanceof Int32Array) return this.#emitter.array(name, data, shape);
    return this.#emitter.halfArray(`${name}:${precision}`, data, shape);
  }

  #convert(name: string, precision: Precision): string {
    const converted = `${name}:as ${precision}`;
    if (!this.#converted.has(converted)) this.#emitter.cast(converted, name, precision);
    this.#converted.add(converted);
    return converted;
  }
}

/** An output's value carries the output's name where it can, so that no copy is needed. */
function valueNames(graph: Graph, plan: ReadonlyMap<Node, NodePrecision>): Map<Node, string> {
  const names = new Map<Node, string>();
  for (const [name, node] of Object.entries(graph.outputs)) {
    const isFloat32 = node.kind === 'op' && plan.get(node)?.result !== 'float16';
    if (isFloat32 && !names.has(node)) names.set(node, name);
  }
  graph.nodes.forEach((node, index) => {
    if (!names.has(node)) names.set(node, nameOf(node, index));
  });
  return names;
}

function nameOf(node: Node, index: number): string {
  switch (node.kind) {
    case 'input':
      return node.name;
    case 'parameter':
      return `${node.stored.key}#${index}`;
    case 'constant':
      return `constant_${index}`;
    case 'op':
      return node.scope === '' ? `${node.op}_${index}` : `${node.scope}/${node.op}_${index}`;
  }
}

function lower<Name extends OpName>(
  emitter: OnnxEmitter,
  node: OpNode<Name>,
  name: string,
  inputs: string[],
): void {
  LOWERINGS[node.op](emitter, node, name, inputs);
}

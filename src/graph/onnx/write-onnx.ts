/** @file A graph as the bytes of an ONNX model; weights stay in their files, addressed by offset. */
import { create, toBinary } from '@bufbuild/protobuf';
import { invariant } from '../../errors.ts';
import type { Graph, Node, OpNode } from '../graph.ts';
import type { OpName } from '../ops.ts';
import { ModelProtoSchema } from './generated/onnx_pb.ts';
import { LOWERINGS } from './lowerings.ts';
import { OnnxEmitter } from './onnx-emitter.ts';

/** onnxruntime 1.30 reads up to IR version 13; version 10 has all that we write. */
const IR_VERSION = 10n;
const OPSET_VERSION = 20n;
const MICROSOFT_OPSET_VERSION = 1n;

/**
 * The ONNX model of `graph`: inputs and outputs under their own names, nodes named by scope and operation.
 * External locations are absolute paths without their root, as onnxruntime wants them for a model given as bytes.
 */
export function writeOnnx(graph: Graph): Uint8Array {
  const emitter = new OnnxEmitter();
  const names = valueNames(graph);
  for (const node of graph.nodes) writeNode(emitter, node, names);
  for (const [name, node] of Object.entries(graph.outputs)) {
    invariant(node.dtype === 'float32', `output "${name}" is ${node.dtype}; programs give float32 only`);
    if (names.get(node) !== name) emitter.emit(name, 'Identity', [names.get(node)!]);
    emitter.output(name, node.shape);
  }
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'dpo-diff',
    opsetImport: [
      { domain: '', version: OPSET_VERSION },
      { domain: 'com.microsoft', version: MICROSOFT_OPSET_VERSION },
    ],
    graph: emitter.build('dpo-diff'),
  });
  return toBinary(ModelProtoSchema, model);
}

/** An output's value carries the output's name where it can, so that no copy is needed. */
function valueNames(graph: Graph): Map<Node, string> {
  const names = new Map<Node, string>();
  for (const [name, node] of Object.entries(graph.outputs)) {
    if (node.kind === 'op' && !names.has(node)) names.set(node, name);
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

function writeNode(emitter: OnnxEmitter, node: Node, names: ReadonlyMap<Node, string>): void {
  const name = names.get(node)!;
  switch (node.kind) {
    case 'input':
      emitter.input(name, node.dtype, node.shape);
      break;
    case 'parameter':
      emitter.weight(name, node.stored);
      break;
    case 'constant':
      emitter.array(name, node.data, node.shape);
      break;
    case 'op':
      lower(
        emitter,
        node,
        name,
        node.inputs.map((input) => names.get(input)!),
      );
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

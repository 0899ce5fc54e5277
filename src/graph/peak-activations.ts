/** @file How much memory a graph's values take at once, counted from its shapes. */

import { sizeOf } from '../tensor/tensor.ts';
import { type Graph, isOp, type Node } from './graph.ts';
import { workingBytes } from './working-bytes.ts';

/** Values are computed in 4 bytes, float32 or int32. */
const VALUE_BYTES = 4;

/**
 * The most bytes of values alive at once when `graph` runs in its own order and each is freed after its last use.
 * Inputs and outputs live throughout; weights count only as far as half precision is widened for the operation that reads it; operations add
 * what they take for themselves. An estimate: a runtime fuses operations and may choose another order.
 */
export function peakActivationBytes(graph: Graph): number {
  const lastUse = lastUses(graph);
  const kept = new Set(Object.values(graph.outputs).map(storageOf));
  const inputs = graph.inputs.reduce((sum, node) => sum + bytesOf(node), 0);
  let live = inputs;
  let peak = live;
  for (const node of graph.nodes) {
    if (node.kind !== 'op') continue;
    if (storageOf(node) === node) live += bytesOf(node);
    peak = Math.max(peak, live + widenedBytes(node.inputs) + workingBytes(node));
    for (const input of new Set([...node.inputs.map(storageOf), storageOf(node)])) {
      if (input.kind === 'op' && lastUse.get(input) === node && !kept.has(input)) live -= bytesOf(input);
    }
  }
  return peak;
}

/** The last operation that reads each value, itself where nothing does. */
function lastUses({ nodes }: Graph): Map<Node, Node> {
  const lastUse = new Map<Node, Node>();
  for (const node of nodes) {
    if (node.kind !== 'op') continue;
    for (const value of [node, ...node.inputs]) lastUse.set(storageOf(value), node);
  }
  return lastUse;
}

/** The node whose memory a value uses: a reshaped value is the same bytes. */
function storageOf(node: Node): Node {
  let owner = node;
  while (isOp(owner, 'Reshape')) owner = owner.inputs[0]!;
  return owner;
}

function bytesOf(node: Node): number {
  return sizeOf(node.shape) * VALUE_BYTES;
}

function widenedBytes(inputs: readonly Node[]): number {
  const halves = inputs.filter((node) => node.kind === 'parameter' && node.stored.dtype !== 'float32');
  return halves.reduce((sum, node) => sum + bytesOf(node), 0);
}

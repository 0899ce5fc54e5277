/** @file A graph as text, one line a node, for reading and for snapshots. */
import type { Graph, Node, OpNode } from './graph.ts';

/** Every node of `graph` in order, with its operation, inputs, attributes, type and scope. Nodes are numbered from 0. */
export function printGraph(graph: Graph): string {
  const numbers = new Map(graph.nodes.map((node, index) => [node, `%${index}`]));
  const lines = graph.nodes.map(
    (node) =>
      `${numbers.get(node)} = ${describe(node, numbers)} : ${node.dtype}[${node.shape}]${scopeOf(node)}`,
  );
  const outputs = Object.entries(graph.outputs).map(
    ([name, node]) => `return ${name} = ${numbers.get(node)}`,
  );
  return [...lines, ...outputs].join('\n');
}

function describe(node: Node, numbers: ReadonlyMap<Node, string>): string {
  switch (node.kind) {
    case 'input':
      return `input "${node.name}"`;
    case 'parameter':
      return `parameter "${node.stored.key}" ${node.stored.dtype}`;
    case 'constant':
      return `constant ${summary(node.data)}`;
    case 'op':
      return `${node.op}(${node.inputs.map((input) => numbers.get(input)).join(', ')})${attributesOf(node)}`;
  }
}

function attributesOf(node: OpNode): string {
  const parts = Object.entries(node.attributes).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return parts.length === 0 ? '' : ` {${parts.join(', ')}}`;
}

function scopeOf(node: Node): string {
  return node.kind === 'op' && node.scope !== '' ? `  # ${node.scope}` : '';
}

function summary(data: Float32Array | Int32Array): string {
  if (data.length <= 8) return `[${data.join(', ')}]`;
  return `[${data.slice(0, 4).join(', ')}, … ${data.length} elements]`;
}

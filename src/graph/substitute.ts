/** @file Rebuilds part of a graph with some of its nodes replaced. */
import { graphOf, type Node } from './graph.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** `outputs` computed from `replacements` where the original nodes stood; what depends on none of them is kept as it is. */
export function substitute(
  g: GraphBuilder,
  outputs: Readonly<Record<string, Node>>,
  replacements: ReadonlyMap<Node, Node>,
): Record<string, Node> {
  const rebuilt = new Map<Node, Node>(replacements);
  for (const node of graphOf(outputs).nodes) {
    if (rebuilt.has(node) || node.kind !== 'op') continue;
    const inputs = node.inputs.map((input) => rebuilt.get(input) ?? input);
    if (inputs.every((input, i) => input === node.inputs[i])) continue;
    rebuilt.set(
      node,
      g.scope(node.scope, () => g.op(node.op, inputs, node.attributes)),
    );
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, rebuilt.get(node) ?? node]));
}

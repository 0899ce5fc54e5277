/** @file The nonlinearities of CLIP's towers. */
import type { HiddenActivation } from '../checkpoint/text-encoder-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';

/** Applies the activation that a configuration names, elementwise. */
export function activate(g: GraphBuilder, x: Node, activation: HiddenActivation): Node {
  switch (activation) {
    case 'quick_gelu':
      return g.quickGelu(x);
    case 'gelu':
      return g.gelu(x);
    default:
      return activation satisfies never;
  }
}

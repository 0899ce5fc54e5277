/**
 * @file In which order the nodes of a model are listed, for the sake of memory. onnxruntime does not run nodes as they are listed: it goes
 * back from the outputs, depth first, into the input that is listed last, and runs a node when all its inputs are done. Listed by
 * depth, the far inputs of a node come before the near ones: a weight is widened, and an activation computed again, right before it is
 * read and not at the start.
 */
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { NodeProtoSchema } from './generated/onnx_pb.ts';

type NodeProto = MessageInitShape<typeof NodeProtoSchema>;

/**
 * Every node, those first that have the shortest way from the program's inputs and weights.
 * @param nodes inputs before users
 * @param casts widen weights, by the value that they give; each node that reads one gets its own copy, or a weight that the forward and the
 * backward pass read would stay widened from the one to the other
 */
export function listByDepth(nodes: readonly NodeProto[], casts: ReadonlyMap<string, NodeProto>): NodeProto[] {
  const depths = new Map<string, number>();
  const levels: NodeProto[][] = [[]];
  for (const node of nodes) {
    const own = new Map<string, NodeProto>();
    const input = (node.input ?? []).map((name) => ownCast(name, casts.get(name), node, own));
    levels[0]!.push(...own.values());
    const depth = 1 + Math.max(0, ...input.map((name) => depths.get(name) ?? 0));
    for (const name of node.output ?? []) depths.set(name, depth);
    levels[depth] ??= [];
    levels[depth].push({ ...node, input });
  }
  return levels.flat();
}

/** `name`, or where it is a widened weight the name of a copy for `reader` alone, which is put into `own`. */
function ownCast(
  name: string,
  cast: NodeProto | undefined,
  reader: NodeProto,
  own: Map<string, NodeProto>,
): string {
  if (!cast) return name;
  const copy = `${name}:for ${reader.name}`;
  own.set(copy, { ...cast, name: copy, output: [copy] });
  return copy;
}

/**
 * @file The rule of attention. The weights P = softmax(q kᵀ / sqrt(D)) of all heads together are the largest value of a network
 * (512 MB at 64 x 64 latents), so they are computed again in blocks of a few heads, or of some of a head's queries,
 * and the gradients of each block are tied together, so that a runtime holds one block at a time whatever order it chooses.
 */

import type { Node, OpNode } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import { crop } from './crop.ts';
import { together } from './together.ts';
import type { VjpRule } from './vjp-rule.ts';

/** Most elements of one block of attention weights, over batch, heads, queries and keys: 16 MB. */
export const MAX_BLOCK_ELEMENTS = 4 * 2 ** 20;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What every block of one attention node reads. */
interface Backward {
  readonly g: GraphBuilder;
  readonly q: Node;
  readonly k: Node;
  readonly v: Node;
  readonly ct: Node;
  readonly heads: number;
  /** sum(ct out) over each head's width, `[B, S, heads]`; it equals the sum of ct vᵀ P over keys, and needs no block. */
  readonly delta: () => Node;
  readonly needed: readonly boolean[];
}

/** Gradients of a block: `q` is `[B, queries, width]`; `k` and `v` are `[B, heads, D, keys]`, to be summed over queries. */
type BlockGradients = Readonly<Record<'q' | 'k' | 'v', Node | null>>;

export const attentionRule: VjpRule<'Attention'> = (g, node, ct, needed) =>
  attentionGradients(g, node, ct, needed, MAX_BLOCK_ELEMENTS);

/** The rule with another limit of a block's elements. */
export function attentionGradients(
  g: GraphBuilder,
  node: OpNode<'Attention'>,
  ct: Node,
  needed: readonly boolean[],
  maxBlockElements: number,
): (Node | null)[] {
  const [q, k, v] = node.inputs;
  const { heads } = node.attributes;
  const backward = { g, q, k, v, ct, heads, delta: () => deltaOf(g, node, ct), needed };
  const { headRanges, queryRanges } = blocksOf(backward, maxBlockElements);
  const byHeads = headRanges.map((range) => gradientsOfHeads(backward, range, queryRanges));
  return (['q', 'k', 'v'] as const).map((name, i) => {
    const parts = byHeads.map((gradients) => gradients[name]).filter((part) => part !== null);
    return needed[i] ? g.concat(parts, 2) : null;
  });
}

function deltaOf(g: GraphBuilder, node: OpNode<'Attention'>, ct: Node): Node {
  const [batch, queries, width] = node.shape;
  const { heads } = node.attributes;
  return g.reduceSum(g.reshape(g.mul(ct, node), [batch, queries, heads, width / heads]), [3]);
}

/** Several heads at once while they fit into a block, else one head and as many of its queries as fit. */
function blocksOf({ q, k, heads }: Backward, maxBlockElements: number) {
  const [batch, queries] = q.shape;
  const elementsOfQuery = batch * k.shape[1];
  const headsAtOnce = Math.max(1, Math.floor(maxBlockElements / (elementsOfQuery * queries)));
  const queriesAtOnce = Math.max(1, Math.floor(maxBlockElements / elementsOfQuery));
  return { headRanges: evenRanges(heads, headsAtOnce), queryRanges: evenRanges(queries, queriesAtOnce) };
}

/** Splits `total` into as few ranges as hold at most `most` each, of nearly equal length. */
function evenRanges(total: number, most: number): Range[] {
  const count = Math.ceil(total / most);
  return Array.from({ length: count }, (_, i) => ({
    start: Math.floor((i * total) / count),
    end: Math.floor(((i + 1) * total) / count),
  }));
}

function gradientsOfHeads(backward: Backward, heads: Range, queryRanges: readonly Range[]): BlockGradients {
  const { g } = backward;
  const q: Node[] = [];
  let latest: BlockParts = () => null;
  for (const queries of queryRanges) {
    const block = gradientsOfBlock(backward, heads, queries);
    // Summed at once: a later sum would keep every block's share.
    latest = finished(g, { q: block.q, k: sum(g, latest('k'), block.k), v: sum(g, latest('v'), block.v) });
    const ofQueries = latest('q');
    if (ofQueries) q.push(ofQueries);
  }
  const all = q.length > 0 ? g.concat(q, 1) : null;
  const whole = finished(g, { q: all, k: latest('k'), v: latest('v') });
  const [k, v] = [whole('k'), whole('v')];
  return { q: whole('q'), k: k && columnsToWidth(g, k), v: v && columnsToWidth(g, v) };
}

type BlockParts = (name: keyof BlockGradients) => Node | null;

/** The gradients of a block, so tied that none is read before all are computed and its weights are gone. */
function finished(g: GraphBuilder, gradients: BlockGradients): BlockParts {
  const names = (['q', 'k', 'v'] as const).filter((name) => gradients[name] !== null);
  const parts = together(
    g,
    names.map((name) => gradients[name]!),
  );
  return (name) => (names.includes(name) ? parts(names.indexOf(name)) : null);
}

function sum(g: GraphBuilder, a: Node | null, b: Node | null): Node | null {
  return a && b ? g.add(a, b) : b;
}

/**
 * With P the weights, O = P v and S = q kᵀ / sqrt(D): dv = Pᵀ ct, dP = ct vᵀ, dS = P (dP - delta), dq = dS k / sqrt(D) and
 * dk = dSᵀ q / sqrt(D). dk and dv are built transposed, so that no block of weights has to be.
 */
function gradientsOfBlock(backward: Backward, heads: Range, queries: Range): BlockGradients {
  const { g, q, k, v, ct, needed } = backward;
  const [needsQ, needsK, needsV] = needed;
  const keys = { start: 0, end: k.shape[1] };
  const scale = Math.sqrt(backward.heads / q.shape[2]);
  const part = (x: Node, rows: Range) => headsOf(backward, x, heads, rows);

  const scaledQ = g.mul(part(q, queries), scale);
  const weights = g.softmax(g.matMul(asRows(g, scaledQ), asColumns(g, part(k, keys))));
  const ctBlock = part(ct, queries);
  const ofV = needsV ? g.matMul(asColumns(g, ctBlock), weights) : null;
  if (!needsQ && !needsK) return { q: null, k: null, v: ofV };

  // dP - delta as one product, delta being one more column of ct against a row of ones: a pass over a block costs as much as a product.
  const ctAndDelta = g.concat([asRows(g, ctBlock), g.neg(asRows(g, part(backward.delta(), queries)))], 3);
  const ctScores = g.mul(weights, g.matMul(ctAndDelta, withRowOfOnes(g, asColumns(g, part(v, keys)))));
  const ofQ = needsQ ? g.mul(g.matMul(ctScores, asRows(g, part(k, keys))), scale) : null;
  const ofK = needsK ? g.matMul(asColumns(g, scaledQ), ctScores) : null;
  return { q: ofQ && rowsToWidth(g, ofQ), k: ofK, v: ofV };
}

/** `[B, heads, D, keys]` with a row of ones below: `[B, heads, D + 1, keys]`. */
function withRowOfOnes(g: GraphBuilder, x: Node): Node {
  const [batch, heads, , keys] = x.shape;
  return g.concat([x, g.expand(g.scalar(1), [batch, heads, 1, keys])], 2);
}

/** The part of `x [B, rows, width]` that belongs to some heads and rows: `[B, rows, heads, D]`. */
function headsOf({ g, heads }: Backward, x: Node, headRange: Range, rows: Range): Node {
  const [batch, , width] = x.shape;
  const size = width / heads;
  const part = crop(g, x, [0, rows.start, headRange.start * size], [batch, rows.end, headRange.end * size]);
  return g.reshape(part, [batch, rows.end - rows.start, headRange.end - headRange.start, size]);
}

/** `[B, rows, heads, D]` as `[B, heads, rows, D]`. */
function asRows(g: GraphBuilder, x: Node): Node {
  const [batch, rows, heads, size] = x.shape;
  return heads === 1 ? g.reshape(x, [batch, 1, rows, size]) : g.transpose(x, [0, 2, 1, 3]);
}

/** `[B, rows, heads, D]` as `[B, heads, D, rows]`. */
function asColumns(g: GraphBuilder, x: Node): Node {
  return g.transpose(x, [0, 2, 3, 1]);
}

/** `[B, heads, rows, D]` as `[B, rows, heads D]`. */
function rowsToWidth(g: GraphBuilder, x: Node): Node {
  const [batch, heads, rows, size] = x.shape;
  return g.reshape(heads === 1 ? x : g.transpose(x, [0, 2, 1, 3]), [batch, rows, heads * size]);
}

/** `[B, heads, D, rows]` as `[B, rows, heads D]`. */
function columnsToWidth(g: GraphBuilder, x: Node): Node {
  const [batch, heads, size, rows] = x.shape;
  return g.reshape(g.transpose(x, [0, 3, 1, 2]), [batch, rows, heads * size]);
}

/** @file What judges pictures: the interface that anybody may implement, and the narrower one of scorers that are graphs. */
import { DpoError } from '../errors.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { FloatTensor } from '../tensor/tensor.ts';

/**
 * Says how badly pictures follow a prompt. `name` and `losses` are enough for random search and evolution; the methods that
 * follow gradients need `gradient` too.
 * @example
 * const dark: Scorer = {
 *   name: 'darkness',
 *   losses: async ({ shape, data }) => {
 *     const size = data.length / shape[0];
 *     return Array.from({ length: shape[0] }, (_, i) => mean(data.subarray(i * size, (i + 1) * size)));
 *   },
 * };
 * const pipeline = await loadPipeline({ scorer: dark });
 */
export interface Scorer {
  /** For display and in every record. */
  readonly name: string;
  /** A loss for each of the pictures `[N, 3, H, W]` in [0, 1], lower is better; NaN for one that cannot be judged. */
  losses(images: FloatTensor, prompt: string): Promise<ArrayLike<number>>;
  /** The losses and the gradient of each at its own picture. */
  gradient?(images: FloatTensor, prompt: string): Promise<PixelGradient>;
  /** How alike two texts are, −1 to 1; attacks reject prompts by it. */
  textSimilarity?(one: string, other: string): Promise<number>;
  /** Where it reads but the beginning of a long prompt; a warning names the words that it does not read. */
  readonly tokenizer?: PromptReader;
  /** Another text for each version of it that gives other losses. Only losses of a scorer that has one, or is a CLIP, are kept in a store. */
  readonly fingerprint?: string;
}

export interface PixelGradient {
  readonly losses: ArrayLike<number>;
  /** d loss / d picture, `[N, 3, H, W]`: row i is the gradient of loss i. */
  readonly gradient: FloatTensor;
}

/** What reads a prompt up to a limit. */
export interface PromptReader {
  /** Tokens, the two markers included. */
  readonly maxLength: number;
  /** `truncatedText` is the end of the prompt that is not read; undefined when all is. */
  tokenize(prompt: string): { readonly truncatedText: string | undefined };
}

/** A scorer whose loss is a graph, so that the decoder and it can be one program with one backward pass. */
export interface GraphScorer extends Scorer {
  /** What the graph needs to know of a prompt, `[1, P]`. */
  textEmbedding(prompt: string): Promise<FloatTensor>;
  /** Losses `[N]` of pictures `[N, 3, H, W]`. @param text an input of the embedding's shape */
  buildLoss(g: GraphBuilder, image: Node, text: Node): Node;
}

export function isGraphScorer(scorer: Scorer): scorer is GraphScorer {
  return 'buildLoss' in scorer;
}

/** A part of a sum of losses. */
export interface WeightedScorer<S = Scorer> {
  readonly scorer: S;
  /** What its loss is multiplied by, above 0. @default 1 */
  readonly weight?: number;
  /** Where it came from, as the user gave it; absent where nobody gave it. For records. */
  readonly source?: string;
}

/** How CLIP scorers measure the angle between a picture's and a prompt's embedding. */
export type ClipLoss = 'spherical' | 'cosine';

export const CLIP_LOSSES: readonly ClipLoss[] = ['spherical', 'cosine'];

/** @throws {DpoError} INVALID_OPTION when `value` is not one of `CLIP_LOSSES` */
export function checkClipLoss(value: ClipLoss): ClipLoss {
  if (CLIP_LOSSES.includes(value)) return value;
  throw new DpoError('INVALID_OPTION', `The loss must be spherical or cosine, got ${String(value)}.`, {
    details: { option: 'loss', value },
  });
}

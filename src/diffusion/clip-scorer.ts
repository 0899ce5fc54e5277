/** @file CLIP as a scorer: how well a picture follows a prompt, by the angle between their embeddings. */
import { gradient } from '../autodiff/gradient.ts';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';
import { cosineLoss } from '../models/cosine-loss.ts';
import { preprocessImage } from '../models/preprocess-image.ts';
import { sphericalLoss } from '../models/spherical-loss.ts';
import { cosineSimilarity } from '../tensor/cosine-similarity.ts';
import { concatRows, rowsOf } from '../tensor/stack.ts';
import { type FloatTensor, intTensor } from '../tensor/tensor.ts';
import { poolingIndex } from './pooling-index.ts';
import type { ProgramTable } from './program-table.ts';
import { RecentValues } from './recent-values.ts';
import type { ClipLoss, GraphScorer, PixelGradient } from './scorer.ts';

/** Embeddings kept for texts that come again: an attack compares the prompt with every candidate. */
const KEPT_TEXTS = 2048;

const LOSSES = { spherical: sphericalLoss, cosine: cosineLoss };

/** A CLIP that compares pictures with prompts; lower losses are better. */
export class ClipScorer implements GraphScorer {
  /** Which loss it gives. */
  readonly loss: ClipLoss;
  readonly #clip: ClipFolder;
  readonly #programs: ProgramTable;
  readonly #texts = new RecentValues<Promise<FloatTensor>>(KEPT_TEXTS);

  /** @param programs its own: keys say nothing of which CLIP it is */
  constructor(clip: ClipFolder, programs: ProgramTable, loss: ClipLoss = 'spherical') {
    this.#clip = clip;
    this.#programs = programs;
    this.loss = loss;
  }

  /** The model that it is made of. */
  get folder(): ClipFolder {
    return this.#clip;
  }

  get name(): string {
    return this.#clip.name;
  }

  /** How it reads texts, and how much of them. */
  get tokenizer(): ClipTokenizer {
    return this.#clip.tokenizer;
  }

  /** The text's embedding `[1, P]`, not normalised. */
  textEmbedding(text: string): Promise<FloatTensor> {
    return this.#texts.get(text, () => this.#embedText(text));
  }

  /** Cosine similarity of two texts' embeddings, −1 to 1. */
  async textSimilarity(one: string, other: string): Promise<number> {
    return cosineSimilarity((await this.textEmbedding(one)).data, (await this.textEmbedding(other)).data);
  }

  /** Embeddings `[N, P]` of pictures `[N, 3, H, W]` in [0, 1], not normalised. */
  async imageEmbedding(image: FloatTensor): Promise<FloatTensor> {
    const program = await this.#programs.get(`clip image ${image.shape}`, (g) => ({
      embedding: this.#buildImage(g, g.input('image', image.shape)),
    }));
    return (await program.run({ image })).embedding;
  }

  /** One picture after another, so that memory does not grow with their number. */
  async losses(images: FloatTensor, prompt: string): Promise<number[]> {
    const losses: number[] = [];
    for (let i = 0; i < images.shape[0]; i++)
      losses.push(...(await this.#losses(rowsOf(images, i, i + 1), prompt)));
    return losses;
  }

  async gradient(images: FloatTensor, prompt: string): Promise<PixelGradient> {
    const losses: number[] = [];
    const gradients: FloatTensor[] = [];
    for (let i = 0; i < images.shape[0]; i++) {
      const result = await this.#gradient(rowsOf(images, i, i + 1), prompt);
      losses.push(...result.loss.data);
      gradients.push(result.gradient);
    }
    return { losses, gradient: concatRows(gradients) };
  }

  buildLoss(g: GraphBuilder, image: Node, text: Node): Node {
    return LOSSES[this.loss](g, this.#buildImage(g, image), text);
  }

  async #losses(image: FloatTensor, prompt: string): Promise<Float32Array> {
    const text = await this.textEmbedding(prompt);
    const program = await this.#programs.get(`clip loss ${image.shape}`, (g) => ({
      loss: this.buildLoss(g, g.input('image', image.shape), g.input('text', text.shape)),
    }));
    return (await program.run({ image, text })).loss.data;
  }

  async #gradient(
    image: FloatTensor,
    prompt: string,
  ): Promise<{ readonly loss: FloatTensor; readonly gradient: FloatTensor }> {
    const text = await this.textEmbedding(prompt);
    const program = await this.#programs.get(`clip pixel gradient ${image.shape}`, (g) => {
      const input = g.input('image', image.shape);
      const loss = this.buildLoss(g, input, g.input('text', text.shape));
      const ones = g.constant(new Float32Array(image.shape[0]).fill(1), loss.shape);
      const [result] = gradient(g, [{ node: loss, cotangent: ones }], [input]);
      return { loss, gradient: result };
    });
    const { loss, gradient: result } = await program.run({ image, text });
    return { loss, gradient: result };
  }

  async #embedText(text: string): Promise<FloatTensor> {
    const { config, weights, tokenizer } = this.#clip;
    const { ids } = tokenizer.tokenize(text);
    const program = await this.#programs.get('clip text', (g) => {
      const inputs = {
        ids: g.input('ids', [1, ids.length], 'int32'),
        eosIndex: g.input('eosIndex', [1], 'int32'),
      };
      return { embedding: clipTextEmbedding(g, weights, config, inputs) };
    });
    const eosIndex = poolingIndex(ids, config.text.eosTokenId, tokenizer.eosTokenId);
    return (await program.run({ ids: intTensor([1, ids.length], ids), eosIndex: intTensor([1], [eosIndex]) }))
      .embedding;
  }

  #buildImage(g: GraphBuilder, image: Node): Node {
    const { config, weights, preprocessor } = this.#clip;
    return clipImageEmbedding(g, weights, config, preprocessImage(g, preprocessor, image));
  }
}

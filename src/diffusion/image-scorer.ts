/** @file How well a picture follows a prompt: the paper's loss and its gradient at the latents. */
import { gradient } from '../autodiff/gradient.ts';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';
import { preprocessImage } from '../models/preprocess-image.ts';
import { sphericalLoss } from '../models/spherical-loss.ts';
import { cosineSimilarity } from '../tensor/cosine-similarity.ts';
import { type FloatTensor, intTensor, type Shape } from '../tensor/tensor.ts';
import type { ImageDecoder } from './image-decoder.ts';
import type { ProgramTable } from './program-table.ts';

/** A CLIP that compares pictures with prompts; lower losses are better. */
export class ImageScorer {
  readonly #clip: ClipFolder;
  readonly #programs: ProgramTable;
  readonly #texts = new Map<string, Promise<FloatTensor>>();

  constructor(clip: ClipFolder, programs: ProgramTable) {
    this.#clip = clip;
    this.#programs = programs;
  }

  /** For display. */
  get name(): string {
    return this.#clip.name;
  }

  /** How it reads texts, and how much of them. */
  get tokenizer(): ClipTokenizer {
    return this.#clip.tokenizer;
  }

  /** The text's embedding `[1, P]`, not normalised. */
  textEmbedding(text: string): Promise<FloatTensor> {
    const known = this.#texts.get(text);
    if (known) return known;
    const embedding = this.#embedText(text);
    this.#texts.set(text, embedding);
    return embedding;
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

  /** Spherical loss `[N]` of pictures `[N, 3, H, W]` in [0, 1] against one text. */
  async losses(image: FloatTensor, text: string): Promise<Float32Array> {
    const textEmbedding = await this.textEmbedding(text);
    const program = await this.#programs.get(`clip loss ${image.shape}`, (g) => ({
      loss: this.#buildLoss(g, g.input('image', image.shape), textEmbedding.shape),
    }));
    return (await program.run({ image, text: textEmbedding })).loss.data;
  }

  /** Losses `[N]` of latents `[N, 4, h, w]` decoded by `decoder`, and the gradient of each loss at its latents. */
  async latentLosses(
    decoder: ImageDecoder,
    latents: FloatTensor,
    text: string,
  ): Promise<{ losses: Float32Array; gradient: FloatTensor }> {
    const textEmbedding = await this.textEmbedding(text);
    const program = await this.#programs.get(`clip latent loss ${latents.shape}`, (g) => {
      const input = g.input('latents', latents.shape);
      const loss = this.#buildLoss(g, decoder.build(g, input), textEmbedding.shape);
      const ones = g.constant(new Float32Array(latents.shape[0]).fill(1), loss.shape);
      const [result] = gradient(g, [{ node: loss, cotangent: ones }], [input]);
      return { loss, gradient: result };
    });
    const { loss, gradient: result } = await program.run({ latents, text: textEmbedding });
    return { losses: loss.data, gradient: result };
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
    const eosIndex = ids.indexOf(tokenizer.eosTokenId);
    return (await program.run({ ids: intTensor([1, ids.length], ids), eosIndex: intTensor([1], [eosIndex]) }))
      .embedding;
  }

  #buildLoss(g: GraphBuilder, image: Node, textShape: Shape): Node {
    return sphericalLoss(g, this.#buildImage(g, image), g.input('text', textShape));
  }

  #buildImage(g: GraphBuilder, image: Node): Node {
    const { config, weights, preprocessor } = this.#clip;
    return clipImageEmbedding(g, weights, config, preprocessImage(g, preprocessor, image));
  }
}

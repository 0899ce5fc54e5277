/** @file How alike two texts are: what an attack's constraint asks, and the sentence encoder that answers it. */
import type { SentenceModel } from '../checkpoint/sentence-model.ts';
import { sentenceEmbedding } from '../models/sentence-embedding.ts';
import { cosineSimilarity } from '../tensor/cosine-similarity.ts';
import { floatTensor, intTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';
import { RecentValues } from './recent-values.ts';

/**
 * Compares texts. Anybody may implement it; a cosine means something else for each encoder, so each brings the least that it would
 * take for the same meaning.
 */
export interface TextSimilarity {
  /** For display and in every record. */
  readonly name: string;
  /** Where it came from, as the user named it; absent for one that comes with the package. For records. */
  readonly source?: string;
  /** The similarity below which texts are taken to differ in meaning; undefined where nobody measured it. */
  readonly threshold: number | undefined;
  /** −1 to 1, higher is more alike. */
  similarity(one: string, other: string): Promise<number>;
}

/** A similarity by the angle between vectors. */
export interface SentenceEncoder extends TextSimilarity {
  /** Vectors of length 1, one for each text. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Programs are compiled for multiples of this many tokens: prompts differ in length, and each program takes a while to compile. */
const LENGTH_STEP = 16;

/** Vectors kept for texts that come again; the prompt itself is compared with every candidate. */
const KEPT_VECTORS = 2048;

/** A sentence encoder that runs as a graph. */
export class GraphSentenceEncoder implements SentenceEncoder {
  readonly threshold: number | undefined;
  readonly #model: SentenceModel;
  readonly #programs: ProgramTable;
  readonly #known = new RecentValues<Promise<Float32Array>>(KEPT_VECTORS);

  /** @param programs its own: keys say nothing of which encoder it is */
  constructor(model: SentenceModel, programs: ProgramTable, threshold?: number) {
    this.#model = model;
    this.#programs = programs;
    this.threshold = threshold;
  }

  get name(): string {
    return this.#model.name;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(await this.#embed(text));
    return vectors;
  }

  async similarity(one: string, other: string): Promise<number> {
    const [a, b] = await this.embed([one, other]);
    return cosineSimilarity(a, b);
  }

  #embed(text: string): Promise<Float32Array> {
    return this.#known.get(text, () => this.#run(text));
  }

  async #run(text: string): Promise<Float32Array> {
    const ids = this.#model.tokenizer.encode(text);
    const length = Math.min(
      Math.ceil(Math.max(1, ids.length) / LENGTH_STEP) * LENGTH_STEP,
      Math.max(ids.length, this.#model.tokenizer.maxLength),
    );
    const program = await this.#programs.get(`sentence ${length}`, (g) => ({
      vector: sentenceEmbedding(g, this.#model, {
        ids: g.input('ids', [1, length], 'int32'),
        mask: g.input('mask', [1, length]),
      }),
    }));
    const padded = new Int32Array(length);
    padded.set(ids);
    const mask = new Float32Array(length).fill(1, 0, ids.length);
    const inputs = { ids: intTensor([1, length], padded), mask: floatTensor([1, length], mask) };
    return (await program.run(inputs)).vector.data;
  }
}

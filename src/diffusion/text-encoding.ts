/** @file Prompts as the UNet's context, certain or relaxed. */
import { gradient } from '../autodiff/gradient.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { textTower, tokenEmbeddings, tokenEmbeddingTable } from '../models/text-encoder.ts';
import { type FloatTensor, floatTensor, intTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';

/** Contexts kept for prompts that come again; a population repeats few. */
const KEPT_CONTEXTS = 128;

type TextComponents = Pick<DiffusersFolder, 'textEncoder' | 'tokenizer'>;

/** The text encoder of a pipeline. Contexts are `[S, D]`, S the encoder's length (77), D the UNet's cross-attention width. */
export class TextEncoding {
  readonly #model: TextComponents;
  readonly #programs: ProgramTable;
  readonly #contexts = new Map<string, Promise<FloatTensor>>();

  constructor(model: TextComponents, programs: ProgramTable) {
    this.#model = model;
    this.#programs = programs;
  }

  /** The context of a prompt; words beyond the encoder's length fall off. */
  encode(prompt: string): Promise<FloatTensor> {
    const known = this.#contexts.get(prompt);
    if (known) return known;
    const context = this.#encodeIds(this.#model.tokenizer.tokenize(prompt).ids);
    if (this.#contexts.size >= KEPT_CONTEXTS) this.#contexts.delete(this.#contexts.keys().next().value!);
    this.#contexts.set(prompt, context);
    return context;
  }

  /** The context of a relaxed prompt: `mixture [S, T]` of the embeddings of `tokens [T]`, through the text encoder. */
  async encodeRelaxed(tokens: Int32Array, mixture: FloatTensor): Promise<FloatTensor> {
    const program = await this.#programs.get(`text relaxed ${tokens.length}`, (g) => ({
      context: this.#relaxedContext(g, tokens.length).context,
    }));
    const { context } = await program.run({ tokens: intTensor([tokens.length], tokens), mixture });
    return squeeze(context);
  }

  /** Gradient with respect to the mixture `[S, T]`, given that with respect to the context `[S, D]`. */
  async relaxedTranspose(
    tokens: Int32Array,
    mixture: FloatTensor,
    cotangent: FloatTensor,
  ): Promise<FloatTensor> {
    const program = await this.#programs.get(`text relaxed transpose ${tokens.length}`, (g) => {
      const { context, mixture: input } = this.#relaxedContext(g, tokens.length);
      const [result] = gradient(
        g,
        [{ node: context, cotangent: g.input('cotangent', context.shape) }],
        [input],
      );
      return { gradient: result };
    });
    const inputs = { tokens: intTensor([tokens.length], tokens), mixture, cotangent: unsqueeze(cotangent) };
    return (await program.run(inputs)).gradient;
  }

  async #encodeIds(ids: Int32Array): Promise<FloatTensor> {
    const { config, weights } = this.#model.textEncoder;
    const program = await this.#programs.get('text', (g) => {
      const input = g.input('ids', [1, ids.length], 'int32');
      return { context: textTower(g, weights, config, tokenEmbeddings(g, weights, config, input)) };
    });
    const { context } = await program.run({ ids: intTensor([1, ids.length], ids) });
    return squeeze(context);
  }

  #relaxedContext(g: GraphBuilder, tokenCount: number): { context: Node; mixture: Node } {
    const { config, weights } = this.#model.textEncoder;
    const length = this.#model.tokenizer.maxLength;
    const mixture = g.input('mixture', [length, tokenCount]);
    const rows = g.gather(tokenEmbeddingTable(g, weights, config), g.input('tokens', [tokenCount], 'int32'));
    const embeddings = g.reshape(g.matMul(mixture, rows), [1, length, config.hiddenSize]);
    return { context: textTower(g, weights, config, embeddings), mixture };
  }
}

function squeeze(tensor: FloatTensor): FloatTensor {
  return floatTensor(tensor.shape.slice(1), tensor.data);
}

function unsqueeze(tensor: FloatTensor): FloatTensor {
  return floatTensor([1, ...tensor.shape], tensor.data);
}

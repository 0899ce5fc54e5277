/** @file One text encoder with its tokenizer: certain and relaxed prompts to what the UNet reads of that encoder. */
import { gradient } from '../autodiff/gradient.ts';
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { TextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import {
  penultimateTextState,
  projectedTextTower,
  textTower,
  tokenEmbeddings,
  tokenEmbeddingTable,
} from '../models/text-encoder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { type Conditioning, mapConditioning } from './conditioning.ts';
import type { ProgramTable } from './program-table.ts';
import type { RelaxedPrompt, UncertainTokens } from './relaxed-prompt.ts';

/**
 * What the UNet reads: the normalised last hidden state (SD 1 and 2), the last but one (SDXL's first encoder), or that and the projected
 * vector (SDXL's second).
 */
export type EncoderOutput = 'last' | 'penultimate' | 'penultimate and pooled';

export interface PromptEncoderParts {
  readonly config: TextEncoderConfig;
  readonly weights: WeightSource;
  readonly tokenizer: ClipTokenizer;
  readonly output: EncoderOutput;
  /** Names its programs: `text`. */
  readonly name: string;
}

interface EncoderNodes {
  readonly context: Node;
  readonly pooled?: Node;
}

/** Conditionings here are `[S, D]` and `[P]` of this encoder alone. */
export class PromptEncoder {
  readonly tokenizer: ClipTokenizer;
  readonly #parts: PromptEncoderParts;
  readonly #programs: ProgramTable;

  constructor(parts: PromptEncoderParts, programs: ProgramTable) {
    this.tokenizer = parts.tokenizer;
    this.#parts = parts;
    this.#programs = programs;
  }

  /** A conditioning of zeros. */
  zeros(): Conditioning {
    const { config, tokenizer } = this.#parts;
    return {
      context: floatTensor([tokenizer.maxLength, config.hiddenSize]),
      ...(this.#isPooled && { pooled: floatTensor([config.projectionDim]) }),
    };
  }

  /** A prompt; words beyond the encoder's length fall off. */
  async encode(prompt: string): Promise<Conditioning> {
    const { name, config, weights, tokenizer } = this.#parts;
    const { ids } = tokenizer.tokenize(prompt);
    const program = await this.#programs.get(name, (g) => {
      const input = g.input('ids', [1, ids.length], 'int32');
      return { ...this.#build(g, tokenEmbeddings(g, weights, config, input)) };
    });
    const inputs = { ids: intTensor([1, ids.length], ids), ...this.#endInput(this.#endOf(ids)) };
    return withoutBatch(await program.run(inputs));
  }

  /** A relaxed prompt: its mixture of token embeddings, through the encoder. */
  async encodeRelaxed(relaxed: RelaxedPrompt, prompt: UncertainTokens): Promise<Conditioning> {
    const count = relaxed.tokens.length;
    const program = await this.#programs.get(`${this.#parts.name} relaxed ${count}`, (g) => ({
      ...this.#buildRelaxed(g, count).outputs,
    }));
    return withoutBatch(await program.run(this.#relaxedInputs(relaxed, prompt)));
  }

  /** Gradient with respect to the uncertain prompt, given that with respect to its conditioning. */
  async relaxedTranspose(
    relaxed: RelaxedPrompt,
    prompt: UncertainTokens,
    cotangent: Conditioning,
  ): Promise<{ mixture: Float32Array; end?: Float32Array }> {
    const count = relaxed.tokens.length;
    const program = await this.#programs.get(`${this.#parts.name} relaxed transpose ${count}`, (g) => {
      const { outputs, inputs } = this.#buildRelaxed(g, count);
      const cotangents = [
        { node: outputs.context, cotangent: g.input('cotangent', outputs.context.shape) },
        ...(outputs.pooled
          ? [{ node: outputs.pooled, cotangent: g.input('pooledCotangent', outputs.pooled.shape) }]
          : []),
      ];
      const [toMixture, toEnd] = gradient(g, cotangents, [
        inputs.mixture,
        ...(inputs.end ? [inputs.end] : []),
      ]);
      return { gradient: toMixture, ...(toEnd && { 'd end': toEnd }) };
    });
    const batched = mapConditioning(cotangent, ({ shape, data }) => floatTensor([1, ...shape], data));
    const result = await program.run({
      ...this.#relaxedInputs(relaxed, prompt),
      cotangent: batched.context,
      ...(batched.pooled && { pooledCotangent: batched.pooled }),
    });
    const toEnd = result['d end'];
    return { mixture: result.gradient.data, ...(toEnd && { end: toEnd.data }) };
  }

  get #isPooled(): boolean {
    return this.#parts.output === 'penultimate and pooled';
  }

  #build(g: GraphBuilder, embeddings: Node): EncoderNodes {
    return this.#outputs(g, embeddings, this.#isPooled ? this.#endNode(g) : undefined);
  }

  #endNode(g: GraphBuilder): Node {
    return g.input('end', [1, this.tokenizer.maxLength]);
  }

  #outputs(g: GraphBuilder, embeddings: Node, end: Node | undefined): EncoderNodes {
    const { weights, config, output } = this.#parts;
    switch (output) {
      case 'last':
        return { context: textTower(g, weights, config, embeddings) };
      case 'penultimate':
        return { context: penultimateTextState(g, weights, config, embeddings) };
      case 'penultimate and pooled':
        return projectedTextTower(g, weights, config, { embeddings, end: end! });
    }
  }

  #buildRelaxed(g: GraphBuilder, tokenCount: number) {
    const { config, weights } = this.#parts;
    const length = this.tokenizer.maxLength;
    const mixture = g.input('mixture', [length, tokenCount]);
    const rows = g.gather(tokenEmbeddingTable(g, weights, config), g.input('tokens', [tokenCount], 'int32'));
    const embeddings = g.reshape(g.matMul(mixture, rows), [1, length, config.hiddenSize]);
    const end = this.#isPooled ? this.#endNode(g) : undefined;
    return { outputs: this.#outputs(g, embeddings, end), inputs: { mixture, end } };
  }

  #relaxedInputs({ tokens }: RelaxedPrompt, { mixture, end }: UncertainTokens): Record<string, Tensor> {
    return { tokens: intTensor([tokens.length], tokens), mixture, ...this.#endInput(end.data) };
  }

  #endInput(end: Float32Array): Record<string, Tensor> {
    return this.#isPooled ? { end: floatTensor([1, end.length], end) } : {};
  }

  /**
   * The first end token, which the tokenizer always writes. The configuration's `eos_token_id` is not asked: files of 2022 hold a
   * placeholder, for which Hugging Face takes the largest id, and that is the end token too.
   */
  #endOf(ids: Int32Array): Float32Array {
    const end = new Float32Array(ids.length);
    end[ids.indexOf(this.tokenizer.eosTokenId)] = 1;
    return end;
  }
}

function withoutBatch({ context, pooled }: Record<string, Tensor>): Conditioning {
  const outputs = { context, ...(pooled && { pooled }) } as Conditioning;
  return mapConditioning(outputs, ({ shape, data }) => floatTensor(shape.slice(1), data));
}

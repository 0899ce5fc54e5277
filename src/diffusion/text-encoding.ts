/** @file Prompts as the UNet's conditioning, certain or relaxed: by one text encoder, or in SDXL by two side by side. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { type Branch, type Conditioning, conditioningDot, scaledConditioning } from './conditioning.ts';
import type { ProgramTable } from './program-table.ts';
import { PromptEncoder } from './prompt-encoder.ts';
import type { PromptTemplate } from './prompt-template.ts';
import { RecentValues } from './recent-values.ts';
import { type ChoiceProbabilities, RelaxedPrompt } from './relaxed-prompt.ts';

/** Conditionings kept for prompts that come again; a population repeats few. */
const KEPT_CONDITIONINGS = 128;

type TextComponents = Pick<
  DiffusersFolder,
  'textEncoder' | 'tokenizer' | 'textEncoder2' | 'tokenizer2' | 'forceZerosForEmptyPrompt'
>;

/** A prompt with open slots, in the tokens of each text encoder. */
export interface RelaxedText {
  readonly prompts: readonly RelaxedPrompt[];
}

/**
 * The text encoders of a pipeline. A conditioning here is that of one prompt: the context `[S, D]`, S the encoders' length (77) and D the
 * UNet's cross-attention width, and in SDXL the pooled vector `[P]`.
 */
export class TextEncoding {
  readonly #encoders: readonly PromptEncoder[];
  readonly #zerosForEmpty: boolean;
  readonly #known = new RecentValues<Promise<Conditioning>>(KEPT_CONDITIONINGS);

  constructor(model: TextComponents, programs: ProgramTable) {
    this.#encoders = encodersOf(model, programs);
    this.#zerosForEmpty = model.forceZerosForEmptyPrompt;
  }

  /** One for each text encoder. A prompt is read as far as each of them has room. */
  get tokenizers(): readonly ClipTokenizer[] {
    return this.#encoders.map(({ tokenizer }) => tokenizer);
  }

  /**
   * The conditioning of a prompt; words beyond the encoders' length fall off. Where the model's index asks for it (SDXL), a negative
   * prompt without any word is zeros.
   */
  encode(prompt: string, branch: Branch = 'positive'): Promise<Conditioning> {
    if (this.#emptyIsNone(branch) && this.tokenizers[0].encode(prompt).length === 0)
      return Promise.resolve(this.#joined(this.#encoders.map((encoder) => encoder.zeros())));
    return this.#known.get(prompt, () => this.#encode(prompt));
  }

  /** A prompt with open slots, given by its template in the tokens of any tokenizer. */
  relax(template: (tokenizer: ClipTokenizer) => PromptTemplate, branch: Branch): RelaxedText {
    const options = { emptyIsNone: this.#emptyIsNone(branch) };
    return { prompts: this.tokenizers.map((tokenizer) => new RelaxedPrompt(template(tokenizer), options)) };
  }

  /**
   * The conditioning of a relaxed prompt: each encoder's mixture of token embeddings, through that encoder. Where an empty prompt is
   * zeros, it is blended with them, as likely as it is empty.
   */
  async encodeRelaxed(relaxed: RelaxedText, probabilities: ChoiceProbabilities): Promise<Conditioning> {
    const { conditioning, presence } = await this.#encodePresent(relaxed, probabilities);
    return scaledConditioning(conditioning, presence);
  }

  /** Gradient with respect to the probabilities, which all encoders share, given that with respect to the conditioning. */
  async relaxedTranspose(
    relaxed: RelaxedText,
    probabilities: ChoiceProbabilities,
    cotangent: Conditioning,
  ): Promise<Float64Array[]> {
    const sums = probabilities.map((row) => new Float64Array(row.length));
    const toPresence = await this.#presenceGradient(relaxed, probabilities, cotangent);
    const parts = this.#split(cotangent);
    for (const [i, prompt] of relaxed.prompts.entries()) {
      const tokens = prompt.mix(probabilities);
      const toPrompt = scaledConditioning(parts[i], tokens.presence);
      const toTokens = await this.#encoders[i].relaxedTranspose(prompt, tokens, toPrompt);
      const presence = i === 0 ? toPresence : 0;
      const gradient = prompt.transpose(probabilities, { ...toTokens, presence });
      for (const [slot, row] of gradient.entries()) {
        for (const [choice, value] of row.entries()) sums[slot][choice] += value;
      }
    }
    return sums;
  }

  #emptyIsNone(branch: Branch): boolean {
    return this.#zerosForEmpty && branch === 'negative';
  }

  async #encode(prompt: string): Promise<Conditioning> {
    const parts: Conditioning[] = [];
    for (const encoder of this.#encoders) parts.push(await encoder.encode(prompt));
    return this.#joined(parts);
  }

  /** The conditioning, given that there is a prompt. */
  async #encodePresent({ prompts }: RelaxedText, probabilities: ChoiceProbabilities) {
    const tokens = prompts.map((prompt) => prompt.mix(probabilities));
    const parts: Conditioning[] = [];
    for (const [i, encoder] of this.#encoders.entries())
      parts.push(await encoder.encodeRelaxed(prompts[i], tokens[i]));
    // Every tokenizer finds the same words, so they agree on whether there are any.
    return { conditioning: this.#joined(parts), presence: tokens[0].presence };
  }

  async #presenceGradient(
    relaxed: RelaxedText,
    probabilities: ChoiceProbabilities,
    cotangent: Conditioning,
  ): Promise<number> {
    if (!relaxed.prompts.some(({ emptyIsNone }) => emptyIsNone)) return 0;
    const { conditioning } = await this.#encodePresent(relaxed, probabilities);
    return conditioningDot(cotangent, conditioning);
  }

  /** Contexts side by side; the pooled vector is that of the one encoder that has it. */
  #joined(parts: readonly Conditioning[]): Conditioning {
    if (parts.length === 1) return parts[0];
    const pooled = parts.find((part) => part.pooled)?.pooled;
    return { context: besides(parts.map(({ context }) => context)), ...(pooled && { pooled }) };
  }

  /** The transpose of `#joined`. */
  #split({ context, pooled }: Conditioning): Conditioning[] {
    let start = 0;
    return this.#encoders.map((encoder) => {
      const own = encoder.zeros();
      const width = own.context.shape[1];
      const part = { context: columnsOf(context, start, width), ...(own.pooled && pooled && { pooled }) };
      start += width;
      return part;
    });
  }
}

function encodersOf(
  { textEncoder, tokenizer, textEncoder2, tokenizer2 }: TextComponents,
  programs: ProgramTable,
): PromptEncoder[] {
  if (!textEncoder2 || !tokenizer2)
    return [new PromptEncoder({ ...textEncoder, tokenizer, output: 'last', name: 'text' }, programs)];
  const first = { ...textEncoder, tokenizer, output: 'penultimate', name: 'text' } as const;
  const second = {
    ...textEncoder2,
    tokenizer: tokenizer2,
    output: 'penultimate and pooled',
    name: 'text 2',
  } as const;
  return [new PromptEncoder(first, programs), new PromptEncoder(second, programs)];
}

/** `[S, D_i]` side by side as `[S, sum of D_i]`. */
function besides(tensors: readonly FloatTensor[]): FloatTensor {
  const rows = tensors[0].shape[0];
  const width = tensors.reduce((sum, { shape }) => sum + shape[1], 0);
  const result = floatTensor([rows, width]);
  let start = 0;
  for (const { shape, data } of tensors) {
    for (let row = 0; row < rows; row++)
      result.data.set(data.subarray(row * shape[1], (row + 1) * shape[1]), row * width + start);
    start += shape[1];
  }
  return result;
}

/** Columns `start` to `start + width` of `[S, D]`. */
function columnsOf({ shape, data }: FloatTensor, start: number, width: number): FloatTensor {
  const [rows, total] = shape;
  if (width === total) return { dtype: 'float32', shape, data };
  const result = floatTensor([rows, width]);
  for (let row = 0; row < rows; row++)
    result.data.set(data.subarray(row * total + start, row * total + start + width), row * width);
  return result;
}

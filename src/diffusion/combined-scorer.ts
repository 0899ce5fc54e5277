/** @file Several scorers as one: a weighted sum of losses, and its gradient at the latents. */
import { gradient } from '../autodiff/gradient.ts';
import { DpoError } from '../errors.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type FloatTensor, floatTensor, type Shape } from '../tensor/tensor.ts';
import { checkedGradient, checkedLosses } from './checked-scores.ts';
import { ClipScorer } from './clip-scorer.ts';
import { decoderTranspose } from './decoder-transpose.ts';
import type { ImageDecoder } from './image-decoder.ts';
import type { ProgramTable } from './program-table.ts';
import {
  type ClipLoss,
  type GraphScorer,
  isGraphScorer,
  type PixelGradient,
  type PromptReader,
  type Scorer,
  type WeightedScorer,
} from './scorer.ts';
import type { VaeTiling } from './vae-tiling.ts';

/** Losses of some pictures. */
export interface PictureLosses {
  /** `Σ weight · loss` for each picture. */
  readonly losses: readonly number[];
  /** What each scorer says by itself, unweighted, in the scorers' order: `[scorer][picture]`. */
  readonly byScorer: readonly (readonly number[])[];
}

/** One scorer of several. */
export interface CombinedPart extends WeightedScorer {
  readonly weight: number;
  /** Its name, with a number where an earlier one has the same. */
  readonly label: string;
}

/** Losses of latents' pictures, and the gradient of each at its own latents. */
export interface LatentLosses {
  readonly losses: readonly number[];
  readonly gradient: FloatTensor;
}

/** How the gradient at latents is taken. */
export interface LatentLossOptions {
  /** Whether the decoder works in tiles. @default 'off' */
  readonly tiling?: VaeTiling;
  /**
   * Keeps decoder and CLIPs in programs of their own, so that neither holds memory while the other works; the decoder runs twice
   * forward for it. Tiles always are. @default false
   */
  readonly apart?: boolean;
}

/**
 * The sum of some scorers' losses, each multiplied by its weight. The weights are not brought to a sum of 1: two scorers of
 * weight 1 give losses, and gradients, twice as large as one.
 */
export class CombinedScorer {
  /** At least one. */
  readonly scorers: readonly CombinedPart[];
  readonly #programs: ProgramTable;

  /** @throws {DpoError} INVALID_OPTION when there is none, one is there twice, or a weight is not above 0 */
  constructor(scorers: readonly WeightedScorer[], programs: ProgramTable) {
    checkScorers(scorers);
    this.scorers = scorers.map((given, i) => ({
      ...given,
      weight: given.weight ?? 1,
      label: label(scorers, i),
    }));
    this.#programs = programs;
  }

  /** For display, such as `ViT-B-32 + 0.5 × PickScore`. */
  get name(): string {
    return this.scorers
      .map(({ label, weight }) => (weight === 1 ? label : `${weight} × ${label}`))
      .join(' + ');
  }

  /** The first CLIP among them. */
  get clip(): ClipScorer | undefined {
    return this.scorers.map(({ scorer }) => scorer).find((scorer) => scorer instanceof ClipScorer);
  }

  /** How CLIP scorers measure; undefined where there is none. */
  get clipLoss(): ClipLoss | undefined {
    return this.clip?.loss;
  }

  /** What reads the least of a long prompt, and its name. */
  get shortestReader(): { readonly name: string; readonly tokenizer: PromptReader } | undefined {
    const readers = this.scorers.flatMap(({ scorer: { name, tokenizer } }) =>
      tokenizer ? [{ name, tokenizer }] : [],
    );
    return readers.sort((a, b) => a.tokenizer.maxLength - b.tokenizer.maxLength)[0];
  }

  /** Whether some scorer can compare texts, which attacks ask for. */
  get comparesTexts(): boolean {
    return this.#textJudge !== undefined;
  }

  /** @throws {DpoError} INVALID_OPTION when no scorer can compare texts */
  requireTextSimilarity(): void {
    if (!this.comparesTexts) throw noTextSimilarity(this.name);
  }

  /**
   * How alike two texts are, −1 to 1, by the first scorer that can compare texts.
   * @throws {DpoError} INVALID_OPTION when none can
   */
  async textSimilarity(one: string, other: string): Promise<number> {
    this.requireTextSimilarity();
    return this.#textJudge!.textSimilarity!(one, other);
  }

  /** Name of the scorer that compares texts; undefined where none can. */
  get textJudgeName(): string | undefined {
    return this.#textJudge?.name;
  }

  get #textJudge(): Scorer | undefined {
    return this.scorers.map(({ scorer }) => scorer).find((scorer) => scorer.textSimilarity !== undefined);
  }

  /** Names of the scorers that have no gradient, so that no gradient search can use them. */
  get withoutGradient(): readonly string[] {
    return this.scorers.filter(({ scorer }) => !hasGradient(scorer)).map(({ scorer }) => scorer.name);
  }

  /** @throws {DpoError} INVALID_OPTION naming the scorers that have no gradient */
  requireGradient(): void {
    if (this.withoutGradient.length > 0) throw noGradient(this.withoutGradient);
  }

  /** @throws {DpoError} EXECUTION_FAILED when a scorer gives something other than a loss for each picture */
  async losses(images: FloatTensor, prompt: string): Promise<PictureLosses> {
    const byScorer: number[][] = [];
    for (const { scorer } of this.scorers) byScorer.push(await lossesOf(scorer, images, prompt));
    return { losses: this.#totals(byScorer), byScorer };
  }

  /** `Σ weight · loss` of one picture, from what each scorer says of it. */
  total(byScorer: readonly number[]): number {
    return this.scorers.reduce((sum, { weight }, i) => sum + weight * byScorer[i], 0);
  }

  /**
   * Losses of latents `[N, 4, h, w]` decoded by `decoder`, and the gradient of each at its latents. CLIP scorers and decoder are
   * one program; where another kind of scorer takes part, and where it is asked for, the pictures are decoded, all gradients at
   * their pixels added, and sent back through the decoder once.
   * @throws {DpoError} INVALID_OPTION when a scorer has no gradient
   */
  async latentLosses(
    decoder: ImageDecoder,
    latents: FloatTensor,
    prompt: string,
    { tiling = 'off', apart = false }: LatentLossOptions = {},
  ): Promise<LatentLosses> {
    this.requireGradient();
    const graphs = this.scorers.map(({ scorer }) => scorer).filter(isGraphScorer);
    return graphs.length === this.scorers.length && tiling === 'off' && !apart
      ? this.#fused(decoder, latents, prompt, graphs)
      : this.#throughPixels(decoder, latents, prompt, tiling);
  }

  async #fused(
    decoder: ImageDecoder,
    latents: FloatTensor,
    prompt: string,
    scorers: readonly GraphScorer[],
  ): Promise<LatentLosses> {
    const texts: FloatTensor[] = [];
    for (const scorer of scorers) texts.push(await scorer.textEmbedding(prompt));
    const shapes = texts.map(({ shape }) => shape);
    const program = await this.#programs.get(`latent loss ${latents.shape}`, (g) => {
      const input = g.input('latents', latents.shape);
      const loss = this.#buildLoss(g, decoder.build(g, input), scorers, shapes);
      const ones = g.constant(new Float32Array(latents.shape[0]).fill(1), loss.shape);
      const [result] = gradient(g, [{ node: loss, cotangent: ones }], [input]);
      return { loss, gradient: result };
    });
    const inputs = Object.fromEntries(texts.map((text, i) => [textInput(i), text]));
    const { loss, gradient: result } = await program.run({ latents, ...inputs });
    return { losses: [...loss.data], gradient: result };
  }

  #buildLoss(g: GraphBuilder, image: Node, scorers: readonly GraphScorer[], texts: readonly Shape[]): Node {
    const terms = scorers.map((scorer, i) => {
      const loss = scorer.buildLoss(g, image, g.input(textInput(i), texts[i]));
      const { weight } = this.scorers[i];
      return weight === 1 ? loss : g.mul(loss, weight);
    });
    return terms.reduce((sum, term) => g.add(sum, term));
  }

  async #throughPixels(
    decoder: ImageDecoder,
    latents: FloatTensor,
    prompt: string,
    tiling: VaeTiling,
  ): Promise<LatentLosses> {
    const image = await decoder.decode(latents, tiling);
    const sum = floatTensor(image.shape);
    const byScorer: number[][] = [];
    for (const { scorer, weight } of this.scorers) {
      const result: PixelGradient = checkedGradient(
        scorer.name,
        await scorer.gradient!(image, prompt),
        image,
      );
      byScorer.push(Array.from(result.losses));
      result.gradient.data.forEach((value, i) => {
        sum.data[i] += weight * value;
      });
    }
    const result = await decoderTranspose(this.#programs, decoder, latents, sum, tiling);
    return { losses: this.#totals(byScorer), gradient: result };
  }

  #totals(byScorer: readonly (readonly number[])[]): number[] {
    return byScorer[0].map((_, picture) => this.total(byScorer.map((losses) => losses[picture])));
  }
}

/**
 * What one scorer says of pictures `[N, 3, H, W]`.
 * @throws {DpoError} EXECUTION_FAILED when it gives something other than a loss for each picture
 */
export async function lossesOf(scorer: Scorer, images: FloatTensor, prompt: string): Promise<number[]> {
  return checkedLosses(scorer.name, await scorer.losses(images, prompt), images.shape[0]);
}

function label(scorers: readonly WeightedScorer[], index: number): string {
  const { name } = scorers[index].scorer;
  const earlier = scorers.slice(0, index).filter(({ scorer }) => scorer.name === name).length;
  return earlier === 0 ? name : `${name} (${earlier + 1})`;
}

function hasGradient(scorer: Scorer): boolean {
  return scorer.gradient !== undefined;
}

function textInput(index: number): string {
  return `text${index}`;
}

function checkScorers(scorers: readonly WeightedScorer[]): void {
  if (scorers.length === 0) throw invalidScorer('At least one scorer is needed.');
  for (const [i, { scorer, weight = 1 }] of scorers.entries()) {
    if (!(Number.isFinite(weight) && weight > 0)) {
      throw invalidScorer(`The weight of the scorer ${scorer.name} must be a number above 0, got ${weight}.`);
    }
    if (scorers.findIndex((other) => other.scorer === scorer) !== i) {
      throw invalidScorer(`The scorer ${scorer.name} is given twice. Give it once, with a weight.`);
    }
  }
}

function noGradient(names: readonly string[]): DpoError {
  const which = names.length === 1 ? `The scorer ${names[0]} has` : `The scorers ${names.join(', ')} have`;
  return new DpoError(
    'INVALID_OPTION',
    `${which} no gradient, and the methods gradient and hybrid follow the gradient of the loss. Choose the method random or evolution, or scorers with a gradient, such as a CLIP model.`,
    { details: { option: 'method', scorers: names } },
  );
}

function noTextSimilarity(name: string): DpoError {
  return invalidScorer(
    `Prompts are to be compared by a scorer's embeddings of texts, and ${name} offers none. Add a CLIP scorer, or let another compare them: --similarity-model minilm (in code: \`similarityModel\`).`,
  );
}

function invalidScorer(message: string): DpoError {
  return new DpoError('INVALID_OPTION', message, { details: { option: 'scorer' } });
}

/** @file What running a model takes in memory, estimated from its graphs; and with that, whether its weights fit its configuration. */
import { gradient } from '../autodiff/gradient.ts';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { DiffusersFolder, ModelComponent } from '../checkpoint/diffusers-folder.ts';
import type { TextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphCost, graphCost } from '../graph/graph-cost.ts';
import { peakActivationBytes } from '../graph/peak-activations.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';
import { preprocessImage } from '../models/preprocess-image.ts';
import { sphericalLoss } from '../models/spherical-loss.ts';
import { projectedTextTower, textTower, tokenEmbeddings } from '../models/text-encoder.ts';
import { unet } from '../models/unet.ts';
import { vaeDecoder } from '../models/vae-decoder.ts';
import type { MemoryMode } from '../runtime/executor.ts';
import { type PictureSize, pixelsPerLatent, resolvePictureSize } from './picture-size.ts';
import { tileSizes, type VaeTiling } from './vae-tiling.ts';

export interface MemoryEstimate {
  /** Of the pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Bytes for sampling one picture with guidance, weights included. */
  readonly samplingBytes: number;
  /** Bytes for the shortcut text gradient of one picture, weights included. */
  readonly gradientBytes: number;
  /** How the figures came about. */
  readonly method: string;
}

export const METHOD =
  'Counted from the shapes in the graphs for one picture: the values alive at once, the largest part at a time, plus the weights, ' +
  'as stored where they stay on disk, else unpacked in every program that reads them; in low memory, of one program at a time. ' +
  'Not measured; the runtime adds working space.';

/** What is read of a model. */
export type CountedModel = Pick<DiffusersFolder, 'textEncoder' | 'textEncoder2' | 'unet' | 'vae'>;

/** What is read of a scorer. */
export type CountedClip = Pick<ClipFolder, 'config' | 'weights' | 'preprocessor'>;

/** What the runtime does with a graph of this cost: unpack its weights, read them as they are stored, or that with one program open at a time. */
export type ModeOf = (cost: GraphCost) => Exclude<MemoryMode, 'auto'>;

/** How the programs are run. */
export interface WayToRun {
  readonly modeOf: ModeOf;
  readonly vaeTiling: VaeTiling;
}

export interface MemoryEstimateOptions extends Partial<PictureSize> {
  /** CLIPs that judge pictures and are asked for no gradient. @default none */
  readonly judges?: readonly CountedClip[];
}

/**
 * Builds every program of the model for pictures of one size, that which it was trained for unless another is given; nothing is compiled or
 * run, no weight is read. The scorers are the CLIPs that judge; what another kind of scorer takes is not known.
 * @throws {DpoError} INVALID_CHECKPOINT for a weight that is missing or of another shape than the configuration says, INVALID_OPTION for a
 * size that the model cannot paint
 */
export function estimateMemory(
  model: CountedModel,
  scorers: readonly CountedClip[],
  { modeOf, vaeTiling, ...options }: MemoryEstimateOptions & WayToRun,
): MemoryEstimate {
  const estimator = new MemoryEstimator(model, scorers, options);
  return {
    ...estimator.size,
    samplingBytes: estimator.samplingBytes({ modeOf, vaeTiling }),
    gradientBytes: estimator.gradientBytes({ modeOf, vaeTiling }),
    method: METHOD,
  };
}

/** What a program takes. */
interface ProgramMemory {
  readonly cost: GraphCost;
  /** Stored bytes of each weight by where it lies: parts of one tensor share its key, and a LoRA's weights lie elsewhere. */
  readonly weights: ReadonlyMap<string, number>;
  readonly valueBytes: number;
}

/** The programs of one model for pictures of one size, each built once, when it is asked for. */
export class MemoryEstimator {
  readonly size: PictureSize;
  readonly #model: CountedModel;
  readonly #scorers: readonly CountedClip[];
  readonly #judges: readonly CountedClip[];
  readonly #built = new Map<string, ProgramMemory[]>();

  constructor(model: CountedModel, scorers: readonly CountedClip[], options: MemoryEstimateOptions = {}) {
    this.size = resolvePictureSize(model, options);
    this.#model = model;
    this.#scorers = scorers;
    this.#judges = options.judges ?? [];
  }

  samplingBytes({ modeOf, vaeTiling }: WayToRun): number {
    return bytesOf(this.#sampling(vaeTiling), modeOf);
  }

  gradientBytes({ modeOf, vaeTiling }: WayToRun): number {
    const isApart = vaeTiling === 'on' || modeOf(NO_COST) === 'low';
    const loss = this.#loss(vaeTiling, isApart);
    return bytesOf([...this.#sampling(vaeTiling), ...this.#gradient(), ...loss], modeOf);
  }

  #sampling(tiling: VaeTiling): ProgramMemory[] {
    const { textEncoder, textEncoder2 } = this.#model;
    const shared = this.#once('sampling', () => [
      textProgram(textEncoder),
      ...(textEncoder2 ? [projectedTextProgram(textEncoder2)] : []),
      guidedProgram(this.#model, this.#latents(this.size)),
      ...[...this.#scorers, ...this.#judges].flatMap((scorer) => [
        scorerTextProgram(scorer),
        scorerProgram(scorer, this.size),
      ]),
    ]);
    const size = this.#latents(this.#decoded(tiling));
    return [...shared, ...this.#once(`decoder ${size}`, () => [decoderProgram(this.#model, size)])];
  }

  #gradient(): ProgramMemory[] {
    return this.#once('gradient', () => [gradientProgram(this.#model, this.#latents(this.size))]);
  }

  #loss(tiling: VaeTiling, isApart: boolean): ProgramMemory[] {
    if (this.#scorers.length === 0) return [];
    const size = this.#latents(this.#decoded(tiling));
    if (!isApart) return this.#once('loss', () => [lossProgram(this.#model, this.#scorers, size)]);
    return [
      ...this.#once(`decoder gradient ${size}`, () => [decoderGradientProgram(this.#model, size)]),
      ...this.#once('scorer gradients', () =>
        this.#scorers.map((scorer) => scorerGradientProgram(scorer, this.size)),
      ),
    ];
  }

  /** What the decoder makes at once: the picture, or a tile of it. */
  #decoded(tiling: VaeTiling): PictureSize {
    if (tiling === 'off') return this.size;
    const { side, scale } = tileSizes(this.#model.vae.config);
    const least = (pixels: number) => Math.min(pixels, side * scale);
    return { width: least(this.size.width), height: least(this.size.height) };
  }

  #latents({ width, height }: PictureSize): LatentSize {
    const scale = pixelsPerLatent(this.#model);
    return [height / scale, width / scale];
  }

  #once(key: string, build: () => Graph[]): ProgramMemory[] {
    const known = this.#built.get(key) ?? build().map(memoryOf);
    this.#built.set(key, known);
    return known;
  }
}

/** Height and width in latents. */
type LatentSize = readonly [height: number, width: number];

const NO_COST: GraphCost = { flops: 0, productFlops: 0, parameters: 0, weightBytes: 0 };

function memoryOf(graph: Graph): ProgramMemory {
  const weights = graph.parameters.map(
    ({ stored }) => [`${stored.path} ${stored.offset}`, stored.byteLength] as const,
  );
  return { cost: graphCost(graph), weights: new Map(weights), valueBytes: peakActivationBytes(graph) };
}

/**
 * Programs stay compiled, so their weights add up; they run one at a time, so their values do not. In low memory one program is open at a
 * time.
 */
function bytesOf(programs: readonly ProgramMemory[], modeOf: ModeOf): number {
  const kept = programs.filter(({ cost }) => modeOf(cost) !== 'low');
  const alone = programs.filter(({ cost }) => modeOf(cost) === 'low');
  const peak = Math.max(0, ...kept.map(({ valueBytes }) => valueBytes));
  const alonePeak = Math.max(
    0,
    ...alone.map((program) => heldWeightBytes([program], modeOf) + program.valueBytes),
  );
  return heldWeightBytes(kept, modeOf) + Math.max(peak, alonePeak);
}

function heldWeightBytes(programs: readonly ProgramMemory[], modeOf: ModeOf): number {
  const mapped = new Map<string, number>();
  let unpacked = 0;
  for (const { cost, weights } of programs) {
    if (modeOf(cost) === 'fast') unpacked += cost.parameters * 4;
    // Mapped from the file, pages are shared between the programs that read them.
    else for (const [place, bytes] of weights) mapped.set(place, bytes);
  }
  return [...mapped.values()].reduce((sum, bytes) => sum + bytes, unpacked);
}

function textProgram({ config, weights }: ModelComponent<TextEncoderConfig>): Graph {
  const g = new GraphBuilder();
  const ids = g.input('ids', [1, config.maxPositionEmbeddings], 'int32');
  return graphOf({ context: textTower(g, weights, config, tokenEmbeddings(g, weights, config, ids)) });
}

/** SDXL's second encoder. */
function projectedTextProgram({ config, weights }: ModelComponent<TextEncoderConfig>): Graph {
  const g = new GraphBuilder();
  const ids = g.input('ids', [1, config.maxPositionEmbeddings], 'int32');
  const end = g.input('end', [1, config.maxPositionEmbeddings]);
  const embeddings = tokenEmbeddings(g, weights, config, ids);
  return graphOf({ ...projectedTextTower(g, weights, config, { embeddings, end }) });
}

function scorerTextProgram({ config, weights }: CountedClip): Graph {
  const g = new GraphBuilder();
  const ids = g.input('ids', [1, config.text.maxPositionEmbeddings], 'int32');
  const eosIndex = g.input('eosIndex', [1], 'int32');
  return graphOf({ embedding: clipTextEmbedding(g, weights, config, { ids, eosIndex }) });
}

/** Both branches of guidance in one batch. */
function guidedProgram(model: CountedModel, [height, width]: LatentSize): Graph {
  const g = new GraphBuilder();
  return graphOf({ output: denoiser(g, model, [height, width], 2).output });
}

/** Forward, and back to the context. */
function gradientProgram(model: CountedModel, [height, width]: LatentSize): Graph {
  const g = new GraphBuilder();
  const { output, context } = denoiser(g, model, [height, width], 1);
  const cotangent = g.input('cotangent', output.shape);
  const [result] = gradient(g, [{ node: output, cotangent }], [context]);
  return graphOf({ output, context: result! });
}

function denoiser(
  g: GraphBuilder,
  model: CountedModel,
  [height, width]: LatentSize,
  batch: number,
): { output: Node; context: Node } {
  const { config, weights } = model.unet;
  const length = model.textEncoder.config.maxPositionEmbeddings;
  const context = g.input('context', [batch, length, config.crossAttentionDim]);
  const sample = g.input('sample', [batch, config.inChannels, height, width]);
  const pooledWidth = model.textEncoder2?.config.projectionDim;
  const output = unet(g, weights, config, {
    sample,
    timestep: g.input('timestep', [1]),
    context,
    ...(pooledWidth !== undefined && {
      pooled: g.input('pooled', [batch, pooledWidth]),
      timeIds: g.input('timeIds', [batch, 6]),
    }),
  });
  return { output, context };
}

function decoderProgram({ vae }: CountedModel, [height, width]: LatentSize): Graph {
  const g = new GraphBuilder();
  const latents = g.input('latents', [1, vae.config.latentChannels, height, width]);
  return graphOf({ image: vaeDecoder(g, vae.weights, vae.config, latents) });
}

/** Back through the decoder by itself. */
function decoderGradientProgram({ vae }: CountedModel, [height, width]: LatentSize): Graph {
  const g = new GraphBuilder();
  const latents = g.input('latents', [1, vae.config.latentChannels, height, width]);
  const image = vaeDecoder(g, vae.weights, vae.config, latents);
  const [result] = gradient(g, [{ node: image, cotangent: g.input('cotangent', image.shape) }], [latents]);
  return graphOf({ gradient: result! });
}

/** The loss of a picture. */
function scorerProgram(scorer: CountedClip, { width, height }: PictureSize): Graph {
  const g = new GraphBuilder();
  return graphOf({ loss: scorerLoss(g, scorer, g.input('image', [1, 3, height, width])) });
}

/** The loss of a picture and its gradient there. */
function scorerGradientProgram(scorer: CountedClip, { width, height }: PictureSize): Graph {
  const g = new GraphBuilder();
  const image = g.input('image', [1, 3, height, width]);
  return lossAndGradient(g, scorerLoss(g, scorer, image), image);
}

/** The picture of some latents, its loss by all scorers, and the gradient of the loss at the latents. */
function lossProgram(
  { vae }: CountedModel,
  scorers: readonly CountedClip[],
  [height, width]: LatentSize,
): Graph {
  const g = new GraphBuilder();
  const latents = g.input('latents', [1, vae.config.latentChannels, height, width]);
  const image = vaeDecoder(g, vae.weights, vae.config, latents);
  const losses = scorers.map((scorer, i) => scorerLoss(g, scorer, image, i));
  return lossAndGradient(
    g,
    losses.reduce((sum, loss) => g.add(sum, loss)),
    latents,
  );
}

function lossAndGradient(g: GraphBuilder, loss: Node, at: Node): Graph {
  const cotangent = g.constant(Float32Array.of(1), loss.shape);
  const [result] = gradient(g, [{ node: loss, cotangent }], [at]);
  return graphOf({ loss, gradient: result! });
}

function scorerLoss(
  g: GraphBuilder,
  { weights, config, preprocessor }: CountedClip,
  image: Node,
  index = 0,
): Node {
  const embedding = clipImageEmbedding(g, weights, config, preprocessImage(g, preprocessor, image));
  return sphericalLoss(g, embedding, g.input(`text${index}`, [1, config.projectionDim]));
}

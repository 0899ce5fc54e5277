/**
 * @file Every program of a pipeline, counted at a size without being compiled: the graphs that the pipeline builds when it
 * runs, but for the text encoders' outputs that weigh next to nothing. SDXL's first is counted whole, of which a run leaves out the last layer.
 */
import { gradient } from '../autodiff/gradient.ts';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { DiffusersFolder, ModelComponent } from '../checkpoint/diffusers-folder.ts';
import type { TextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import type { VaeConfig } from '../checkpoint/vae-config.ts';
import { graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';
import { preprocessImage } from '../models/preprocess-image.ts';
import { sphericalLoss } from '../models/spherical-loss.ts';
import {
  projectedTextTower,
  textTower,
  tokenEmbeddings,
  tokenEmbeddingTable,
} from '../models/text-encoder.ts';
import { unet } from '../models/unet.ts';
import { vaeDecoder, vaeDecoderStages } from '../models/vae-decoder.ts';
import { type Shape, sizeOf } from '../tensor/tensor.ts';
import type { PictureSize } from './picture-size.ts';
import { type ProgramMemory, programMemory } from './resident-bytes.ts';
import { isStaged } from './staged-decoder.ts';

/** What is read of a model. */
export type CountedModel = Pick<DiffusersFolder, 'textEncoder' | 'textEncoder2' | 'unet' | 'vae'>;

/** What is read of a scorer. */
export type CountedClip = Pick<ClipFolder, 'config' | 'weights' | 'preprocessor'>;

/** Height and width in latents. */
export type LatentSize = readonly [height: number, width: number];

/** Tokens that occur in a relaxed prompt; its programs take the same memory whatever their number. */
const RELAXED_TOKENS = 64;

/** Prompts to contexts, for each text encoder. */
export function textPrograms({ textEncoder, textEncoder2 }: CountedModel): ProgramMemory[] {
  return encodersOf(textEncoder, textEncoder2).map(({ config, weights, isProjected }) =>
    counted((g) => {
      const ids = g.input('ids', [1, config.maxPositionEmbeddings], 'int32');
      return encoded(g, { config, weights, isProjected }, tokenEmbeddings(g, weights, config, ids));
    }),
  );
}

/** Relaxed prompts to contexts and back, for each text encoder. */
export function relaxedTextPrograms({ textEncoder, textEncoder2 }: CountedModel): ProgramMemory[] {
  return encodersOf(textEncoder, textEncoder2).flatMap((encoder) => {
    const build = (g: GraphBuilder) => {
      const { config, weights } = encoder;
      const mixture = g.input('mixture', [config.maxPositionEmbeddings, RELAXED_TOKENS]);
      const tokens = g.input('tokens', [RELAXED_TOKENS], 'int32');
      const rows = g.gather(tokenEmbeddingTable(g, weights, config), tokens);
      const embeddings = g.reshape(g.matMul(mixture, rows), [
        1,
        config.maxPositionEmbeddings,
        config.hiddenSize,
      ]);
      return { mixture, context: encoded(g, encoder, embeddings).context };
    };
    const back = counted((g) => {
      const { mixture, context } = build(g);
      return transposed(g, context, mixture);
    });
    return [counted((g) => ({ context: build(g).context })), back];
  });
}

interface Encoder extends ModelComponent<TextEncoderConfig> {
  /** SDXL's second. */
  readonly isProjected: boolean;
}

function encodersOf(
  first: ModelComponent<TextEncoderConfig>,
  second: ModelComponent<TextEncoderConfig> | undefined,
): Encoder[] {
  return [{ ...first, isProjected: false }, ...(second ? [{ ...second, isProjected: true }] : [])];
}

function encoded(
  g: GraphBuilder,
  { config, weights, isProjected }: Encoder,
  embeddings: Node,
): { context: Node } & Record<string, Node> {
  if (!isProjected) return { context: textTower(g, weights, config, embeddings) };
  const end = g.input('end', [1, config.maxPositionEmbeddings]);
  const { context, pooled } = projectedTextTower(g, weights, config, { embeddings, end });
  return { context, pooled };
}

/** Both branches of guidance in one batch. */
export function guidedProgram(model: CountedModel, size: LatentSize): ProgramMemory {
  return counted((g) => ({ output: denoiser(g, model, size, 2).output }));
}

/** One branch forward, and back to the context. */
export function unetGradientProgram(model: CountedModel, size: LatentSize): ProgramMemory {
  return counted((g) => {
    const { output, context } = denoiser(g, model, size, 1);
    return transposed(g, output, context);
  });
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

export function decoderProgram({ vae }: CountedModel, size: LatentSize): ProgramMemory {
  return counted((g) => ({
    image: vaeDecoder(g, vae.weights, vae.config, g.input('latents', latentShape(vae.config, size))),
  }));
}

/** Back through the decoder by itself: in stages where it goes in stages. */
export function decoderGradientProgram({ vae }: CountedModel, size: LatentSize): ProgramMemory {
  const latents = latentShape(vae.config, size);
  if (!isStaged(latents)) {
    return counted((g) => {
      const input = g.input('latents', latents);
      return transposed(g, vaeDecoder(g, vae.weights, vae.config, input), input);
    });
  }
  let shape: Shape = latents;
  let keptBytes = 0;
  const stages = vaeDecoderStages(vae.weights, vae.config).map((stage) => {
    const g = new GraphBuilder();
    const x = g.input('x', shape);
    const y = stage(g, x);
    const memory = programMemory(graphOf(transposed(g, y, x)));
    // What the stages before it read is kept beside.
    const valueBytes = memory.valueBytes + keptBytes;
    keptBytes += 4 * sizeOf(shape);
    shape = y.shape;
    return { ...memory, valueBytes };
  });
  return joined(stages);
}

/** Programs of which one is open at a time, as one. */
function joined(programs: readonly ProgramMemory[]): ProgramMemory {
  const largest = programs.reduce((a, b) => (b.valueBytes > a.valueBytes ? b : a));
  return { ...largest, nodes: programs.reduce((sum, { nodes }) => sum + nodes, 0) };
}

export function scorerTextProgram({ config, weights }: CountedClip): ProgramMemory {
  return counted((g) => {
    const ids = g.input('ids', [1, config.text.maxPositionEmbeddings], 'int32');
    const eosIndex = g.input('eosIndex', [1], 'int32');
    return { embedding: clipTextEmbedding(g, weights, config, { ids, eosIndex }) };
  });
}

/** The loss of a picture. */
export function scorerProgram(scorer: CountedClip, size: PictureSize): ProgramMemory {
  return counted((g) => ({ loss: scorerLoss(g, scorer, pictureInput(g, size)) }));
}

/** The loss of a picture and its gradient there. */
export function scorerGradientProgram(scorer: CountedClip, size: PictureSize): ProgramMemory {
  return counted((g) => {
    const image = pictureInput(g, size);
    return lossAndGradient(g, scorerLoss(g, scorer, image), image);
  });
}

/** The picture of some latents, its loss by all scorers, and the gradient of the loss at the latents, in one program. */
export function lossProgram(
  { vae }: CountedModel,
  scorers: readonly CountedClip[],
  size: LatentSize,
): ProgramMemory {
  return counted((g) => {
    const latents = g.input('latents', latentShape(vae.config, size));
    const image = vaeDecoder(g, vae.weights, vae.config, latents);
    const losses = scorers.map((scorer, i) => scorerLoss(g, scorer, image, i));
    return lossAndGradient(
      g,
      losses.reduce((sum, loss) => g.add(sum, loss)),
      latents,
    );
  });
}

function counted(build: (g: GraphBuilder) => Readonly<Record<string, Node>>): ProgramMemory {
  return programMemory(graphOf(build(new GraphBuilder())));
}

function transposed(g: GraphBuilder, output: Node, at: Node): { gradient: Node } {
  const [result] = gradient(g, [{ node: output, cotangent: g.input('cotangent', output.shape) }], [at]);
  return { gradient: result! };
}

function lossAndGradient(g: GraphBuilder, loss: Node, at: Node): { loss: Node; gradient: Node } {
  const cotangent = g.constant(Float32Array.of(1), loss.shape);
  const [result] = gradient(g, [{ node: loss, cotangent }], [at]);
  return { loss, gradient: result! };
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

function latentShape({ latentChannels }: VaeConfig, [height, width]: LatentSize): Shape {
  return [1, latentChannels, height, width];
}

function pictureInput(g: GraphBuilder, { width, height }: PictureSize): Node {
  return g.input('image', [1, 3, height, width]);
}

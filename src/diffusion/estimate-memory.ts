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

const METHOD =
  'Counted from the shapes in the graphs for one picture: the values alive at once, the largest part at a time, plus the weights, ' +
  'as stored where a component has 512 MB or more, else unpacked in every program that reads them. Not measured; the runtime adds working space.';

/** Whether the runtime unpacks the weights of a graph of this cost, rather than read them as they are stored. */
export type UnpacksWeights = (cost: GraphCost) => boolean;

/**
 * Builds every program of the model at the size that it was trained for; nothing is compiled or run, no weight is read.
 * @throws {DpoError} INVALID_CHECKPOINT for a weight that is missing or of another shape than the configuration says
 */
export function estimateMemory(
  model: DiffusersFolder,
  scorer: ClipFolder | undefined,
  unpacks: UnpacksWeights,
): MemoryEstimate {
  const { config } = model.unet;
  const side = config.sampleSize ?? 64;
  const pixels = side * 2 ** (model.vae.config.blockOutChannels.length - 1);
  const { textEncoder, textEncoder2 } = model;
  const second = textEncoder2 ? [projectedTextProgram(textEncoder2)] : [];
  const text = [textProgram(textEncoder), ...second, ...(scorer ? [scorerTextProgram(scorer)] : [])];
  const sampling = [guidedProgram(model, side), decoderProgram(model, side)];
  const loss = scorer ? [lossProgram(model, scorer, side)] : [];
  return {
    width: pixels,
    height: pixels,
    samplingBytes: bytesOf([...text, ...sampling], unpacks),
    gradientBytes: bytesOf([...text, ...sampling, gradientProgram(model, side), ...loss], unpacks),
    method: METHOD,
  };
}

/** Programs stay compiled, so their weights add up; they run one at a time, so their values do not. */
function bytesOf(programs: readonly Graph[], unpacks: UnpacksWeights): number {
  return heldWeightBytes(programs, unpacks) + Math.max(...programs.map(peakActivationBytes));
}

function heldWeightBytes(programs: readonly Graph[], unpacks: UnpacksWeights): number {
  const mapped = new Map<string, number>();
  let unpacked = 0;
  for (const program of programs) {
    const cost = graphCost(program);
    if (unpacks(cost)) unpacked += cost.parameters * 4;
    // Mapped from the file, pages are shared between the programs that read them.
    else
      for (const { stored } of program.parameters)
        mapped.set(`${stored.path} ${stored.key}`, stored.byteLength);
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

function scorerTextProgram({ config, weights }: ClipFolder): Graph {
  const g = new GraphBuilder();
  const ids = g.input('ids', [1, config.text.maxPositionEmbeddings], 'int32');
  const eosIndex = g.input('eosIndex', [1], 'int32');
  return graphOf({ embedding: clipTextEmbedding(g, weights, config, { ids, eosIndex }) });
}

/** Both branches of guidance in one batch. */
function guidedProgram(model: DiffusersFolder, side: number): Graph {
  const g = new GraphBuilder();
  return graphOf({ output: denoiser(g, model, side, 2).output });
}

/** Forward, and back to the context. */
function gradientProgram(model: DiffusersFolder, side: number): Graph {
  const g = new GraphBuilder();
  const { output, context } = denoiser(g, model, side, 1);
  const cotangent = g.input('cotangent', output.shape);
  const [result] = gradient(g, [{ node: output, cotangent }], [context]);
  return graphOf({ output, context: result! });
}

function denoiser(
  g: GraphBuilder,
  model: DiffusersFolder,
  side: number,
  batch: number,
): { output: Node; context: Node } {
  const { config, weights } = model.unet;
  const length = model.textEncoder.config.maxPositionEmbeddings;
  const context = g.input('context', [batch, length, config.crossAttentionDim]);
  const sample = g.input('sample', [batch, config.inChannels, side, side]);
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

function decoderProgram({ vae }: DiffusersFolder, side: number): Graph {
  const g = new GraphBuilder();
  const latents = g.input('latents', [1, vae.config.latentChannels, side, side]);
  return graphOf({ image: vaeDecoder(g, vae.weights, vae.config, latents) });
}

/** The picture of some latents, its loss, and the gradient of the loss at the latents. */
function lossProgram({ vae }: DiffusersFolder, scorer: ClipFolder, side: number): Graph {
  const g = new GraphBuilder();
  const latents = g.input('latents', [1, vae.config.latentChannels, side, side]);
  const image = vaeDecoder(g, vae.weights, vae.config, latents);
  const embedding = clipImageEmbedding(
    g,
    scorer.weights,
    scorer.config,
    preprocessImage(g, scorer.preprocessor, image),
  );
  const loss = sphericalLoss(g, embedding, g.input('text', [1, scorer.config.projectionDim]));
  const cotangent = g.constant(Float32Array.of(1), loss.shape);
  const [result] = gradient(g, [{ node: loss, cotangent }], [latents]);
  return graphOf({ loss, gradient: result! });
}

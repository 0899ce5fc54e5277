/** @file The configuration of an OpenCLIP model, told from the shapes of its weights. */
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import type { Shape } from '../tensor/tensor.ts';
import type { ClipConfig } from './clip-config.ts';
import type { OpenClipConfig } from './open-clip-config.ts';

// What every released text tower and the vision towers up to ViT-L have.
const HEAD_WIDTH = 64;
const LARGE_WIDTH = 1024;
// ViT-H, g, bigG and larger grow their heads instead of their number: 80, 88, 104 wide.
const LARGE_HEADS = 16;
const LAYER_NORM_EPS = 1e-5;

/**
 * @param prefix what stands before OpenCLIP's own names
 * @param config what the checkpoint says besides; the activation is `gelu` unless it says otherwise
 * @throws {DpoError} INVALID_CHECKPOINT for a missing tensor, or where `config` contradicts the shapes
 */
export function clipConfigOf(
  weights: WeightSource,
  prefix: string,
  config: OpenClipConfig | undefined,
): ClipConfig {
  const shapes = new Shapes(weights, prefix);
  const [visionWidth, channels, patchSize] = shapes.of('visual.conv1.weight', 4);
  const [positions] = shapes.of('visual.positional_embedding', 2);
  const [, projectionDim] = shapes.of('visual.proj', 2);
  const [vocabSize, textWidth] = shapes.of('token_embedding.weight', 2);
  const [contextLength] = shapes.of('positional_embedding', 2);
  const imageSize = sideOf(positions - 1, weights) * patchSize;
  const vision = shapes.tower('visual.transformer.resblocks.');
  const text = shapes.tower('transformer.resblocks.');
  const found = {
    embedDim: projectionDim,
    vision: { width: visionWidth, layers: vision.layers, patchSize, imageSize },
    text: { width: textWidth, layers: text.layers, contextLength, vocabSize },
  };
  checkAgreement(found, config, weights);
  const hiddenAct = config?.quickGelu ? 'quick_gelu' : 'gelu';
  const shared = { hiddenAct, layerNormEps: LAYER_NORM_EPS } as const;
  return {
    projectionDim,
    vision: {
      ...shared,
      hiddenSize: visionWidth,
      intermediateSize: vision.inner,
      numAttentionHeads: visionHeads(visionWidth, config, weights),
      numHiddenLayers: vision.layers,
      // A configuration may name a size that leaves a remainder, which the patches do not reach.
      imageSize: config?.vision.imageSize ?? imageSize,
      patchSize,
      numChannels: channels,
    },
    text: {
      ...shared,
      vocabSize,
      maxPositionEmbeddings: contextLength,
      hiddenSize: textWidth,
      intermediateSize: text.inner,
      numAttentionHeads: wholeHeads(textWidth, config?.text.heads ?? textWidth / HEAD_WIDTH, 'text', weights),
      numHiddenLayers: text.layers,
      projectionDim,
      // The end of a text is the largest id, and short texts are filled up with 0.
      bosTokenId: vocabSize - 2,
      eosTokenId: vocabSize - 1,
      padTokenId: 0,
    },
  };
}

class Shapes {
  readonly #weights: WeightSource;
  readonly #prefix: string;

  constructor(weights: WeightSource, prefix: string) {
    this.#weights = weights;
    this.#prefix = prefix;
  }

  /** Of a tensor that must have `rank` axes. */
  of(key: string, rank: number): Shape & readonly [number, number, number] {
    const found = this.#weights.find(this.#prefix + key)?.shape;
    if (found?.length === rank) return found as unknown as Shape & readonly [number, number, number];
    const what = found === undefined ? 'has no tensor' : `has [${found}] as the shape of`;
    const message = `${this.#weights.name} ${what} "${this.#prefix}${key}"; expected ${rank} axes, as in a CLIP model under OpenCLIP's names.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { file: this.#weights.name, key } });
  }

  /** Number of blocks, and how wide they are inside. */
  tower(blocks: string): { layers: number; inner: number } {
    let layers = 0;
    while (this.#weights.find(`${this.#prefix}${blocks}${layers}.ln_1.weight`)) layers++;
    const [inner] = this.of(`${blocks}0.mlp.c_fc.weight`, 2);
    return { layers, inner };
  }
}

function sideOf(patches: number, { name }: WeightSource): number {
  const side = Math.round(Math.sqrt(patches));
  if (side >= 1 && side * side === patches) return side;
  const message = `The vision tower in ${name} has positions for ${patches} patches, which do not form a square.`;
  throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file: name } });
}

function visionHeads(width: number, config: OpenClipConfig | undefined, weights: WeightSource): number {
  const published = width <= LARGE_WIDTH ? HEAD_WIDTH : width / LARGE_HEADS;
  // OpenCLIP's own default, where there is a configuration that says nothing.
  const headWidth = config ? (config.vision.headWidth ?? HEAD_WIDTH) : published;
  return wholeHeads(width, width / headWidth, 'vision', weights);
}

function wholeHeads(width: number, heads: number, tower: string, { name }: WeightSource): number {
  if (Number.isInteger(heads) && heads >= 1 && width % heads === 0) return heads;
  const message = `The ${tower} tower in ${name} is ${width} wide, which is no whole number of heads; an open_clip_config.json beside the weights can say how many it has.`;
  throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file: name, width } });
}

type Sizes = Readonly<Record<string, number | undefined>>;

function checkAgreement(
  found: { readonly embedDim: number; readonly vision: Sizes; readonly text: Sizes },
  config: OpenClipConfig | undefined,
  { name }: WeightSource,
): void {
  if (config === undefined) return;
  const conflicts = [
    ...conflictsOf('', { embedDim: found.embedDim }, { embedDim: config.embedDim }),
    ...conflictsOf('vision ', found.vision, { ...config.vision, imageSize: undefined }),
    ...conflictsOf('text ', found.text, config.text),
  ];
  const { imageSize } = config.vision;
  const covered = imageSize === undefined ? undefined : imageSize - (imageSize % found.vision.patchSize!);
  if (covered !== undefined && covered !== found.vision.imageSize) {
    conflicts.push(`vision imageSize is ${imageSize}, the weights have ${found.vision.imageSize}`);
  }
  if (conflicts.length === 0) return;
  const message = `The configuration beside ${name} does not fit the weights: ${conflicts.join('; ')}.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { file: name } });
}

function conflictsOf(tower: string, found: Sizes, said: Sizes): string[] {
  return Object.keys(found)
    .filter((key) => said[key] !== undefined && said[key] !== found[key])
    .map((key) => `${tower}${key} is ${said[key]}, the weights have ${found[key]}`);
}

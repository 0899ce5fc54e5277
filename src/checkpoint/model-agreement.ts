/** @file Whether a model's components, which come from different files, make a text-to-image model together. */
import { DpoError } from '../errors.ts';
import type { ClipTokenizer } from './clip-tokenizer.ts';
import type { TextEncoderConfig } from './text-encoder-config.ts';
import type { UnetConfig } from './unet-config.ts';
import type { VaeConfig } from './vae-config.ts';

/** A text encoder's configuration and the tokenizer that goes with it. */
export interface TextPart {
  readonly config: TextEncoderConfig;
  readonly tokenizer: ClipTokenizer;
}

/** What has to agree. */
export interface ModelParts {
  /** As messages name it. */
  readonly dir: string;
  readonly unet: UnetConfig;
  readonly vae: VaeConfig;
  /** One, or SDXL's two. */
  readonly texts: readonly TextPart[];
}

/** Original height and width, top and left of the crop, target height and width. */
const SIZES = 6;

/** @throws {DpoError} UNSUPPORTED_MODEL or INVALID_CHECKPOINT, saying which two do not go together */
export function checkAgreement(parts: ModelParts): void {
  const { dir, texts } = parts;
  const conflict = channelConflict(parts) ?? textConflict(parts);
  if (conflict !== undefined) {
    const message = `The components in ${dir} do not form a text-to-image model: ${conflict}.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { dir } });
  }
  for (const { tokenizer, config } of texts) checkVocabulary(tokenizer, config, dir);
}

function channelConflict({ unet, vae }: ModelParts): string | undefined {
  const { inChannels, outChannels } = unet;
  if (inChannels !== outChannels)
    return `the UNet reads ${inChannels} channels and writes ${outChannels}, as models for inpainting or editing do`;
  if (inChannels !== vae.latentChannels)
    return `the UNet works on ${inChannels} latent channels, the VAE on ${vae.latentChannels}`;
  return undefined;
}

function textConflict({ unet, texts }: ModelParts): string | undefined {
  const width = texts.reduce((sum, { config }) => sum + config.hiddenSize, 0);
  const isXl = texts.length > 1;
  if (!isXl && unet.additionEmbedType !== undefined)
    return `the UNet has SDXL's additional embedding ("addition_embed_type" is "${unet.additionEmbedType}"), the pipeline has one text encoder`;
  if (isXl && unet.additionEmbedType === undefined)
    return 'the pipeline has two text encoders, the UNet has no "addition_embed_type" as that of SDXL has';
  if (unet.crossAttentionDim !== width) {
    const given = isXl ? 'text encoders give' : 'text encoder gives';
    return `the UNet reads a context ${unet.crossAttentionDim} wide, the ${given} ${width}`;
  }
  return isXl ? additionConflict(unet, texts.at(-1)!.config) : undefined;
}

function additionConflict(unet: UnetConfig, { projectionDim }: TextEncoderConfig): string | undefined {
  const perSize = unet.additionTimeEmbedDim!;
  const found = unet.projectionClassEmbeddingsInputDim!;
  const expected = projectionDim + SIZES * perSize;
  if (found === expected) return undefined;
  if (found === projectionDim + (SIZES - 1) * perSize)
    return "the UNet reads five sizes and scores, as SDXL's refiner does, which repaints pictures and makes none; use the base model";
  return `"projection_class_embeddings_input_dim" of the UNet is ${found}, where a pooled prompt of ${projectionDim} and six sizes of ${perSize} make ${expected}`;
}

/** @throws {DpoError} INVALID_CHECKPOINT when `tokenizer` can give ids that the text tower has no embedding for */
export function checkVocabulary(tokenizer: ClipTokenizer, text: TextEncoderConfig, dir: string): void {
  if (tokenizer.idBound > text.vocabSize) {
    const message = `The tokenizer gives ids up to ${tokenizer.idBound - 1}, but the text encoder in ${dir} has ${text.vocabSize} embeddings; they belong to different models.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
}

/** @file A text-to-image model in the diffusers layout: its configurations, and its weights as addresses. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { requireObject } from './config-schema.ts';
import { modelName } from './model-name.ts';
import { readJson } from './read-json.ts';
import { parseSchedulerConfig, type SchedulerConfig } from './scheduler-config.ts';
import { parseTextEncoderConfig, type TextEncoderConfig } from './text-encoder-config.ts';
import { hasTokenizer, type Vocabulary } from './tokenizer-files.ts';
import { parseUnetConfig, type UnetConfig } from './unet-config.ts';
import { parseVaeConfig, type VaeConfig } from './vae-config.ts';
import { listFolder, openComponentWeights } from './weights-file.ts';

/** SD 2 differs in its configuration only (activation, projections, prediction), which is how it is told apart. */
export type ModelFamily = 'stable-diffusion-1' | 'stable-diffusion-2';

export interface ModelComponent<Config> {
  readonly config: Config;
  readonly weights: WeightSource;
}

/** A pipeline on disk, checked as far as that goes without reading weights. */
export interface DiffusersFolder {
  /** Absolute. */
  readonly dir: string;
  /** For display. */
  readonly name: string;
  readonly family: ModelFamily;
  readonly textEncoder: ModelComponent<TextEncoderConfig>;
  /** SDXL's second one. */
  readonly textEncoder2?: ModelComponent<TextEncoderConfig>;
  readonly unet: ModelComponent<UnetConfig>;
  readonly vae: ModelComponent<VaeConfig>;
  readonly scheduler: SchedulerConfig;
  readonly tokenizer: ClipTokenizer;
  /** What was assumed where the files do not say it, a sentence each. */
  readonly remarks?: readonly string[];
  /** Adapters that are merged into the weights. */
  readonly loras?: readonly AppliedLora[];
}

/** An adapter as the record of a run names it. */
export interface AppliedLora {
  /** The file's name without its extension. */
  readonly name: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly scale: number;
}

export interface OpenFolderOptions {
  /** Taken where the folder has it. @default full precision first */
  readonly variant?: string;
  /** Weights of the component in this subfolder that come from elsewhere; undefined for the folder's own. */
  readonly weights?: (component: string) => WeightSource | undefined;
  /** Stands in for a tokenizer's vocabulary where the folder has none. */
  readonly vocabulary?: Vocabulary;
}

const ACCEPTED = 'StableDiffusionPipeline (Stable Diffusion 1.x)';
const CONFIG_FILES = [
  'text_encoder/config.json',
  'unet/config.json',
  'vae/config.json',
  'scheduler/scheduler_config.json',
];

/**
 * Opens the model in `dir`: reads its configurations, tokenizer and the headers of its weights.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT (not a model folder, a damaged or contradictory file) or
 * UNSUPPORTED_MODEL (another pipeline or architecture, named)
 */
export async function openDiffusersFolder(
  dir: string,
  options: OpenFolderOptions = {},
): Promise<DiffusersFolder> {
  const root = resolve(dir);
  const { vocabulary } = options;
  await checkIsPipeline(root, vocabulary !== undefined);
  const [textEncoder, unet, vae] = await Promise.all([
    openComponent(root, 'text_encoder', 'model', parseTextEncoderConfig, options),
    openComponent(root, 'unet', 'diffusion_pytorch_model', parseUnetConfig, options),
    openComponent(root, 'vae', 'diffusion_pytorch_model', parseVaeConfig, options),
  ]);
  const scheduler = await readConfig(join(root, 'scheduler', 'scheduler_config.json'), parseSchedulerConfig);
  const maxLength = textEncoder.config.maxPositionEmbeddings;
  const tokenizer = await ClipTokenizer.load(join(root, 'tokenizer'), {
    maxLength,
    ...(vocabulary && { vocabulary }),
  });
  const folder = { dir: root, name: modelName(root), family: familyOf(unet.config), textEncoder, unet, vae };
  checkAgreement({ ...folder, scheduler, tokenizer });
  return { ...folder, scheduler, tokenizer };
}

/** Reads the JSON at `path` and parses it, as all configurations are. */
export async function readConfig<T>(path: string, parse: (json: unknown, file: string) => T): Promise<T> {
  return parse(await readJson(path), path);
}

async function openComponent<T>(
  root: string,
  folder: string,
  stem: string,
  parse: (json: unknown, file: string) => T,
  { weights, variant }: OpenFolderOptions,
): Promise<ModelComponent<T>> {
  const dir = join(root, folder);
  const config = await readConfig(join(dir, 'config.json'), parse);
  return { config, weights: weights?.(folder) ?? (await openComponentWeights(dir, stem, variant)) };
}

async function checkIsPipeline(root: string, hasVocabulary: boolean): Promise<void> {
  const names = await listFolder(root);
  if (!names.includes('model_index.json')) throw notAModel(root, ['model_index.json'], names);
  const path = join(root, 'model_index.json');
  const className = requireObject(await readJson(path), path)._class_name;
  if (className !== 'StableDiffusionPipeline') {
    const message = `${root} is a ${JSON.stringify(className)}, which is not supported; accepted: ${ACCEPTED}.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { dir: root, className } });
  }
  const missing = CONFIG_FILES.filter((file) => !existsSync(join(root, file)));
  if (!hasVocabulary && !hasTokenizer(join(root, 'tokenizer')))
    missing.push('tokenizer/vocab.json and merges.txt');
  if (missing.length > 0) throw notAModel(root, missing, names);
}

function notAModel(root: string, missing: readonly string[], names: readonly string[]): DpoError {
  const single = names.find((name) => /\.(safetensors|ckpt)$/.test(name));
  const hint =
    single === undefined ? '' : ` (${single} may be a whole model in one file: give the file itself)`;
  const message = `${root} is not a complete model in the diffusers layout: it lacks ${missing.join(', ')}${hint}.`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir: root, missing } });
}

function familyOf(unet: UnetConfig): ModelFamily {
  return unet.useLinearProjection ? 'stable-diffusion-2' : 'stable-diffusion-1';
}

/** Components come from different files, and only together do they make a model. */
function checkAgreement(folder: DiffusersFolder): void {
  const { dir, unet, vae, textEncoder, tokenizer } = folder;
  if (unet.config.additionEmbedType !== undefined) {
    const message = `The UNet in ${dir} needs SDXL's additional embedding (${unet.config.additionEmbedType}), which is not supported; accepted: ${ACCEPTED}.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { dir } });
  }
  const { inChannels, outChannels, crossAttentionDim } = unet.config;
  const { latentChannels } = vae.config;
  const { hiddenSize } = textEncoder.config;
  const conflict =
    inChannels !== outChannels
      ? `the UNet reads ${inChannels} channels and writes ${outChannels}, as models for inpainting or editing do`
      : inChannels !== latentChannels
        ? `the UNet works on ${inChannels} latent channels, the VAE on ${latentChannels}`
        : crossAttentionDim !== hiddenSize
          ? `the UNet reads a context ${crossAttentionDim} wide, the text encoder gives ${hiddenSize}`
          : undefined;
  if (conflict !== undefined) {
    const message = `The components in ${dir} do not form a text-to-image model: ${conflict}.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { dir } });
  }
  checkVocabulary(tokenizer, textEncoder.config, dir);
}

/** @throws {DpoError} INVALID_CHECKPOINT when `tokenizer` can give ids that the text tower has no embedding for */
export function checkVocabulary(tokenizer: ClipTokenizer, text: TextEncoderConfig, dir: string): void {
  if (tokenizer.idBound > text.vocabSize) {
    const message = `The tokenizer gives ids up to ${tokenizer.idBound - 1}, but the text encoder in ${dir} has ${text.vocabSize} embeddings; they belong to different models.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
}

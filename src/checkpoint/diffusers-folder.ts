/** @file A text-to-image model in the diffusers layout: its configurations, and its weights as addresses. */
import { join, resolve } from 'node:path';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { checkAgreement } from './model-agreement.ts';
import { readModelIndex } from './model-index.ts';
import { modelName } from './model-name.ts';
import { MAX_CONFIG_BYTES, readJson } from './read-json.ts';
import { parseSchedulerConfig, type SchedulerConfig } from './scheduler-config.ts';
import { parseTextEncoderConfig, type TextEncoderConfig } from './text-encoder-config.ts';
import type { Vocabulary } from './tokenizer-files.ts';
import { parseUnetConfig, type UnetConfig } from './unet-config.ts';
import { parseVaeConfig, type VaeConfig } from './vae-config.ts';
import { openComponentWeights, type WeightVariant } from './weights-file.ts';

/** SD 2 differs from SD 1 in its configuration only (activation, projections, prediction), which is how it is told apart. */
export type ModelFamily = 'stable-diffusion-1' | 'stable-diffusion-2' | 'stable-diffusion-xl';

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
  readonly unet: ModelComponent<UnetConfig>;
  readonly vae: ModelComponent<VaeConfig>;
  readonly scheduler: SchedulerConfig;
  readonly tokenizer: ClipTokenizer;
  /** SDXL's second text encoder, which has a projection; it and its tokenizer are there together. */
  readonly textEncoder2?: ModelComponent<TextEncoderConfig>;
  /** Of the same length as `tokenizer`. */
  readonly tokenizer2?: ClipTokenizer;
  /** Whether an empty negative prompt is zeros (SDXL, unless its index says otherwise). */
  readonly forceZerosForEmptyPrompt: boolean;
  /** What was assumed where the files do not say it, a sentence each. */
  readonly remarks?: readonly string[];
  /** Adapters that are merged into the weights. */
  readonly loras?: readonly AppliedLora[];
  /** What somebody called it to open it, where somebody did. */
  readonly named?: NamedModel;
}

/** Folders, files or names of a model and its adapters, for whoever wants to repeat a study; as they were given. */
export interface NamedModel {
  /** Absent for the embedded model. */
  readonly source?: string;
  readonly pipelineConfig?: string;
  readonly predictionType?: string;
  readonly variant?: string;
  readonly loras?: readonly { readonly source: string; readonly scale: number }[];
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
  readonly variant?: WeightVariant;
  /** Weights of the component in this subfolder that come from elsewhere; undefined for the folder's own. */
  readonly weights?: (component: string) => WeightSource | undefined;
  /** Stands in for a tokenizer's vocabulary where the folder has none. */
  readonly vocabulary?: Vocabulary;
}

type TextPart = Pick<DiffusersFolder, 'textEncoder' | 'tokenizer'>;

/**
 * Opens the model in `dir`: reads its configurations, tokenizer and the headers of its weights.
 * @param variant of the weights, preferred where there is one, such as `fp16`
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT (not a model folder, a damaged or contradictory file) or
 * UNSUPPORTED_MODEL (another pipeline or architecture, named)
 */
export async function openDiffusersFolder(
  dir: string,
  options: OpenFolderOptions = {},
): Promise<DiffusersFolder> {
  const root = resolve(dir);
  const { className, forceZerosForEmptyPrompt } = await readModelIndex(
    root,
    options.vocabulary !== undefined,
  );
  const [text, text2, unet, vae] = await Promise.all([
    openText(root, '', options),
    className === 'StableDiffusionXLPipeline' ? openText(root, '_2', options) : undefined,
    openComponent(root, 'unet', 'diffusion_pytorch_model', parseUnetConfig, options),
    openComponent(root, 'vae', 'diffusion_pytorch_model', parseVaeConfig, options),
  ]);
  const scheduler = await readConfig(join(root, 'scheduler', 'scheduler_config.json'), parseSchedulerConfig);
  const texts = [text, ...(text2 ? [text2] : [])];
  checkAgreement({
    dir: root,
    unet: unet.config,
    vae: vae.config,
    texts: texts.map(({ textEncoder, tokenizer }) => ({ config: textEncoder.config, tokenizer })),
  });
  return {
    ...{ dir: root, name: modelName(root), family: familyOf(unet.config) },
    ...{ unet, vae, scheduler, forceZerosForEmptyPrompt },
    ...joinTexts(text, text2),
  };
}

async function openText(root: string, suffix: '' | '_2', options: OpenFolderOptions): Promise<TextPart> {
  const folder = `text_encoder${suffix}`;
  const textEncoder = await openComponent(root, folder, 'model', parseTextEncoderConfig, options);
  const maxLength = textEncoder.config.maxPositionEmbeddings;
  const load = { maxLength, ...(options.vocabulary && { vocabulary: options.vocabulary }) };
  return { textEncoder, tokenizer: await ClipTokenizer.load(join(root, `tokenizer${suffix}`), load) };
}

/** Two contexts lie side by side, token by token, so the shorter one counts. */
function joinTexts(
  { textEncoder, tokenizer }: TextPart,
  second: TextPart | undefined,
): Pick<DiffusersFolder, 'textEncoder' | 'tokenizer' | 'textEncoder2' | 'tokenizer2'> {
  if (!second) return { textEncoder, tokenizer };
  const length = Math.min(tokenizer.maxLength, second.tokenizer.maxLength);
  return {
    textEncoder,
    tokenizer: tokenizer.limitedTo(length),
    textEncoder2: second.textEncoder,
    tokenizer2: second.tokenizer.limitedTo(length),
  };
}

/** Reads the JSON at `path` and parses it, as all configurations are. */
export async function readConfig<T>(path: string, parse: (json: unknown, file: string) => T): Promise<T> {
  return parse(await readJson(path, MAX_CONFIG_BYTES), path);
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

function familyOf(unet: UnetConfig): ModelFamily {
  if (unet.additionEmbedType !== undefined) return 'stable-diffusion-xl';
  return unet.useLinearProjection ? 'stable-diffusion-2' : 'stable-diffusion-1';
}

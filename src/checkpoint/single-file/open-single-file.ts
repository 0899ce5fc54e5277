/**
 * @file A whole model in one .safetensors file under the original key names, opened as if it were a folder: its weights by
 * address, its configuration from the family's published one or from a folder that the user names.
 */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DpoError } from '../../errors.ts';
import type { Shape } from '../../tensor/tensor.ts';
import { clipVocabulary } from '../clip-vocabulary.ts';
import { type DiffusersFolder, type ModelFamily, openDiffusersFolder } from '../diffusers-folder.ts';
import { readModelIndex } from '../model-index.ts';
import { openSafetensors, type SafetensorsFile } from '../safetensors.ts';
import type { PredictionType } from '../scheduler-config.ts';
import { hasTokenizer } from '../tokenizer-files.ts';
import { fileWeights } from '../weight-source.ts';
import { checkFileFormat } from './check-file-format.ts';
import { identifyFile } from './identify-file.ts';
import { type MappedFile, mapSingleFile, type SingleFileComponent, UNET_PREFIX } from './map-single-file.ts';
import { type ToldPrediction, toldPrediction } from './told-prediction.ts';

export interface OpenSingleFileOptions {
  /** A folder in the diffusers layout, for configuration, scheduler and tokenizer. @default the family's published ones */
  readonly pipelineConfig?: string | undefined;
  /** What the UNet predicts. @default what the file says, else a guess that is told in `remarks` */
  readonly predictionType?: PredictionType | undefined;
}

/** A file that was looked into: what it is and where its parts are. */
export interface SingleFile {
  readonly file: SafetensorsFile;
  readonly family: ModelFamily;
  readonly mapped: MappedFile;
}

const CONFIGURATIONS = fileURLToPath(new URL('../../../configurations', import.meta.url));

const TEXT_KEYS: readonly SingleFileComponent[] = ['text_encoder', 'text_encoder_2'];
const FAMILY_NAMES: Readonly<Record<ModelFamily, string>> = {
  'stable-diffusion-1': 'Stable Diffusion 1.x',
  'stable-diffusion-2': 'Stable Diffusion 2.x',
  'stable-diffusion-xl': 'Stable Diffusion XL',
};
/** Channels of the first convolution and width of the context that the published models have. */
const PUBLISHED_SIZES: Readonly<
  Record<ModelFamily, { readonly channels: number; readonly context: number }>
> = {
  'stable-diffusion-1': { channels: 320, context: 768 },
  'stable-diffusion-2': { channels: 320, context: 1024 },
  'stable-diffusion-xl': { channels: 320, context: 2048 },
};

/**
 * Opens the model in the file at `path`; only its header is read, and for Stable Diffusion 2 a vector that tells its kind.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT (a damaged or incomplete file) or UNSUPPORTED_MODEL (another format or
 * model, by name)
 */
export async function openSingleFile(
  path: string,
  options: OpenSingleFileOptions = {},
): Promise<DiffusersFolder> {
  return openReadFile(await readSingleFile(path), options);
}

/** Opens the model in a file that was read before: the same errors, but for those of the file itself. */
export async function openReadFile(
  single: SingleFile,
  options: OpenSingleFileOptions = {},
): Promise<DiffusersFolder> {
  const told = await toldPrediction(single.file, single.family === 'stable-diffusion-2');
  const configuration =
    options.pipelineConfig ?? publishedConfiguration(single, options.predictionType ?? told.predictionType);
  checkComponents(single, options.pipelineConfig);
  await checkFamily(single, options.pipelineConfig);
  const model = await openDiffusersFolder(configuration, {
    weights: (component) => single.mapped.components.get(component as SingleFileComponent),
    ...(lacksTokenizer(configuration, single.family) && { vocabulary: clipVocabulary() }),
  });
  const { dir, name } = { dir: single.file.path, name: basename(single.file.path).replace(/\.\w+$/, '') };
  if (options.pipelineConfig !== undefined) return { ...model, dir, name };
  const scheduler = scheduled(model.scheduler, told, options.predictionType);
  return { ...model, dir, name, scheduler, remarks: remarksOf(single, told, options.predictionType) };
}

/** Looks into the file at `path`: the same errors, but for those of a configuration. */
export async function readSingleFile(path: string): Promise<SingleFile> {
  await checkFileFormat(resolve(path), 'model');
  const file = await openSafetensors(path);
  const keys = [...file.entries.keys()];
  const projection = `${UNET_PREFIX}input_blocks.1.1.proj_in.weight`;
  const identity = identifyFile(keys, file.entries.get(projection)?.shape.length === 2);
  if (identity.kind === 'other') throw refused(file, `holds ${identity.what}`, identity.advice);
  checkChannels(file);
  return { file, family: identity.family, mapped: mapSingleFile(fileWeights(file), keys) };
}

/** How a family is called. */
export function familyName(family: ModelFamily): string {
  return FAMILY_NAMES[family];
}

/** The first convolution tells what the UNet reads besides noise. */
function checkChannels(file: SafetensorsFile): void {
  const channels = shapeOf(file, 'input_blocks.0.0.weight')?.[1];
  if (channels === 4) return;
  const known: Readonly<Record<number, string>> = {
    5: 'a model that reads depth',
    7: 'an upscaler',
    8: 'a model for editing (InstructPix2Pix)',
    9: 'a model for inpainting',
  };
  const what = known[channels ?? 0] ?? 'no text-to-image model';
  const advice = 'Accepted: text-to-image models, which read 4.';
  throw refused(file, `holds ${what}: its UNet reads ${channels ?? 'unknown'} channels`, advice);
}

function publishedConfiguration({ file, family }: SingleFile, predictionType: PredictionType): string {
  const { channels, context } = PUBLISHED_SIZES[family];
  const found = { channels: shapeOf(file, 'input_blocks.0.0.weight')?.[0], context: contextOf(file) };
  if (found.channels !== channels || found.context !== context) {
    const sizes = `${found.channels} channels and a context ${found.context ?? 'of unknown width'}`;
    const advice = `The published models have ${channels} and ${context}. Give the folder with its configuration by --pipeline-config DIR.`;
    throw refused(file, `has the keys of ${familyName(family)} but other sizes (${sizes})`, advice);
  }
  const kind = predictionType === 'v_prediction' ? 'v' : 'base';
  return join(CONFIGURATIONS, family === 'stable-diffusion-2' ? `${family}-${kind}` : family);
}

function contextOf(file: SafetensorsFile): number | undefined {
  return shapeOf(file, 'middle_block.1.transformer_blocks.0.attn2.to_k.weight')?.[1];
}

function shapeOf(file: SafetensorsFile, key: string): Shape | undefined {
  return file.entries.get(UNET_PREFIX + key)?.shape;
}

/** XL is another network than its predecessors; which of those a file is, is a matter of configuration alone. */
async function checkFamily({ file, family }: SingleFile, pipelineConfig: string | undefined): Promise<void> {
  if (pipelineConfig === undefined) return;
  const { className } = await readModelIndex(resolve(pipelineConfig), true);
  const isXl = className === 'StableDiffusionXLPipeline';
  if (isXl === (family === 'stable-diffusion-xl')) return;
  const message = `${file.path} is ${familyName(family)} by its keys, and the configuration ${pipelineConfig} is that of a ${className}. Give --pipeline-config a folder of the same family, or leave it out.`;
  throw new DpoError('INVALID_OPTION', message, { details: { path: file.path, option: 'pipelineConfig' } });
}

/** What the file lacks must be in the folder. */
function checkComponents({ file, family, mapped }: SingleFile, pipelineConfig: string | undefined): void {
  const texts = family === 'stable-diffusion-xl' ? TEXT_KEYS : TEXT_KEYS.slice(0, 1);
  const needed: readonly SingleFileComponent[] = ['unet', 'vae', ...texts];
  const missing = needed
    .filter((component) => !mapped.components.has(component))
    .filter((component) => !pipelineConfig || !existsSync(join(pipelineConfig, component)));
  if (missing.length === 0) return;
  const message = `${file.path} is not a whole model: it lacks ${missing.join(', ')}. Give a file that holds all of it, or --pipeline-config DIR with a folder that has what is missing.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { path: file.path, missing } });
}

function lacksTokenizer(configuration: string, family: ModelFamily): boolean {
  const folders = family === 'stable-diffusion-xl' ? ['tokenizer', 'tokenizer_2'] : ['tokenizer'];
  return folders.some((folder) => !hasTokenizer(join(configuration, folder)));
}

function scheduled(
  scheduler: DiffusersFolder['scheduler'],
  told: ToldPrediction,
  chosen: PredictionType | undefined,
): DiffusersFolder['scheduler'] {
  const predictionType = chosen ?? told.predictionType;
  if (!told.zeroTerminalSnr) return { ...scheduler, predictionType };
  return { ...scheduler, predictionType, rescaleBetasZeroSnr: true, timestepSpacing: 'trailing' };
}

function remarksOf(
  { file, family }: SingleFile,
  { assumedBy, predictionType }: ToldPrediction,
  chosen: PredictionType | undefined,
): readonly string[] {
  if (assumedBy === undefined || chosen !== undefined) return [];
  const other = predictionType === 'epsilon' ? 'v_prediction' : 'epsilon';
  return [
    `${basename(file.path)} does not say what its UNet predicts, as files of ${familyName(family)} may; by ${assumedBy}, ${predictionType} is assumed. If pictures come out as noise, give --prediction-type ${other}.`,
  ];
}

function refused(file: SafetensorsFile, what: string, advice: string): DpoError {
  return new DpoError('UNSUPPORTED_MODEL', `${file.path} ${what}. ${advice}`.trimEnd(), {
    details: { path: file.path },
  });
}

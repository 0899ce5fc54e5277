/** @file `model_index.json`: which pipeline a folder holds, and what it asks for beside its components' own files. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DpoError } from '../errors.ts';
import { requireObject } from './config-schema.ts';
import { MAX_CONFIG_BYTES, readJson } from './read-json.ts';
import { shortJson } from './short-json.ts';
import { hasTokenizer } from './tokenizer-files.ts';
import { listFolder } from './weights-file.ts';

/** The pipelines that we run, by diffusers' names. */
export const PIPELINES = {
  StableDiffusionPipeline: 'Stable Diffusion 1.x and 2.x',
  StableDiffusionXLPipeline: 'Stable Diffusion XL',
} as const;

export type PipelineClass = keyof typeof PIPELINES;

/** Whether a class that an index names can be run. */
export function isPipelineClass(className: unknown): className is PipelineClass {
  return typeof className === 'string' && Object.hasOwn(PIPELINES, className);
}

export interface ModelIndex {
  readonly className: PipelineClass;
  /** SDXL: whether an empty negative prompt is zeros rather than what the text encoders make of no words. */
  readonly forceZerosForEmptyPrompt: boolean;
}

const ACCEPTED = 'StableDiffusionPipeline (Stable Diffusion 1.x and 2.x) and StableDiffusionXLPipeline';

/** What people ask for under other names, and what they can do. Of every other class the name says enough. */
const REFUSED: Readonly<Record<string, string>> = {
  StableDiffusionXLImg2ImgPipeline:
    'the refiner of Stable Diffusion XL, which repaints pictures and makes none; use the base model',
  StableDiffusionXLInpaintPipeline: 'a model for inpainting, which fills holes in pictures',
  StableDiffusionInpaintPipeline: 'a model for inpainting, which fills holes in pictures',
  StableDiffusionInstructPix2PixPipeline: 'a model for editing pictures',
  StableDiffusionXLInstructPix2PixPipeline: 'a model for editing pictures',
  StableDiffusionUpscalePipeline: 'a model for enlarging pictures',
  LatentConsistencyModelPipeline: 'it is guidance-distilled: a negative prompt has no effect on it',
};

const CONFIG_FILES = [
  'text_encoder/config.json',
  'unet/config.json',
  'vae/config.json',
  'scheduler/scheduler_config.json',
];

/**
 * Reads the index of the model in `root`, and checks that the files which it needs are there.
 * @param hasVocabulary whether the tokenizers' words come from elsewhere, so that the folder need not have them
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT (no model, or an incomplete one) or UNSUPPORTED_MODEL (another pipeline)
 */
export async function readModelIndex(root: string, hasVocabulary = false): Promise<ModelIndex> {
  const names = await listFolder(root);
  if (!names.includes('model_index.json')) throw notAModel(root, ['model_index.json'], names);
  const path = join(root, 'model_index.json');
  const json = requireObject(await readJson(path, MAX_CONFIG_BYTES), path);
  const className = requireAccepted(json._class_name, root);
  if (json.requires_aesthetics_score === true) throw refused(root, className, REFUSED[REFINER]);
  const isXl = className === 'StableDiffusionXLPipeline';
  const missing = missingFiles(root, isXl, hasVocabulary);
  if (missing.length > 0) throw notAModel(root, missing, names);
  // True is diffusers' default for SDXL; the others know no such thing.
  return { className, forceZerosForEmptyPrompt: isXl && json.force_zeros_for_empty_prompt !== false };
}

const REFINER = 'StableDiffusionXLImg2ImgPipeline';

function requireAccepted(className: unknown, root: string): PipelineClass {
  if (isPipelineClass(className)) return className;
  throw refused(root, className, typeof className === 'string' ? REFUSED[className] : undefined);
}

function refused(dir: string, className: unknown, what: string | undefined): DpoError {
  const reason = what === undefined ? '' : ` (${what})`;
  const found = className === undefined ? 'a pipeline without a class name' : `a ${shortJson(className)}`;
  const message = `${dir} is ${found}${reason}, which is not supported; accepted: ${ACCEPTED}.`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { dir, className } });
}

function missingFiles(root: string, isXl: boolean, hasVocabulary: boolean): string[] {
  const configs = [...CONFIG_FILES, ...(isXl ? ['text_encoder_2/config.json'] : [])];
  const missing = configs.filter((file) => !existsSync(join(root, file)));
  for (const folder of hasVocabulary ? [] : ['tokenizer', ...(isXl ? ['tokenizer_2'] : [])]) {
    if (!hasTokenizer(join(root, folder))) missing.push(`${folder}/vocab.json and merges.txt`);
  }
  return missing;
}

function notAModel(root: string, missing: readonly string[], names: readonly string[]): DpoError {
  const single = names.find((name) => /\.(safetensors|ckpt)$/.test(name));
  const hint =
    single === undefined ? '' : ` (${single} may be a whole model in one file: give the file itself)`;
  const message = `${root} is not a complete model in the diffusers layout: it lacks ${missing.join(', ')}${hint}.`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir: root, missing } });
}

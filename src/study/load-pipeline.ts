/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClipFolder } from '../checkpoint/clip-folder.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { type LoraSpec, withLoras } from '../checkpoint/lora/apply-loras.ts';
import type { PredictionType } from '../checkpoint/scheduler-config.ts';
import { openSingleFile } from '../checkpoint/single-file/open-single-file.ts';
import { Pipeline } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { Device, MemoryMode } from '../runtime/executor.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';

export interface LoadPipelineOptions extends OpenModelOptions {
  /** A folder in the diffusers layout, or a whole model in one .safetensors file. @default the embedded pocket model */
  readonly model?: string;
  /** A CLIP folder in the Hugging Face layout. @default `scorer/` inside the model's folder */
  readonly scorer?: string;
  /** @default 'auto' */
  readonly device?: Device;
  /** @default 'auto' */
  readonly memory?: MemoryMode;
  /** Threads of each operation; small models gain little from more than one. @default the machine's cores */
  readonly threads?: number;
}

/** How a model is opened, besides where it lies. */
export interface OpenModelOptions {
  /** For a model in one file: a folder in the diffusers layout with its configuration. @default the family's published one */
  readonly pipelineConfig?: string;
  /** What the UNet predicts. @default what the model says */
  readonly predictionType?: PredictionType;
  /** Which precision of a folder that holds several. @default full precision first */
  readonly variant?: string;
  /** Merged into the weights, which takes minutes for a large model the first time. @default none */
  readonly loras?: readonly LoraSpec[];
  /** Where weights merged with LoRAs are kept. @default the user's cache folder, `dpo-diff/merged` */
  readonly cacheDir?: string;
  /** Called before each weight that is merged with a LoRA; never when all are found in the cache. */
  readonly onMerge?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** The folder of the embedded model, beside the program's own code. */
export const EMBEDDED_MODEL = fileURLToPath(new URL('../../pocket/model', import.meta.url));

export const EMBEDDED_MODEL_NAME = 'pocket';

/**
 * Loads a text-to-image pipeline; weights are read when they are first used.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, UNSUPPORTED_MODEL or DEVICE_UNAVAILABLE, each saying what to do
 */
export async function loadPipeline(options: LoadPipelineOptions = {}): Promise<Pipeline> {
  const executor = createOrtExecutor({
    device: options.device ?? 'auto',
    memory: options.memory ?? 'auto',
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const model = await openModel(options.model, options);
  const scorerDir = options.scorer ?? ownScorer(options.pipelineConfig ?? model.dir);
  const scorer = await openClipFolder(scorerDir, model.tokenizer);
  return new Pipeline(model, scorer, executor);
}

/**
 * Opens a model, without a scorer. The embedded one goes by its own name, not by that of its folder.
 * @param path a folder in the diffusers layout, or a whole model in one file; undefined is the embedded model
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, UNSUPPORTED_MODEL or INVALID_OPTION
 */
export async function openModel(
  path: string = EMBEDDED_MODEL,
  options: OpenModelOptions = {},
): Promise<DiffusersFolder> {
  const { predictionType, loras = [], onMerge, cacheDir } = options;
  const model = await withLoras(await openFolderOrFile(path, options), loras, { onMerge, cacheDir });
  return predictionType === undefined
    ? model
    : { ...model, scheduler: { ...model.scheduler, predictionType } };
}

async function openFolderOrFile(path: string, options: OpenModelOptions): Promise<DiffusersFolder> {
  const { pipelineConfig, variant } = options;
  if (await isFile(path)) return openSingleFile(path, options);
  if (pipelineConfig !== undefined) {
    const message = `--pipeline-config (in code: \`pipelineConfig\`) is for a model in one file; the folder ${path} has a configuration of its own.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'pipelineConfig' } });
  }
  const model = await openDiffusersFolder(path, variant === undefined ? {} : { variant });
  return isEmbeddedModel(model.dir) ? { ...model, name: EMBEDDED_MODEL_NAME } : model;
}

/** What is not there at all is opened as a folder, which says so. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Whether the folder `dir` is that of the embedded model. */
export function isEmbeddedModel(dir: string): boolean {
  return resolve(dir) === resolve(EMBEDDED_MODEL);
}

function ownScorer(dir: string): string {
  const scorer = join(dir, 'scorer');
  if (existsSync(scorer)) return scorer;
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `${dir} has no folder "scorer"; give a CLIP model with --scorer DIR (in code: the option \`scorer\`), for example a folder of openai/clip-vit-base-patch32.`,
    { details: { dir, option: 'scorer' } },
  );
}

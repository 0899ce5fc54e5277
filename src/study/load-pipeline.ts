/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DiffusersFolder,
  type NamedModel,
  openDiffusersFolder,
} from '../checkpoint/diffusers-folder.ts';
import { type LoraSpec, withLoras } from '../checkpoint/lora/apply-loras.ts';
import { readLora } from '../checkpoint/lora/read-lora.ts';
import type { PredictionType } from '../checkpoint/scheduler-config.ts';
import { openSingleFile } from '../checkpoint/single-file/open-single-file.ts';
import type { WeightVariant } from '../checkpoint/weights-file.ts';
import { Pipeline } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { Device, MemoryMode, Precision } from '../runtime/executor.ts';
import { openExecutor } from '../runtime/onnxruntime/open-executor.ts';
import { isFile } from './is-file.ts';
import { type DownloadOptions, locateModel } from './locate-model.ts';
import { namedScorerPaths, openScorers, type ScorerOptions } from './open-scorers.ts';

export interface LoadPipelineOptions extends OpenModelOptions, ScorerOptions, DownloadOptions {
  /**
   * A folder in the diffusers layout, a whole model in one .safetensors file, or a name on the hub: `org/name`, `org/name@revision`.
   * @default the embedded pocket model
   */
  readonly model?: string;
  /** `auto` is the best one that works here; a device that is named is used or refused. @default 'auto' */
  readonly device?: Device;
  /** What the UNet computes in; `auto` is float16 on GPUs, else float32. @default 'auto' */
  readonly precision?: Precision | 'auto';
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
  readonly variant?: WeightVariant;
  /**
   * Merged into the weights, which takes minutes for a large model the first time: files, or names on the hub (`org/name/file`, or
   * `org/name` where the file is called as diffusers does). @default none
   */
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
 * Loads a text-to-image pipeline, from the hub where it is not on disk; weights are read when they are first used.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, UNSUPPORTED_MODEL or DEVICE_UNAVAILABLE, and from the hub HUB, NETWORK or
 * DOWNLOAD_FAILED, each saying what to do; the signal's reason
 */
export async function loadPipeline(options: LoadPipelineOptions = {}): Promise<Pipeline> {
  const executor = await openExecutor({
    device: options.device ?? 'auto',
    precision: options.precision ?? 'auto',
    memory: options.memory ?? 'auto',
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const { variant, onDownload, signal } = options;
  const download = { variant, onDownload, signal };
  const ownScorer = options.scorer === undefined;
  // The model comes last: it is by far the largest, and the others may be misspelt.
  const loras = await Promise.all(
    (options.loras ?? []).map(async (lora) => ({
      ...lora,
      path: await locateModel(lora.path, { ...download, role: 'lora' }),
    })),
  );
  await Promise.all(loras.map((lora) => readLora(lora.path)));
  const scorerPaths = new Map<string, string>();
  for (const name of namedScorerPaths(options)) {
    scorerPaths.set(name, await locateModel(name, { ...download, role: 'scorer' }));
  }
  const path = options.model && (await locateModel(options.model, { ...download, role: 'model', ownScorer }));
  const model = await openModel(path, { ...options, loras });
  const scorers = await openScorers(options, {
    own: () => ownScorerOf(options.pipelineConfig ?? model.dir),
    tokenizer: model.tokenizer,
    locate: (name) => scorerPaths.get(name) ?? name,
  });
  const named = namedModel(options);
  return new Pipeline({ ...model, ...(named && { named }) }, scorers, executor);
}

/** Undefined for the embedded model as it is. */
function namedModel(options: LoadPipelineOptions): NamedModel | undefined {
  const { model, pipelineConfig, predictionType, variant, loras } = options;
  const named = {
    ...(model !== undefined && { source: model }),
    ...(pipelineConfig !== undefined && { pipelineConfig }),
    ...(predictionType !== undefined && { predictionType }),
    ...(variant !== undefined && { variant }),
    ...(loras?.length && { loras: loras.map(({ path, scale }) => ({ source: path, scale })) }),
  };
  return Object.keys(named).length === 0 ? undefined : named;
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
  // What is not there at all is opened as a folder, which says so.
  if (await isFile(path)) return openSingleFile(path, options);
  if (pipelineConfig !== undefined) {
    const message = `--pipeline-config (in code: \`pipelineConfig\`) is for a model in one file; the folder ${path} has a configuration of its own.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'pipelineConfig' } });
  }
  const model = await openDiffusersFolder(path, variant === undefined ? {} : { variant });
  return isEmbeddedModel(model.dir) ? { ...model, name: EMBEDDED_MODEL_NAME } : model;
}

/** Whether the folder `dir` is that of the embedded model. */
export function isEmbeddedModel(dir: string): boolean {
  return resolve(dir) === resolve(EMBEDDED_MODEL);
}

function ownScorerOf(dir: string): string {
  const scorer = join(dir, 'scorer');
  if (existsSync(scorer)) return scorer;
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `${dir} has no folder "scorer"; give a CLIP model with --scorer DIR (in code: the option \`scorer\`), or by its name on the hub, such as openai/clip-vit-large-patch14.`,
    { details: { dir, option: 'scorer' } },
  );
}

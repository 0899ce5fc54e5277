/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClipFolder } from '../checkpoint/clip-folder.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { Pipeline } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { Device, MemoryMode } from '../runtime/executor.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { type DownloadOptions, locateModel } from './locate-model.ts';

export interface LoadPipelineOptions extends DownloadOptions {
  /** A folder in the diffusers layout, or a name on the hub: `org/name`, `org/name@revision`. @default the embedded pocket model */
  readonly model?: string;
  /** A CLIP folder in the Hugging Face layout, or a name on the hub. @default `scorer/` inside the model's folder */
  readonly scorer?: string;
  /** Weights that are preferred where a model has several, such as `fp16`. @default full precision */
  readonly variant?: string;
  /** @default 'auto' */
  readonly device?: Device;
  /** @default 'auto' */
  readonly memory?: MemoryMode;
  /** Threads of each operation; small models gain little from more than one. @default the machine's cores */
  readonly threads?: number;
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
  const executor = createOrtExecutor({
    device: options.device ?? 'auto',
    memory: options.memory ?? 'auto',
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const { variant, scorer: scorerName, onDownload, signal } = options;
  const download = { variant, onDownload, signal };
  const dir =
    options.model &&
    (await locateModel(options.model, { ...download, role: 'model', ownScorer: scorerName === undefined }));
  const scorerDir = scorerName && (await locateModel(scorerName, { ...download, role: 'scorer' }));
  const model = await openModel(dir, variant);
  const scorer = await openClipFolder(scorerDir ?? ownScorer(model.dir), model.tokenizer);
  return new Pipeline(model, scorer, executor);
}

/**
 * Opens the model in `dir`, without a scorer. The embedded one goes by its own name, not by that of its folder.
 * @param dir a folder in the diffusers layout; undefined is the embedded model
 * @param variant of the weights, preferred where there is one
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openModel(dir?: string, variant?: string): Promise<DiffusersFolder> {
  const model = await openDiffusersFolder(dir ?? EMBEDDED_MODEL, variant);
  return isEmbeddedModel(model.dir) ? { ...model, name: EMBEDDED_MODEL_NAME } : model;
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
    `${dir} has no folder "scorer"; give a CLIP model with --scorer DIR (in code: the option \`scorer\`), or by its name on the hub, such as openai/clip-vit-large-patch14.`,
    { details: { dir, option: 'scorer' } },
  );
}

/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClipFolder } from '../checkpoint/clip-folder.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { Pipeline } from '../diffusion/pipeline.ts';
import type { Device, MemoryMode } from '../runtime/executor.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';

export interface LoadPipelineOptions {
  /** A folder in the diffusers layout. @default the embedded pocket model */
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
  const model = await openModel(options.model);
  const scorer = await openClipFolder(options.scorer ?? join(model.dir, 'scorer'), model.tokenizer);
  return new Pipeline(model, scorer, executor);
}

/** The embedded model goes by its own name, not by that of its folder. */
async function openModel(dir: string | undefined): Promise<DiffusersFolder> {
  const model = await openDiffusersFolder(dir ?? EMBEDDED_MODEL);
  return model.dir === resolve(EMBEDDED_MODEL) ? { ...model, name: EMBEDDED_MODEL_NAME } : model;
}

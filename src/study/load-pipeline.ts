/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClipFolder } from '../checkpoint/clip-folder.ts';
import { openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
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
}

/** The folder of the embedded model, beside the program's own code. */
export const EMBEDDED_MODEL = fileURLToPath(new URL('../../pocket/model', import.meta.url));

/**
 * Loads a text-to-image pipeline; weights are read when they are first used.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, UNSUPPORTED_MODEL or DEVICE_UNAVAILABLE, each saying what to do
 */
export async function loadPipeline(options: LoadPipelineOptions = {}): Promise<Pipeline> {
  const executor = createOrtExecutor({ device: options.device ?? 'auto', memory: options.memory ?? 'auto' });
  const model = await openDiffusersFolder(options.model ?? EMBEDDED_MODEL);
  const scorer = await openClipFolder(options.scorer ?? join(model.dir, 'scorer'), model.tokenizer);
  return new Pipeline(model, scorer, executor);
}

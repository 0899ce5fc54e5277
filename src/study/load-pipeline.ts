/** @file Opens a checkpoint and its scorer and makes them ready to run. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DiffusersFolder, openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { Pipeline } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { Device, MemoryMode, Precision } from '../runtime/executor.ts';
import { openExecutor } from '../runtime/onnxruntime/open-executor.ts';
import { openScorers, type ScorerOptions } from './open-scorers.ts';

export interface LoadPipelineOptions extends ScorerOptions {
  /** A folder in the diffusers layout. @default the embedded pocket model */
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

/** The folder of the embedded model, beside the program's own code. */
export const EMBEDDED_MODEL = fileURLToPath(new URL('../../pocket/model', import.meta.url));

export const EMBEDDED_MODEL_NAME = 'pocket';

/**
 * Loads a text-to-image pipeline; weights are read when they are first used.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, UNSUPPORTED_MODEL or DEVICE_UNAVAILABLE, each saying what to do
 */
export async function loadPipeline(options: LoadPipelineOptions = {}): Promise<Pipeline> {
  const executor = await openExecutor({
    device: options.device ?? 'auto',
    precision: options.precision ?? 'auto',
    memory: options.memory ?? 'auto',
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const model = await openModel(options.model);
  const scorers = await openScorers(options, () => ownScorer(model.dir), model.tokenizer);
  return new Pipeline(model, scorers, executor);
}

/**
 * Opens the model in `dir`, without a scorer. The embedded one goes by its own name, not by that of its folder.
 * @param dir a folder in the diffusers layout; undefined is the embedded model
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openModel(dir?: string): Promise<DiffusersFolder> {
  const model = await openDiffusersFolder(dir ?? EMBEDDED_MODEL);
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
    `${dir} has no folder "scorer"; give a CLIP model with --scorer DIR (in code: the option \`scorer\`), for example a folder of openai/clip-vit-base-patch32.`,
    { details: { dir, option: 'scorer' } },
  );
}

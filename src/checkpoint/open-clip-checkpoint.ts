/** @file A CLIP model under OpenCLIP's names: one `.safetensors` file, or a folder that holds it. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import type { ClipTowers } from './clip-folder.ts';
import { readConfig } from './diffusers-folder.ts';
import { modelName } from './model-name.ts';
import { parseOpenClipConfig } from './open-clip-config.ts';
import { openClipWeights } from './open-clip-keys.ts';
import { clipConfigOf } from './open-clip-shapes.ts';
import { clipPreprocessor } from './preprocessor-config.ts';
import { openWeights } from './weight-source.ts';
import { listFolder, openComponentWeights } from './weights-file.ts';

const CONFIG_FILE = 'open_clip_config.json';
/** What OpenCLIP's weights are called in a folder, safetensors or not. */
export const OPEN_CLIP_STEMS = ['open_clip_model', 'open_clip_pytorch_model'] as const;
/** Every OpenCLIP vision transformer has it. */
const LANDMARK = 'visual.class_embedding';
const RESNET = 'visual.layer1.0.conv1.weight';
/** Modules of CLIP's relatives; their presence would go unnoticed, because nothing asks for them. */
const FOREIGN = /(^|\.)(visual\.attn_pool|.*\.ls_[12]\.gamma|text_decoder|visual\.trunk)(\.|$)/;

/** Whether the names in a folder are those of an OpenCLIP model. */
export function holdsOpenClip(names: readonly string[]): boolean {
  return names.some((name) => OPEN_CLIP_STEMS.some((stem) => name.startsWith(`${stem}.safetensors`)));
}

/** @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL */
export async function openOpenClipFolder(dir: string): Promise<ClipTowers> {
  const names = await listFolder(dir);
  const stem =
    OPEN_CLIP_STEMS.find((name) => holdsOpenClip(names.filter((file) => file.startsWith(name)))) ??
    OPEN_CLIP_STEMS[0];
  const weights = await openComponentWeights(dir, stem);
  return openModel({ path: dir, folder: dir, name: modelName(dir), weights });
}

/**
 * Opens one file; `open_clip_config.json` and a tokenizer are taken from its folder where they are there.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openOpenClipFile(path: string): Promise<ClipTowers> {
  const name = basename(path).replace(/\.safetensors$/, '');
  return openModel({ path, folder: dirname(path), name, weights: await openWeights(path) });
}

interface Opened {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  readonly weights: WeightSource;
}

async function openModel({ path, folder, name, weights }: Opened): Promise<ClipTowers> {
  const prefix = prefixOf(weights);
  const file = join(folder, CONFIG_FILE);
  const said = existsSync(file) ? await readConfig(file, parseOpenClipConfig) : undefined;
  const config = clipConfigOf(weights, prefix, said);
  return {
    dir: path,
    name,
    config,
    weights: openClipWeights(weights, prefix),
    preprocessor: { ...clipPreprocessor(config.vision.imageSize), ...said?.preprocess },
    tokenizerDir: folder,
  };
}

/** Whether the tensors of a file are those of an OpenCLIP model, and not of a pipeline that has such a part. */
export function isOpenClip(weights: WeightSource): boolean {
  const keys = [...weights.keys()];
  return landmarkOf(keys) !== undefined && !keys.some((key) => key.startsWith('model.diffusion_model.'));
}

function landmarkOf(keys: readonly string[]): string | undefined {
  return keys.find((key) => key === LANDMARK || key.endsWith(`.${LANDMARK}`));
}

/** What stands before OpenCLIP's names: nothing, or the module that a trainer wrapped the model in. */
function prefixOf(weights: WeightSource): string {
  const keys = [...weights.keys()];
  const foreign = keys.find((key) => FOREIGN.test(key));
  if (foreign !== undefined) {
    throw refused(weights, `it holds "${foreign}", which belongs to a relative of CLIP`);
  }
  const landmark = landmarkOf(keys);
  if (landmark !== undefined) return landmark.slice(0, -LANDMARK.length);
  if (keys.some((key) => key.endsWith(RESNET))) throw refused(weights, 'its vision tower is a ResNet');
  if (keys.some((key) => key.includes('vision_model.'))) {
    throw refused(weights, "its tensors have Hugging Face's names; give the folder, with its config.json");
  }
  throw refused(weights, `it has no tensor "${LANDMARK}"`);
}

function refused({ name }: WeightSource, reason: string): DpoError {
  const message = `${name} is not a CLIP model with a vision transformer under OpenCLIP's names: ${reason}.`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { file: name } });
}

/** @file A CLIP model wherever it lies: a folder in Hugging Face's layout, a folder of OpenCLIP's, or one file. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DpoError } from '../errors.ts';
import { type ClipFolder, type ClipTowers, openClipTowers, withTokenizer } from './clip-folder.ts';
import type { ClipTokenizer } from './clip-tokenizer.ts';
import { requireObject } from './config-schema.ts';
import { holdsOpenClip, openOpenClipFile, openOpenClipFolder } from './open-clip-checkpoint.ts';
import { fileAccessError, readJson } from './read-json.ts';
import { listFolder } from './weights-file.ts';

const PICKLED = /\.(bin|ckpt|pt|pth|pkl)$/;

/**
 * Opens the CLIP model at `path`. Where a folder holds both layouts, as laion's do, Hugging Face's is taken.
 * @param fallback the tokenizer of a model without one; it must be of the same vocabulary
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openClipModel(path: string, fallback?: ClipTokenizer): Promise<ClipFolder> {
  return withTokenizer(await openClipModelTowers(path), fallback);
}

/** The same without a tokenizer. */
export async function openClipModelTowers(path: string): Promise<ClipTowers> {
  const place = resolve(path);
  if (await isFile(place)) return openFile(place);
  const names = await listFolder(place);
  if (holdsOpenClip(names) && !(await holdsHuggingFaceClip(place, names))) return openOpenClipFolder(place);
  if (!names.includes('config.json')) throw notAModel(place, names);
  return openClipTowers(place);
}

/** timm's repositories of OpenCLIP models hold a `config.json` and a `model.safetensors` too, of the vision tower alone. */
async function holdsHuggingFaceClip(dir: string, names: readonly string[]): Promise<boolean> {
  if (!names.includes('config.json') || !names.some((name) => /^model\..*safetensors/.test(name)))
    return false;
  const path = join(dir, 'config.json');
  return requireObject(await readJson(path), path).model_type === 'clip';
}

function notAModel(dir: string, names: readonly string[]): DpoError {
  const [pickle] = names.filter((name) => PICKLED.test(name));
  if (pickle !== undefined) return pickled(join(dir, pickle));
  const [file] = names.filter((name) => name.endsWith('.safetensors'));
  const hint = file === undefined ? '' : ` If it is ${file}, give the path of that file.`;
  const message = `${dir} is not a CLIP model: expected config.json and model.safetensors (Hugging Face), or open_clip_model.safetensors (OpenCLIP).${hint}`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}

async function openFile(path: string): Promise<ClipTowers> {
  if (PICKLED.test(path)) throw pickled(path);
  if (path.endsWith('.safetensors')) return openOpenClipFile(path);
  const message = `${path} is no model: expected a folder with a CLIP model, or a .safetensors file.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { path } });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
}

/** HPSv2 is published so. */
function pickled(path: string): DpoError {
  const target = path.replace(PICKLED, '.safetensors');
  const code = [
    'import torch, safetensors.torch as s',
    `d = torch.load(${JSON.stringify(path)}, map_location="cpu", weights_only=True)`,
    `s.save_file({k: v.clone() for k, v in d.get("state_dict", d).items() if hasattr(v, "clone")}, ${JSON.stringify(target)})`,
  ].join('; ');
  const message = `${path} is a pickled file, which can run code when it is read, so it never is. Convert it once, in Python with torch and safetensors: python -c '${code}'`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { path } });
}

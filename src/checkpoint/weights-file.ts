/** @file Which file of a component's folder holds its weights. Pickled files run code when read, so they never are. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { fileAccessError } from './read-json.ts';
import { openWeights } from './weight-source.ts';

/**
 * Names that the weights called `stem` may have, in order of preference: those of the variant that was asked for, full precision before
 * half, one file before shards.
 * @param variant such as `fp16`
 */
export function weightFileNames(stem: string, variant?: string): readonly string[] {
  const variants = [...(variant === undefined ? [] : [variant]), undefined, 'fp16'];
  return [...new Set(variants)].flatMap((name) => [
    name === undefined ? `${stem}.safetensors` : `${stem}.${name}.safetensors`,
    name === undefined ? `${stem}.safetensors.index.json` : `${stem}.safetensors.index.${name}.json`,
  ]);
}

/** Files that run code when they are read. */
export const PICKLED = /\.(bin|ckpt|pt|pth|pkl|msgpack)$/;

/**
 * Opens the weights in `dir`, in files that are called `stem` (`model`, `diffusion_pytorch_model`).
 * @param variant preferred where there is one, such as `fp16`
 * @throws {DpoError} UNSUPPORTED_MODEL when there are pickled weights only, INVALID_CHECKPOINT when there are none
 */
export async function openComponentWeights(
  dir: string,
  stem: string,
  variant?: string,
): Promise<WeightSource> {
  const names = await listFolder(dir);
  const expected = weightFileNames(stem, variant);
  const file = expected.find((name) => names.includes(name));
  if (file !== undefined) return openWeights(join(dir, file));
  const pickled = names.find((name) => PICKLED.test(name));
  if (pickled !== undefined) {
    const message = `${dir} holds pickled weights only (${pickled}), which can run code when they are read; accepted: ${stem}.safetensors. Convert the model, or download its safetensors files.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { dir, found: pickled } });
  }
  const found = names.length === 0 ? 'it is empty' : `it holds ${names.slice(0, 8).join(', ')}`;
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `${dir} holds no weights: expected ${stem}.safetensors, ${found}.`,
    {
      details: { dir, expected },
    },
  );
}

/** Names in the folder `dir`. @throws {DpoError} FILE_ACCESS */
export async function listFolder(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).sort();
  } catch (cause) {
    throw fileAccessError(dir, cause);
  }
}

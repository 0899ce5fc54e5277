/** @file Which file of a component's folder holds its weights. Pickled files run code when read, so they never are. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { fileAccessError } from './read-json.ts';
import { openWeights } from './weight-source.ts';

/** Which precision of a folder that holds several: the part of the files' names that says so. */
export type WeightVariant = 'fp16' | 'bf16';

/**
 * Names that the weights called `stem` may have, in order of preference: those of the variant that was asked for, full precision before
 * half, one file before shards.
 */
export function weightFileNames(stem: string, variant?: WeightVariant): readonly string[] {
  const plain = ['.safetensors', '.safetensors.index.json'];
  const preferred = variant === undefined ? [] : variantSuffixes(variant);
  const suffixes = [...preferred, ...plain, ...variantSuffixes('fp16'), ...variantSuffixes('bf16')];
  return [...new Set(suffixes)].map((suffix) => stem + suffix);
}

/** Files that run code when they are read. */
export const PICKLED = /\.(bin|ckpt|pt|pth|pkl|msgpack)$/;

/** The index has its variant in one of two places, by the age of the library that wrote it. */
function variantSuffixes(variant: WeightVariant): readonly string[] {
  return [
    `.${variant}.safetensors`,
    `.safetensors.index.${variant}.json`,
    `.${variant}.safetensors.index.json`,
  ];
}

/**
 * Opens the weights in `dir`, in files that are called `stem` (`model`, `diffusion_pytorch_model`).
 * @param variant is taken where the folder has it; else what it has. @default full precision first
 * @throws {DpoError} UNSUPPORTED_MODEL when there are pickled weights only, INVALID_CHECKPOINT when there are none
 */
export async function openComponentWeights(
  dir: string,
  stem: string,
  variant?: WeightVariant,
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

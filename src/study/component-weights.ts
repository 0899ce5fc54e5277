/** @file What weight files a folder holds, counted from their headers. Also for models that cannot be run. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileAccessError } from '../checkpoint/read-json.ts';
import { openSafetensors } from '../checkpoint/safetensors.ts';
import { DpoError } from '../errors.ts';
import { sizeOf } from '../tensor/tensor.ts';

/** Weights of one component. */
export interface ComponentWeights {
  /** The files that count; other precisions of the same weights are left out. */
  readonly files: readonly string[];
  /** Floating-point numbers in the tensors; null where the files cannot be read without running code. */
  readonly parameters: number | null;
  /** How the parameters are stored, such as `F16`, with how many of each; the commonest first. */
  readonly dtypes: Readonly<Record<string, number>>;
  /** Of the files, headers included. */
  readonly bytes: number;
  /** What is wrong with the files; null when nothing is. */
  readonly problem: string | null;
}

const VARIANT = /\.(fp16|bf16|fp32|non_ema|ema)[.-]/;
const PICKLED = /\.(bin|ckpt|pt|pth)$/;
const FLOATING = /^(BF|F)\d/;

/**
 * The weights directly in `dir`; undefined where it has none (a tokenizer, a scheduler).
 * @throws {DpoError} FILE_ACCESS when the folder cannot be listed
 */
export async function readComponentWeights(dir: string): Promise<ComponentWeights | undefined> {
  const names = await listFiles(dir);
  const safe = names.filter((name) => name.endsWith('.safetensors'));
  if (safe.length > 0) return countParameters(dir, withoutVariants(safe));
  const pickled = withoutVariants(names.filter((name) => PICKLED.test(name)));
  if (pickled.length === 0) return undefined;
  return {
    files: pickled,
    parameters: null,
    dtypes: {},
    bytes: await totalBytes(dir, pickled),
    problem: `its weights are pickled (${pickled[0]}), which can run code when read; only .safetensors files are opened`,
  };
}

/** The weights in one file. */
export function readFileWeights(path: string): Promise<ComponentWeights> {
  return countParameters(dirname(path), [basename(path)]);
}

/** A folder may hold the same weights in several precisions; the plain name is the one that is used. */
function withoutVariants(names: readonly string[]): readonly string[] {
  const plain = names.filter((name) => !VARIANT.test(name));
  return plain.length > 0 ? plain : names;
}

async function countParameters(dir: string, files: readonly string[]): Promise<ComponentWeights> {
  const counts = new Map<string, number>();
  let problem: string | null = null;
  for (const name of files) {
    try {
      const { entries } = await openSafetensors(join(dir, name));
      for (const { dtype, shape } of entries.values()) {
        if (FLOATING.test(dtype)) counts.set(dtype, (counts.get(dtype) ?? 0) + sizeOf(shape));
      }
    } catch (error) {
      if (!(error instanceof DpoError)) throw error;
      problem ??= error.message;
    }
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const parameters = sorted.reduce((sum, [, count]) => sum + count, 0);
  const dtypes = Object.fromEntries(sorted);
  return { files, parameters, dtypes, bytes: await totalBytes(dir, files), problem };
}

async function totalBytes(dir: string, names: readonly string[]): Promise<number> {
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Names of the files in `dir`, links among them. */
async function listFiles(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    throw fileAccessError(dir, cause);
  }
}

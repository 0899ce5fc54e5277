/** @file The weights of one model component as one collection, from a single file or from shards with an index. */
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { parseConfig } from './config-schema.ts';
import { recordOf } from './large-json.ts';
import { readJson } from './read-json.ts';
import { openSafetensors, type SafetensorsFile, storedTensor } from './safetensors.ts';
import { quoted } from './short-json.ts';

/** The list of a component's shards, `X.safetensors.index.json`: which file holds each tensor. */
export const shardListSchema = z.object({
  weight_map: recordOf((value) => typeof value === 'string', "a shard's file name"),
});

/**
 * Opens `X.safetensors`, or the shards that `X.safetensors.index.json` lists; only headers are read.
 * @throws {DpoError} INVALID_CHECKPOINT when a header or the index is not sound, FILE_ACCESS when a file is missing
 */
export async function openWeights(path: string): Promise<WeightSource> {
  return /\.index(\.\w+)?\.json$/.test(path) ? openShards(path) : fileWeights(await openSafetensors(path));
}

/** The weights of one file. Integer tensors are not among its keys: they are buffers, not weights. */
export function fileWeights(file: SafetensorsFile): WeightSource {
  return new IndexedWeights(file.path, new Map([...file.entries.keys()].map((key) => [key, file])));
}

class IndexedWeights implements WeightSource {
  readonly name: string;
  readonly #files: ReadonlyMap<string, SafetensorsFile>;

  constructor(name: string, files: ReadonlyMap<string, SafetensorsFile>) {
    this.name = name;
    this.#files = files;
  }

  find(key: string): StoredTensor | undefined {
    const file = this.#files.get(key);
    return file === undefined ? undefined : storedTensor(file, key);
  }

  *keys(): Iterable<string> {
    for (const [key, file] of this.#files) {
      if (/^B?F/.test(file.entries.get(key)!.dtype)) yield key;
    }
  }
}

async function openShards(indexPath: string): Promise<WeightSource> {
  const index = parseConfig(shardListSchema, await readJson(indexPath), indexPath);
  const folder = dirname(resolve(indexPath));
  const shards = new Map<string, SafetensorsFile>();
  const files = new Map<string, SafetensorsFile>();
  for (const [key, name] of Object.entries(index.weight_map)) {
    const shard = shards.get(name) ?? (await openSafetensors(shardPath(folder, name, indexPath)));
    shards.set(name, shard);
    if (!shard.entries.has(key)) {
      throw invalidIndex(indexPath, `it places ${quoted(key)} in ${quoted(name)}, which has no such tensor`);
    }
    files.set(key, shard);
  }
  return new IndexedWeights(indexPath, files);
}

// Judged by the path as written. What the path points to may lie elsewhere: a Hugging Face cache keeps its files in
// `blobs/` and links to them, and whoever can plant a link can plant the file.
function shardPath(folder: string, name: string, indexPath: string): string {
  const path = resolve(folder, name);
  const leaves =
    isAbsolute(name) || name.includes('\\') || name.includes('\0') || !path.startsWith(folder + sep);
  if (leaves) throw invalidIndex(indexPath, `its shard ${quoted(name)} lies outside of the folder`);
  if (!name.endsWith('.safetensors'))
    throw invalidIndex(indexPath, `its shard ${quoted(name)} is no .safetensors file`);
  return path;
}

function invalidIndex(path: string, what: string): DpoError {
  return new DpoError('INVALID_CHECKPOINT', `The index ${path} is not valid: ${what}.`, {
    details: { path },
  });
}

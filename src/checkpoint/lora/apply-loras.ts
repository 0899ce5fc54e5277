/**
 * @file A model with LoRAs merged into its weights. The merged weights are in a file of the cache, found before the model's
 * own; everything else of the model stays as it is, so that the rest of the program sees weights like any others.
 */
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { float32ToBfloat16, float32ToFloat16 } from '../../tensor/half-float.ts';
import type { StoredDType, StoredTensor, WeightSource } from '../../tensor/stored-tensor.ts';
import type { FloatTensor } from '../../tensor/tensor.ts';
import type { AppliedLora, DiffusersFolder, ModelComponent } from '../diffusers-folder.ts';
import { fileAccessError } from '../read-json.ts';
import { readFloatTensor, storedTensor } from '../safetensors.ts';
import type { SafetensorsDType } from '../safetensors-header.ts';
import { addProduct, type ThinProduct, transposedProduct } from './add-product.ts';
import type { LoraComponent } from './lora-key.ts';
import { type LoraTargets, type MatchedLayer, matchLora } from './match-lora.ts';
import { cachedTensors, mergedWeightsFolder } from './merged-cache.ts';
import { fileHash, readLora } from './read-lora.ts';

/** A LoRA as the user gives it. */
export interface LoraSpec {
  readonly path: string;
  /** How much of it: 1 is as it was trained, 0 nothing, negative the contrary. */
  readonly scale: number;
}

export interface ApplyLorasOptions {
  /** Where merged weights are kept. @default the user's cache folder, `dpo-diff/merged` */
  readonly cacheDir?: string | undefined;
  /** Called before each weight that is merged; never when all are found in the cache. */
  readonly onMerge?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** One weight and what is added to it. */
interface MergeJob {
  readonly component: LoraComponent;
  readonly weight: string;
  readonly stored: StoredTensor;
  readonly parts: { readonly match: MatchedLayer; readonly scale: number }[];
}

// Increased when the same input would give other bytes.
const FORMAT = 1;

const NAMED = 8;

/**
 * `model` with `loras` merged, several by their sum.
 * Keys that match nothing in the model are in its `remarks`; a LoRA of which nothing matches is an error.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT (a damaged LoRA) or UNSUPPORTED_MODEL (another kind of adapter, another family)
 */
export async function withLoras(
  model: DiffusersFolder,
  loras: readonly LoraSpec[],
  options: ApplyLorasOptions = {},
): Promise<DiffusersFolder> {
  if (loras.length === 0) return model;
  const targets = targetsOf(model);
  const jobs = new Map<string, MergeJob>();
  const applied: AppliedLora[] = [];
  const remarks: string[] = [];
  for (const { path, scale } of loras) {
    const lora = await readLora(path);
    const { layers, unmatched } = matchLora(lora, targets, model.unet.config.layersPerBlock);
    for (const match of layers) addJob(jobs, match, scale);
    if (unmatched.length > 0) remarks.push(unmatchedRemark(path, unmatched, layers.length));
    applied.push({ name: lora.name, sha256: await fileHash(lora.path), scale });
  }
  const merged = await mergedSource([...jobs.values()], applied, options);
  return {
    ...model,
    ...layered(model, merged),
    loras: [...(model.loras ?? []), ...applied],
    remarks: [...(model.remarks ?? []), ...remarks],
  };
}

function targetsOf({ unet, textEncoder, textEncoder2 }: DiffusersFolder): LoraTargets {
  return new Map<LoraComponent, WeightSource>([
    ['unet', unet.weights],
    ['text_encoder', textEncoder.weights],
    ...(textEncoder2 ? [['text_encoder_2', textEncoder2.weights] as const] : []),
  ]);
}

function addJob(jobs: Map<string, MergeJob>, match: MatchedLayer, scale: number): void {
  const { weight, stored } = match;
  const { component } = match.layer;
  const name = mergedKey(component, weight);
  const job = jobs.get(name) ?? { component, weight, stored, parts: [] };
  job.parts.push({ match, scale });
  jobs.set(name, job);
}

function unmatchedRemark(path: string, unmatched: readonly string[], matched: number): string {
  const named = unmatched.slice(0, NAMED).join(', ');
  const rest = unmatched.length > NAMED ? ` and ${unmatched.length - NAMED} more` : '';
  return `${path}: ${matched} layers were merged, but ${unmatched.length} match nothing in this model and have no effect: ${named}${rest}.`;
}

/** The merged weights under the names of `mergedKey`. */
async function mergedSource(
  jobs: readonly MergeJob[],
  applied: readonly AppliedLora[],
  { cacheDir, onMerge }: ApplyLorasOptions,
): Promise<(key: string) => StoredTensor | undefined> {
  const byKey = new Map(jobs.map((job) => [mergedKey(job.component, job.weight), job] as const));
  const tensors = [...byKey].map(([key, { stored }]) => {
    return { key, dtype: DTYPES[stored.dtype], shape: stored.shape };
  });
  let done = 0;
  const file = await cachedTensors({
    dir: cacheDir ?? mergedWeightsFolder(process.env, process.platform),
    key: await contentKey(jobs, applied),
    tensors,
    dataOf: async ({ key }) => {
      onMerge?.({ done: done++, total: tensors.length });
      return mergedBytes(byKey.get(key)!);
    },
  });
  return (key) => storedTensor(file, key);
}

const DTYPES: Readonly<Record<StoredDType, SafetensorsDType>> = {
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
};

async function mergedBytes({ stored, parts }: MergeJob): Promise<Uint8Array> {
  const { data } = await readFloatTensor(stored);
  for (const { match, scale } of parts) {
    const { down, up, rank, factor } = match.layer;
    const product: ThinProduct = {
      left: (await readFloatTensor(up)).data,
      right: (await readFloatTensor(down)).data,
      rank,
    };
    addProduct(data, match.isTurned ? transposedProduct(product) : product, scale * factor);
  }
  const values = asStored(data, stored.dtype);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function asStored(data: FloatTensor['data'], dtype: StoredDType): Float32Array | Uint16Array {
  switch (dtype) {
    case 'float32':
      return data;
    case 'float16':
      return float32ToFloat16(data);
    case 'bfloat16':
      return float32ToBfloat16(data);
  }
}

/** What the merged bytes depend on. A weight file is known by its path, size, time and header, since reading all of it takes long. */
async function contentKey(jobs: readonly MergeJob[], applied: readonly AppliedLora[]): Promise<string> {
  const paths = [...new Set(jobs.map(({ stored }) => stored.path))].sort();
  const files = await Promise.all(paths.map(fileIdentity));
  const weights = jobs.map(({ component, weight, stored: { offset, dtype, shape } }) => {
    return [component, weight, offset, dtype, shape];
  });
  const loras = applied.map(({ sha256, scale }) => [sha256, scale]);
  return createHash('sha256')
    .update(JSON.stringify({ format: FORMAT, files, weights, loras }))
    .digest('hex');
}

async function fileIdentity(path: string): Promise<readonly unknown[]> {
  try {
    const { size, mtimeMs } = await stat(path);
    return [path, size, mtimeMs, await headerHash(path)];
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
}

async function headerHash(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer: length } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const header = Buffer.alloc(Number(length.readBigUInt64LE()));
    await file.read(header, 0, header.length, 8);
    return createHash('sha256').update(header).digest('hex');
  } finally {
    await file.close();
  }
}

function mergedKey(component: LoraComponent, weight: string): string {
  return `${component}.${weight}`;
}

type Components = Pick<DiffusersFolder, 'unet' | 'textEncoder' | 'textEncoder2'>;

function layered(
  { unet, textEncoder, textEncoder2 }: Components,
  merged: (key: string) => StoredTensor | undefined,
): Components {
  return {
    unet: withMerged(unet, 'unet', merged),
    textEncoder: withMerged(textEncoder, 'text_encoder', merged),
    ...(textEncoder2 && { textEncoder2: withMerged(textEncoder2, 'text_encoder_2', merged) }),
  };
}

function withMerged<T>(
  { config, weights }: ModelComponent<T>,
  component: LoraComponent,
  merged: (key: string) => StoredTensor | undefined,
): ModelComponent<T> {
  const find = (key: string) => merged(mergedKey(component, key)) ?? weights.find(key);
  return { config, weights: { name: weights.name, find, keys: () => weights.keys() } };
}

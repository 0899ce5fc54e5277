/** @file A LoRA file: its layers with their addresses, ranks and alphas. Reads the header and the alphas. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import type { StoredTensor } from '../../tensor/stored-tensor.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import { parseConfig } from '../config-schema.ts';
import { fileAccessError } from '../read-json.ts';
import { openSafetensors, readFloatTensor, type SafetensorsFile, storedTensor } from '../safetensors.ts';
import { checkFileFormat } from '../single-file/check-file-format.ts';
import { type LoraComponent, type LoraKey, parseLoraKey, unsupportedKind } from './lora-key.ts';

/** What is added to one layer: `alpha / rank * up @ down`. */
export interface LoraLayer {
  readonly component: LoraComponent;
  /** As the file calls the layer. */
  readonly module: string;
  /** `[rank, in]`, for a convolution `[rank, in, k, k]`. */
  readonly down: StoredTensor;
  /** `[out, rank]`, for a convolution `[out, rank, 1, 1]`. */
  readonly up: StoredTensor;
  readonly rank: number;
  /** What the product is multiplied with: `alpha / rank`, 1 without an alpha. */
  readonly factor: number;
}

export interface LoraFile {
  /** Absolute. */
  readonly path: string;
  /** The file's name without its extension. */
  readonly name: string;
  readonly layers: readonly LoraLayer[];
  /** Keys that are no part of a layer. */
  readonly foreign: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads what the LoRA at `path` consists of.
 * @throws {DpoError} FILE_ACCESS; INVALID_CHECKPOINT for a damaged file, half a layer or contradicting shapes;
 * UNSUPPORTED_MODEL for other formats and other kinds of adapters, by name
 */
export async function readLora(path: string): Promise<LoraFile> {
  await checkFileFormat(path, 'LoRA');
  const file = await openSafetensors(path);
  const kind = [...file.entries.keys()].map(unsupportedKind).find((found) => found !== undefined);
  if (kind !== undefined) {
    const message = `${path} is an adapter of the kind ${kind}, which is not supported; accepted: LoRA (pairs of lora_down and lora_up, or lora_A and lora_B).`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { path, kind } });
  }
  const { groups, foreign } = grouped(file);
  if (groups.size === 0) {
    const message = `${path} holds no LoRA: it has no pairs of lora_down and lora_up, or lora_A and lora_B. A whole model is given with --model.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { path } });
  }
  const alphas = adapterAlphas(file);
  const layers: LoraLayer[] = [];
  for (const group of groups.values()) layers.push(await layerOf(file, group, alphas));
  const name = basename(file.path).replace(/\.\w+$/, '');
  return { path: file.path, name, layers, foreign, metadata: file.metadata };
}

/** SHA-256 of the file's bytes, in hexadecimal. @throws {DpoError} FILE_ACCESS */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
  return hash.digest('hex');
}

interface Group {
  readonly component: LoraComponent;
  readonly module: string;
  readonly keys: Partial<Record<LoraKey['role'], string>>;
}

function grouped(file: SafetensorsFile): { groups: Map<string, Group>; foreign: string[] } {
  const groups = new Map<string, Group>();
  const foreign: string[] = [];
  for (const key of file.entries.keys()) {
    const parsed = parseLoraKey(key);
    if (!parsed) {
      foreign.push(key);
      continue;
    }
    const { component, module, role } = parsed;
    const name = `${component} ${module}`;
    const group = groups.get(name) ?? { component, module, keys: {} };
    groups.set(name, group);
    if (group.keys[role] !== undefined) {
      throw unsound(file.path, `"${group.keys[role]}" and "${key}" are the same part of one layer`);
    }
    group.keys[role] = key;
  }
  return { groups, foreign };
}

async function layerOf(
  file: SafetensorsFile,
  { component, module, keys }: Group,
  alphas: AdapterAlphas,
): Promise<LoraLayer> {
  const down = keys.down === undefined ? undefined : storedTensor(file, keys.down);
  const up = keys.up === undefined ? undefined : storedTensor(file, keys.up);
  if (!down || !up) {
    const missing = down ? 'up' : up ? 'down' : 'down and an up';
    throw unsound(file.path, `its layer "${module}" (${component}) has no ${missing} matrix`);
  }
  const rank = down.shape[0] ?? 0;
  const isPair = down.shape.length >= 2 && up.shape.length >= 2 && rank > 0 && up.shape[1] === rank;
  if (!isPair || up.shape.slice(2).some((size) => size !== 1)) {
    throw unsound(
      file.path,
      `the pair of "${module}" (${component}) has the shapes [${down.shape}] and [${up.shape}]; expected [rank, in] and [out, rank], or [rank, in, k, k] and [out, rank, 1, 1]`,
    );
  }
  const stored = keys.alpha === undefined ? undefined : await readAlpha(file, keys.alpha);
  const factor = stored === undefined ? alphas(component, module, rank) : stored / rank;
  return { component, module, down, up, rank, factor };
}

async function readAlpha(file: SafetensorsFile, key: string): Promise<number> {
  const stored = storedTensor(file, key)!;
  const elements = sizeOf(stored.shape);
  const value = elements === 1 ? (await readFloatTensor(stored)).data[0]! : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw unsound(
    file.path,
    `"${key}" should be one finite number, but it is ${elements === 1 ? value : `[${stored.shape}]`}`,
  );
}

/** The factor that the header's notes give a layer; 1 where they say nothing. */
type AdapterAlphas = (component: LoraComponent, module: string, rank: number) => number;

const ADAPTER_METADATA = 'lora_adapter_metadata';
const patternSchema = z.record(z.string(), z.number()).default({});
const adapterSchema = z.object({
  lora_alpha: z.number().optional(),
  alpha_pattern: patternSchema,
  use_rslora: z.boolean().default(false),
  use_dora: z.boolean().default(false),
});

/** What diffusers' training scripts write into the header: peft's settings, `component.setting`, as JSON. */
function adapterAlphas({ metadata, path }: SafetensorsFile): AdapterAlphas {
  const text = metadata.get(ADAPTER_METADATA);
  if (text === undefined) return () => 1;
  const where = `"${ADAPTER_METADATA}" in the header of ${path}`;
  const flat = parseConfig(z.record(z.string(), z.unknown()), parseJson(text, where), where);
  const settings = new Map<LoraComponent, z.output<typeof adapterSchema>>();
  for (const component of ['unet', 'text_encoder', 'text_encoder_2'] as const) {
    const own = Object.entries(flat)
      .filter(([key]) => key.startsWith(`${component}.`))
      .map(([key, value]) => [key.slice(component.length + 1), value ?? undefined] as const);
    settings.set(component, parseConfig(adapterSchema, Object.fromEntries(own), where));
  }
  return (component, module, rank) => {
    const { lora_alpha, alpha_pattern, use_rslora, use_dora } = settings.get(component)!;
    if (use_dora)
      throw new DpoError('UNSUPPORTED_MODEL', `${where} says DoRA, which is not supported; accepted: LoRA.`);
    const alpha = patterned(alpha_pattern, module, where) ?? lora_alpha;
    if (alpha === undefined) return 1;
    return use_rslora ? alpha / Math.sqrt(rank) : alpha / rank;
  };
}

/** Peft matches a pattern with the end of a module's name. Ours are plain names: a pattern with more to it is refused. */
function patterned(
  patterns: Readonly<Record<string, number>>,
  module: string,
  where: string,
): number | undefined {
  for (const [pattern, alpha] of Object.entries(patterns)) {
    const name = pattern.replace(/^\^/, '');
    if (!/^[\w.]+$/.test(name)) {
      const message = `${where} has the "alpha_pattern" ${JSON.stringify(pattern)}; accepted: names of modules.`;
      throw new DpoError('UNSUPPORTED_MODEL', message);
    }
    if (module === name || (name === pattern && module.endsWith(`.${name}`))) return alpha;
  }
  return undefined;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DpoError('INVALID_CHECKPOINT', `${where} is not JSON.`, { cause });
  }
}

function unsound(path: string, what: string): DpoError {
  return new DpoError('INVALID_CHECKPOINT', `${path} is no sound LoRA: ${what}.`, { details: { path } });
}

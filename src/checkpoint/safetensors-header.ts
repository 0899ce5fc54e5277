/**
 * @file The header of a safetensors file, checked before anything it says is believed. As strict as the format's own
 * reader: the tensors tile the data, so overlaps, holes and trailing bytes are refused.
 */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import type { Shape } from '../tensor/tensor.ts';
import { duplicateKey } from './duplicate-key.ts';
import { isNestedTooDeep, MAX_NESTING } from './json-nesting.ts';
import { quoted as quote } from './short-json.ts';

/** Bytes for each element type that a file may hold; most of them are listed but are no weights for us. */
export const DTYPE_BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
  C64: 8,
} as const;

export type SafetensorsDType = keyof typeof DTYPE_BYTES;

/** One tensor as the file describes it. */
export interface SafetensorsEntry {
  readonly key: string;
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  /** First byte in the file (the header included). */
  readonly offset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  /** The writer's notes (`__metadata__`), such as training settings of an adapter. */
  readonly metadata: ReadonlyMap<string, string>;
}

const METADATA = '__metadata__';
/** The longest published names have some hundred characters; messages quote them whole. */
const MAX_KEY_LENGTH = 1000;

const wholeNumber = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(wholeNumber),
  data_offsets: z.tuple([wholeNumber, wholeNumber]),
});
const metadataSchema = z.record(z.string(), z.string());

/**
 * Parses the JSON `bytes` of a header.
 * @param dataStart absolute position of the first data byte
 * @param fileSize bytes in the whole file; no tensor may reach beyond
 * @throws {DpoError} INVALID_CHECKPOINT
 */
export function parseHeader(
  bytes: Uint8Array,
  dataStart: number,
  fileSize: number,
  path: string,
): SafetensorsHeader {
  const json = parseJson(bytes, path);
  const entries = new Map<string, SafetensorsEntry>();
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [key, value] of Object.entries(json)) {
    if (key === METADATA) metadata = parseMetadata(value, path);
    else entries.set(key, parseEntry(key, value, dataStart, path));
  }
  checkTiling([...entries.values()], dataStart, fileSize, path);
  return { entries, metadata };
}

/** An INVALID_CHECKPOINT error about the file at `path`. */
export function damaged(path: string, what: string, cause?: unknown): DpoError {
  const message = `${path} is not a valid safetensors file: ${what}. Download or export it again.`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { path }, cause });
}

function parseJson(bytes: Uint8Array, path: string): Record<string, unknown> {
  let json: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damaged(path, 'its header is not JSON in UTF-8', cause);
  }
  if (isNestedTooDeep(text)) throw damaged(path, `its header is nested deeper than ${MAX_NESTING} levels`);
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged(path, 'its header is not JSON in UTF-8', cause);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw damaged(path, 'its header is not a JSON object');
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw damaged(path, `its header has the key ${quote(twice)} twice`);
  return json as Record<string, unknown>;
}

function parseMetadata(value: unknown, path: string): ReadonlyMap<string, string> {
  const result = metadataSchema.safeParse(value);
  if (!result.success) throw damaged(path, '"__metadata__" is not an object of strings', result.error);
  return new Map(Object.entries(result.data));
}

function parseEntry(key: string, value: unknown, dataStart: number, path: string): SafetensorsEntry {
  if (key.length > MAX_KEY_LENGTH)
    throw damaged(path, `a tensor has a name of ${key.length} characters, ${quote(key)}`);
  const result = entrySchema.safeParse(value);
  if (!result.success) {
    const what = `tensor ${quote(key)} needs a dtype, a shape and two data_offsets of whole numbers`;
    throw damaged(path, what, result.error);
  }
  const { dtype, shape, data_offsets } = result.data;
  const [begin, end] = data_offsets;
  if (!Object.hasOwn(DTYPE_BYTES, dtype))
    throw damaged(path, `tensor ${quote(key)} has the unknown type ${quote(dtype)}`);
  if (begin > end) throw damaged(path, `tensor ${quote(key)} ends (${end}) before it begins (${begin})`);
  const known = dtype as SafetensorsDType;
  const expected = byteLengthOf(shape, DTYPE_BYTES[known]);
  if (expected !== end - begin) {
    const found = `has ${end - begin} bytes, but ${dtype} of shape [${shape.slice(0, 16)}] takes ${expected}`;
    throw damaged(path, `tensor ${quote(key)} ${found}`);
  }
  return { key, dtype: known, shape, offset: dataStart + begin, byteLength: end - begin };
}

// A product that is no longer exact could wrap to a plausible size; it becomes infinite, which equals no length.
function byteLengthOf(shape: Shape, elementBytes: number): number {
  if (shape.includes(0)) return 0;
  let bytes = elementBytes;
  for (const size of shape) {
    bytes *= size;
    if (!Number.isSafeInteger(bytes)) return Number.POSITIVE_INFINITY;
  }
  return bytes;
}

function checkTiling(entries: SafetensorsEntry[], dataStart: number, fileSize: number, path: string): void {
  entries.sort((a, b) => a.offset - b.offset || a.byteLength - b.byteLength);
  let position = dataStart;
  for (const { key, offset, byteLength } of entries) {
    if (offset < position) throw damaged(path, `tensor ${quote(key)} overlaps the one before it`);
    if (offset > position)
      throw damaged(path, `${offset - position} bytes before tensor ${quote(key)} belong to no tensor`);
    position = offset + byteLength;
    if (position > fileSize) {
      throw damaged(
        path,
        `tensor ${quote(key)} ends at byte ${position}, the file at ${fileSize} (is it cut short?)`,
      );
    }
  }
  if (position !== fileSize) throw damaged(path, `its last ${fileSize - position} bytes belong to no tensor`);
}

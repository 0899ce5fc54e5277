/** @file What the beginning of a safetensors file says of its parts: pure, for files on disk and behind a URL alike. */
import { DpoError } from '../errors.ts';
import type { StoredDType, StoredTensor } from '../tensor/stored-tensor.ts';
import { damaged, type SafetensorsDType, type SafetensorsEntry } from './safetensors-header.ts';

/** What a file holds; none of its data is read. */
export interface SafetensorsFile {
  /** Absolute, or a URL. */
  readonly path: string;
  /** Every tensor, in the order of the header, also those that are no weights (`position_ids` and the like). */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The element types that are weights for us. */
export const WEIGHT_DTYPES: Readonly<Partial<Record<SafetensorsDType, StoredDType>>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

/** Bytes of the header's length, with which every file begins. */
export const LENGTH_BYTES = 8;
/** The format's own limit: 100 MB describe about a million tensors. */
export const MAX_HEADER_BYTES = 100_000_000;

/**
 * Bytes of the header, which follows its length.
 * @param prefix the file's first {@link LENGTH_BYTES} bytes, or fewer where it has no more
 * @throws {DpoError} INVALID_CHECKPOINT when the file has no room for it
 */
export function headerLength(prefix: Uint8Array, fileSize: number, path: string): number {
  if (prefix.length < LENGTH_BYTES)
    throw damaged(path, `it has ${prefix.length} bytes, fewer than the ${LENGTH_BYTES} of a header length`);
  const claimed = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  const room = fileSize - LENGTH_BYTES;
  if (claimed > room)
    throw damaged(path, `its header claims ${claimed} bytes, the file has ${room} left for it`);
  const length = Number(claimed);
  if (length > MAX_HEADER_BYTES)
    throw damaged(path, `its header has ${length} bytes, more than ${MAX_HEADER_BYTES}`);
  return length;
}

/** The weight `key` of `file`: undefined when it has none. @throws {DpoError} UNSUPPORTED_MODEL for another element type */
export function storedTensor(file: SafetensorsFile, key: string): StoredTensor | undefined {
  const entry = file.entries.get(key);
  if (entry === undefined) return undefined;
  const dtype = WEIGHT_DTYPES[entry.dtype];
  if (dtype === undefined) {
    const message = `Weight "${key}" in ${file.path} is stored as ${entry.dtype}; accepted: F32, F16 or BF16.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, {
      details: { key, path: file.path, dtype: entry.dtype },
    });
  }
  const { shape, offset, byteLength } = entry;
  return { key, dtype, shape, path: file.path, offset, byteLength };
}

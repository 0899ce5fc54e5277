/** @file Safetensors files: opening reads the header alone, tensors are read one by one when they are wanted. */
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bfloat16ToFloat32, float16ToFloat32 } from '../tensor/half-float.ts';
import type { StoredDType, StoredTensor } from '../tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { fileAccessError, isSystemError } from './read-json.ts';
import { damaged, parseHeader, type SafetensorsDType, type SafetensorsEntry } from './safetensors-header.ts';
import { headerLength, LENGTH_BYTES, type SafetensorsFile, storedTensor } from './safetensors-layout.ts';
import { writeTensors } from './write-tensors.ts';

export { type SafetensorsFile, storedTensor, WEIGHT_DTYPES } from './safetensors-layout.ts';

// Node refuses reads of 2 GiB and more in one call.
const READ_CHUNK_BYTES = 2 ** 30;

/**
 * Reads the header of the file at `path`.
 * @throws {DpoError} FILE_ACCESS when it cannot be read, INVALID_CHECKPOINT when its header is not sound
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const absolute = resolve(path);
  return withFile(absolute, async (handle) => {
    const { size } = await handle.stat();
    const prefix = await readExactly(handle, 0, Math.min(size, LENGTH_BYTES), path);
    const length = headerLength(prefix, size, path);
    const header = await readExactly(handle, LENGTH_BYTES, length, path);
    return { path: absolute, ...parseHeader(header, LENGTH_BYTES + length, size, path) };
  });
}

/** Reads one weight; half precision becomes float32, exactly. */
export async function readFloatTensor(stored: StoredTensor): Promise<FloatTensor> {
  return withFile(stored.path, async (handle) => {
    const { size } = await handle.stat();
    const end = stored.offset + stored.byteLength;
    if (end > size) throw damaged(stored.path, `"${stored.key}" ends at byte ${end}, the file at ${size}`);
    const bytes = await readExactly(handle, stored.offset, stored.byteLength, stored.path);
    return floatTensor(stored.shape, widen(stored.dtype, bytes));
  });
}

/**
 * Reads every tensor of the file: F32, F16 and BF16 as float32, I32 and I64 as int32.
 * @throws {DpoError} UNSUPPORTED_MODEL for other element types, INVALID_CHECKPOINT for integers beyond 32 bits
 */
export async function readSafetensors(path: string): Promise<Map<string, Tensor>> {
  const file = await openSafetensors(path);
  const tensors = new Map<string, Tensor>();
  for (const [key, entry] of file.entries) {
    const stored = isInteger(entry.dtype) ? undefined : storedTensor(file, key);
    tensors.set(key, stored ? await readFloatTensor(stored) : await readIntegers(file.path, entry));
  }
  return tensors;
}

/**
 * Writes `tensors` (F32 and I32) to `path` in the order of the map, replacing what was there.
 * @param metadata the writer's notes; files from PyTorch tools say `{ format: 'pt' }`
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const headers = [...tensors].map(([key, { dtype, shape }]) => {
    return { key, dtype: dtype === 'float32' ? 'F32' : 'I32', shape } as const;
  });
  await writeTensors(path, headers, ({ key }) => bytesOf(tensors.get(key)!.data), metadata);
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
  try {
    return await use(handle);
  } catch (cause) {
    throw isSystemError(cause) ? fileAccessError(path, cause) : cause;
  } finally {
    await handle.close();
  }
}

/** Reads `length` bytes, which the caller has checked against the file's size. */
async function readExactly(
  handle: FileHandle,
  offset: number,
  length: number,
  path: string,
): Promise<Buffer> {
  // From an ArrayBuffer of its own, so that typed arrays over it are aligned.
  const buffer = Buffer.from(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const count = Math.min(length - done, READ_CHUNK_BYTES);
    const { bytesRead } = await handle.read(buffer, done, count, offset + done);
    if (bytesRead === 0) throw damaged(path, `it ended at byte ${offset + done} while it was read`);
    done += bytesRead;
  }
  return buffer;
}

function widen(dtype: StoredDType, bytes: Buffer): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'float16':
      return float16ToFloat32(new Uint16Array(buffer, byteOffset, byteLength / 2));
    case 'bfloat16':
      return bfloat16ToFloat32(new Uint16Array(buffer, byteOffset, byteLength / 2));
  }
}

function isInteger(dtype: SafetensorsDType): boolean {
  return dtype === 'I32' || dtype === 'I64';
}

async function readIntegers(path: string, entry: SafetensorsEntry): Promise<Tensor> {
  const bytes = await withFile(path, (handle) => readExactly(handle, entry.offset, entry.byteLength, path));
  if (entry.dtype === 'I32') {
    return intTensor(entry.shape, new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4));
  }
  const wide = new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  const beyond = wide.find((value) => BigInt.asIntN(32, value) !== value);
  if (beyond !== undefined) throw damaged(path, `"${entry.key}" holds ${beyond}, which is beyond 32 bits`);
  return intTensor(entry.shape, Int32Array.from(wide, Number));
}

function bytesOf(data: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** @file Writes a safetensors file tensor by tensor, so that a file may be larger than memory. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Shape } from '../tensor/tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { fileAccessError, isSystemError } from './read-json.ts';
import { DTYPE_BYTES, type SafetensorsDType } from './safetensors-header.ts';
import { LENGTH_BYTES } from './safetensors-layout.ts';

/** A tensor that will be in the file. */
export interface TensorHeader {
  readonly key: string;
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
}

/** Bytes that a file with these tensors takes. */
export function fileBytes(tensors: readonly TensorHeader[], metadata: Metadata = {}): number {
  return headerBytes(tensors, metadata).length + tensors.reduce((sum, tensor) => sum + dataBytes(tensor), 0);
}

type Metadata = Readonly<Record<string, string>>;

/**
 * Writes `tensors` to `path` in their order, replacing what was there.
 * @param dataOf gives a tensor's bytes, little-endian; asked once for each, in order, and not kept
 * @param metadata the writer's notes; files from PyTorch tools say `{ format: 'pt' }`
 * @throws {DpoError} FILE_ACCESS, besides what `dataOf` throws
 */
export async function writeTensors(
  path: string,
  tensors: readonly TensorHeader[],
  dataOf: (tensor: TensorHeader) => Uint8Array | Promise<Uint8Array>,
  metadata: Metadata = {},
): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, 'w');
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
  try {
    await file.writeFile(headerBytes(tensors, metadata));
    for (const tensor of tensors) await file.writeFile(await dataOf(tensor));
  } catch (cause) {
    throw isSystemError(cause) ? fileAccessError(path, cause) : cause;
  } finally {
    await file.close();
  }
}

/** The header with its length before it, filled up with spaces: data at a multiple of 8 bytes can be mapped and read in place. */
function headerBytes(tensors: readonly TensorHeader[], metadata: Metadata): Buffer {
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [['__metadata__', metadata]] : [];
  let position = 0;
  for (const tensor of tensors) {
    const end = position + dataBytes(tensor);
    const { key, dtype, shape } = tensor;
    header.push([key, { dtype, shape, data_offsets: [position, end] }]);
    position = end;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const bytes = Buffer.alloc(LENGTH_BYTES + Math.ceil(json.length / 8) * 8, ' ');
  bytes.writeBigUInt64LE(BigInt(bytes.length - LENGTH_BYTES));
  json.copy(bytes, LENGTH_BYTES);
  return bytes;
}

function dataBytes({ dtype, shape }: TensorHeader): number {
  return sizeOf(shape) * DTYPE_BYTES[dtype];
}

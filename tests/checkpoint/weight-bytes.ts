/** @file The very bytes of a stored tensor, for comparing addresses. */
import { open } from 'node:fs/promises';
import { readFloatTensor } from '../../src/checkpoint/safetensors.ts';
import { float32ToFloat16 } from '../../src/tensor/half-float.ts';
import type { StoredTensor } from '../../src/tensor/stored-tensor.ts';

/** What lies at the address. */
export async function bytesOf({ path, offset, byteLength }: StoredTensor): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(byteLength);
    await file.read(bytes, 0, byteLength, offset);
    return bytes;
  } finally {
    await file.close();
  }
}

/** The values of `stored`, rounded to float16. */
export async function halfBytesOf(stored: StoredTensor): Promise<Buffer> {
  const { data } = await readFloatTensor(stored);
  const half = float32ToFloat16(data);
  return Buffer.from(half.buffer, half.byteOffset, half.byteLength);
}

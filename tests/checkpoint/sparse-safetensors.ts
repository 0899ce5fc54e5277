/** @file Safetensors files of any size that take no room: a header, and a hole for the data, which reads as zeros. */
import { open } from 'node:fs/promises';
import { DTYPE_BYTES, type SafetensorsDType } from '../../src/checkpoint/safetensors-header.ts';
import { type Shape, sizeOf } from '../../src/tensor/tensor.ts';

/** Writes a file whose tensors are all zero. */
export async function writeSparseSafetensors(
  path: string,
  shapes: Readonly<Record<string, Shape>>,
  { dtype = 'F16', metadata }: { dtype?: SafetensorsDType; metadata?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  let position = 0;
  const entries = Object.entries(shapes).map(([key, shape]) => {
    const begin = position;
    position += sizeOf(shape) * DTYPE_BYTES[dtype];
    return [key, { dtype, shape, data_offsets: [begin, position] }] as const;
  });
  const header = Buffer.from(
    JSON.stringify({ ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = await open(path, 'w');
  try {
    await file.write(length);
    await file.write(header);
    await file.truncate(8 + header.length + position);
  } finally {
    await file.close();
  }
}

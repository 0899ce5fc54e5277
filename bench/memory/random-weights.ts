/** @file Writes a safetensors file of random weights that keep activations near one, in float32 or float16. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { float32ToFloat16 } from '../../src/tensor/half-float.ts';
import { type Shape, sizeOf } from '../../src/tensor/tensor.ts';
import { TorchGenerator } from '../../src/tensor/torch-noise.ts';

export type WeightDType = 'float32' | 'float16';

const HEADER_DTYPES: Readonly<Record<WeightDType, { name: string; bytes: number }>> = {
  float32: { name: 'F32', bytes: 4 },
  float16: { name: 'F16', bytes: 2 },
};

/** Elements of noise, written again and again. */
const BLOCK_ELEMENTS = 2 ** 20;

/** Tensors `shapes` of random values: matrices and kernels scaled by their inputs, scales of normalisations 1, biases 0. */
export function writeRandomWeights(
  path: string,
  shapes: ReadonlyMap<string, Shape>,
  dtype: WeightDType,
): void {
  const { name, bytes } = HEADER_DTYPES[dtype];
  let end = 0;
  const entries = [...shapes].map(([key, shape]) => {
    const start = end;
    end += bytes * sizeOf(shape);
    return [key, { dtype: name, shape, data_offsets: [start, end] }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, length);
  writeSync(file, header);
  const blocks = new Blocks(dtype);
  for (const [key, shape] of shapes) writeTensor(file, blocks.of(key, shape), bytes * sizeOf(shape));
  closeSync(file);
}

function writeTensor(file: number, block: Buffer, bytes: number): void {
  for (let written = 0; written < bytes; written += block.length)
    writeSync(file, block, 0, Math.min(block.length, bytes - written));
}

/** One block of bytes for each scale of values. */
class Blocks {
  readonly #dtype: WeightDType;
  readonly #noise = new TorchGenerator(0).randn([BLOCK_ELEMENTS]).data;
  readonly #known = new Map<string, Buffer>();

  constructor(dtype: WeightDType) {
    this.#dtype = dtype;
  }

  of(key: string, shape: Shape): Buffer {
    if (shape.length === 1) return key.endsWith('.bias') ? this.#constant(0) : this.#constant(1);
    const inputs = sizeOf(shape.slice(1));
    const scale = key.includes('embedding.weight') ? 0.02 : inputs ** -0.5;
    return this.#block(`noise ${scale}`, () => this.#noise.map((value) => value * scale));
  }

  #constant(value: number): Buffer {
    return this.#block(`constant ${value}`, () => new Float32Array(BLOCK_ELEMENTS).fill(value));
  }

  #block(name: string, values: () => Float32Array): Buffer {
    const known = this.#known.get(name);
    if (known) return known;
    const typed = this.#dtype === 'float16' ? float32ToFloat16(values()) : values();
    const block = Buffer.from(typed.buffer);
    this.#known.set(name, block);
    return block;
  }
}

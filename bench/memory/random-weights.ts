/** @file Writes a safetensors file of random weights that keep activations near one, in float32 or float16. */
import { DTYPE_BYTES } from '../../src/checkpoint/safetensors-header.ts';
import { writeTensors } from '../../src/checkpoint/write-tensors.ts';
import { float32ToFloat16 } from '../../src/tensor/half-float.ts';
import { type Shape, sizeOf } from '../../src/tensor/tensor.ts';
import { TorchGenerator } from '../../src/tensor/torch-noise.ts';

export type WeightDType = 'float32' | 'float16';

const HEADER_DTYPES = { float32: 'F32', float16: 'F16' } as const;

/** Elements of noise, written again and again. */
const BLOCK_ELEMENTS = 2 ** 20;

/** Tensors `shapes` of random values: matrices and kernels scaled by their inputs, scales of normalisations 1, biases 0. */
export async function writeRandomWeights(
  path: string,
  shapes: ReadonlyMap<string, Shape>,
  dtype: WeightDType,
): Promise<void> {
  const tensors = [...shapes].map(([key, shape]) => ({ key, shape, dtype: HEADER_DTYPES[dtype] }));
  const blocks = new Blocks(dtype);
  await writeTensors(path, tensors, ({ key, shape, dtype: name }) =>
    Buffer.alloc(sizeOf(shape) * DTYPE_BYTES[name], blocks.of(key, shape)),
  );
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

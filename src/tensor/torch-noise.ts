/**
 * @file Normal noise equal to `torch.randn` on the CPU, so that a seed means the same picture here and there.
 * PyTorch draws in two ways: 16 and more elements in blocks of 16 from 24-bit uniforms, fewer one by one from
 * 53-bit uniforms. Both are Box-Muller transforms.
 */
import { MersenneTwister } from './mersenne-twister.ts';
import { type FloatTensor, floatTensor, type Shape, sizeOf } from './tensor.ts';

const BLOCK = 16;

/** `torch.Generator('cpu').manual_seed(seed)`: draws follow one another, whatever their shapes. */
export class TorchGenerator {
  #engine: MersenneTwister;
  /** The second normal of the last pair that the one-by-one way made, not yet handed out. */
  #spare: number | undefined;

  /** @param seed any integer; PyTorch's engine uses the lowest 32 bits */
  constructor(seed: number | bigint) {
    this.#engine = new MersenneTwister(seed);
  }

  /** A generator that will draw what this one will; drawing from one does not move the other. */
  copy(): TorchGenerator {
    const copy = new TorchGenerator(0);
    copy.#engine = MersenneTwister.fromState(this.#engine.state);
    copy.#spare = this.#spare;
    return copy;
  }

  /** `torch.randn(shape, generator=this)`: float32 of mean 0 and deviation 1, within 1e-6 of PyTorch's. */
  randn(shape: Shape): FloatTensor {
    const tensor = floatTensor(shape);
    if (sizeOf(shape) < BLOCK) {
      for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = this.#singleNormal();
    } else {
      this.#fillBlocks(tensor.data);
    }
    return tensor;
  }

  #fillBlocks(data: Float32Array): void {
    for (let i = 0; i < data.length; i++) data[i] = this.#uniform24();
    for (let start = 0; start + BLOCK <= data.length; start += BLOCK) {
      transformBlock(data.subarray(start, start + BLOCK));
    }
    if (data.length % BLOCK === 0) return;
    // What is left over does not fill a block, so the last 16 elements are all drawn anew.
    const last = data.subarray(data.length - BLOCK);
    for (let i = 0; i < BLOCK; i++) last[i] = this.#uniform24();
    transformBlock(last);
  }

  #singleNormal(): number {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) return spare;
    const angle = 2 * Math.PI * this.#uniform53();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniform53()));
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  #uniform24(): number {
    return (this.#engine.uint32() & 0xffffff) * 2 ** -24;
  }

  #uniform53(): number {
    const high = this.#engine.uint32() & 0x1fffff;
    return (high * 2 ** 32 + this.#engine.uint32()) * 2 ** -53;
  }
}

const TWO_PI = Math.fround(2 * Math.PI);

/**
 * Turns 16 uniforms into normals: the first 8 give the radii, the last 8 the angles. Every step is rounded to float32
 * as PyTorch's is: an angle near 2π moves by 2.4e-7 in rounding, and with a radius of 5 the normal by 1e-6.
 */
function transformBlock(block: Float32Array): void {
  for (let i = 0; i < BLOCK / 2; i++) {
    const logarithm = Math.fround(Math.log(Math.fround(1 - block[i]!)));
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * logarithm)));
    const angle = Math.fround(TWO_PI * block[i + BLOCK / 2]!);
    block[i] = radius * Math.fround(Math.cos(angle));
    block[i + BLOCK / 2] = radius * Math.fround(Math.sin(angle));
  }
}

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { encodePng } from './png-image.ts';
import { thumbnail } from './thumbnail.ts';

/** Noise, which no format makes small. */
function noisyPng(width: number, height: number): Uint8Array {
  const [image, rng] = [floatTensor([3, height, width]), new MersenneTwister(1)];
  for (let i = 0; i < image.data.length; i++) image.data[i] = rng.float64();
  return encodePng(image);
}

describe('thumbnail()', () => {
  it('gives small files as they are', async () => {
    const file = noisyPng(16, 16);
    expect(await thumbnail(file)).toBe(file);
  });

  it('makes large pictures smaller and keeps their shape', async () => {
    const file = noisyPng(512, 256);
    const small = await thumbnail(file);
    expect(small.length).toBeLessThan(file.length / 2);
    expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 256, height: 128 });
  });

  it('gives back what is no picture', async () => {
    const file = new Uint8Array(100_000);
    expect(await thumbnail(file)).toBe(file);
  });
});

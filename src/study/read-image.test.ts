import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floatTensor } from '../tensor/tensor.ts';
import { encodePng } from './png-image.ts';
import { readImage } from './read-image.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-image-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
}

/** A picture 4 wide and 2 high, its left half red and its right half blue. */
const WIDE = floatTensor([3, 2, 4], [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1]);

describe('readImage()', () => {
  it('reads back what encodePng wrote', async () => {
    const data = Float32Array.from({ length: 3 * 5 * 7 }, (_, i) => Math.fround((i * 2) / 255));
    const image = floatTensor([3, 5, 7], data);
    const read = await readImage(await file('exact.png', encodePng(image)));
    expect(read.shape).toEqual([3, 5, 7]);
    for (const [i, value] of read.data.entries()) expect(value).toBeCloseTo(image.data[i], 6);
  });

  it.each(['jpeg', 'webp', 'tiff', 'gif', 'avif'] as const)('reads %s', async (format) => {
    const big = sharp(encodePng(WIDE)).resize(64, 32, { kernel: 'nearest' });
    const path = await file(`picture.${format}`, await big.toFormat(format, { quality: 95 }).toBuffer());
    const { shape, data } = await readImage(path);
    expect(shape).toEqual([3, 32, 64]);
    expect(data[0]).toBeGreaterThan(0.85);
    expect(data[63]).toBeLessThan(0.15);
    expect(data[2 * 32 * 64 + 63]).toBeGreaterThan(0.85);
  });

  it('turns a picture as its EXIF orientation says', async () => {
    const turned = await sharp(encodePng(WIDE)).withMetadata({ orientation: 6 }).png().toBuffer();
    const { shape, data } = await readImage(await file('turned.png', turned));
    expect(shape).toEqual([3, 4, 2]);
    expect([data[0], data[1], data[6], data[7]]).toEqual([1, 1, 0, 0]);
  });

  it('lays transparency over white', async () => {
    const rgba = Buffer.from([255, 0, 0, 0, 0, 0, 0, 255]);
    const png = await sharp(rgba, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    expect([...(await readImage(await file('clear.png', png))).data]).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it.each([1, 2] as const)('reads grey with %i channels', async (channels) => {
    const raw = Buffer.from(channels === 1 ? [51, 255] : [51, 255, 0, 0]);
    const image = sharp(raw, { raw: { width: 2, height: 1, channels } }).toColourspace('b-w');
    const path = await file(`grey-${channels}.png`, await image.png().toBuffer());
    const [dark, light] = [Math.fround(0.2), 1];
    expect([...(await readImage(path)).data]).toEqual([dark, light, dark, light, dark, light]);
  });

  it('reads 16 bits and CMYK', async () => {
    const deep = await sharp(encodePng(WIDE)).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect([...(await readImage(await file('deep.png', deep))).data]).toEqual([...WIDE.data]);
    const cmyk = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ffffff' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const { shape, data } = await readImage(await file('cmyk.jpg', cmyk));
    expect(shape).toEqual([3, 8, 8]);
    expect(Math.min(...data)).toBeGreaterThan(0.95);
  });

  it('says in a sentence what is wrong with a file', async () => {
    const whole = encodePng(floatTensor([3, 64, 64], new Float32Array(3 * 64 * 64).map(Math.sin)));
    const cases: [path: string, message: RegExp][] = [
      [join(dir, 'absent.png'), /there is no such file/],
      [dir, /it is a folder/],
      [await file('empty.png', ''), /the file is empty/],
      [await file('text.png', 'not a picture'), /no image that can be read/],
      [await file('cut.png', whole.subarray(0, whole.length / 2)), /it is damaged/],
      [join(dir, 'empty.png', 'x'), /there is no such file/],
    ];
    for (const [path, message] of cases) {
      const expected = { code: 'INVALID_IMAGE', message: expect.stringMatching(message) };
      await expect(readImage(path), path).rejects.toMatchObject(expected);
    }
  });

  it('refuses a picture too large to hold', async () => {
    const image = sharp({ create: { width: 8400, height: 8400, channels: 3, background: '#000000' } });
    const path = await file('large.png', await image.png({ compressionLevel: 1 }).toBuffer());
    await expect(readImage(path)).rejects.toThrow(/more than 67108864 pixels/);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DpoError } from '../../errors.ts';
import { encodePng } from '../../study/png-image.ts';
import { readImage } from '../../study/read-image.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import { barePng } from './bare-png.ts';

const image = floatTensor(
  [3, 2, 3],
  Float32Array.from({ length: 18 }, (_, i) => i / 17),
);

describe('barePng()', () => {
  it('leaves out what says how a picture was made, and what follows its end', () => {
    const png = encodePng(image, { parameters: 'a secret prompt', Comment: 'ein geheimer Prompt, 秘密' });
    const tail = Buffer.concat([png, Buffer.from('and another secret')]);
    expect(Buffer.from(tail).includes('secret')).toBe(true);
    expect(Buffer.from(barePng(tail))).toEqual(Buffer.from(barePng(encodePng(image))));
    expect(Buffer.from(barePng(tail)).toString('latin1')).not.toMatch(/secret|geheim|parameters/);
  });

  it('leaves the pixels as they were', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bare-'));
    try {
      const pixelsOf = async (name: string, png: Uint8Array) => {
        await writeFile(join(folder, name), png);
        return readImage(join(folder, name));
      };
      const png = encodePng(image, { parameters: 'x' });
      expect(await pixelsOf('bare.png', barePng(png))).toEqual(await pixelsOf('full.png', png));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses in a sentence whatever is no whole PNG file', () => {
    const png = encodePng(image);
    const refused = (bytes: Uint8Array) => {
      expect(() => barePng(bytes)).toThrow(/^A picture to be judged should be a PNG file, but/);
      expect(() => barePng(bytes)).toThrow(DpoError);
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: png.length - 1 }), (end) => refused(png.subarray(0, end))),
    );
    fc.assert(fc.property(fc.uint8Array(), refused));
  });
});

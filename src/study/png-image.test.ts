import fc from 'fast-check';
import { decode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { floatTensor } from '../tensor/tensor.ts';
import { encodePng, enlargePixels } from './png-image.ts';

async function pixelsOf(png: Uint8Array): Promise<{ bytes: number[]; width: number; height: number }> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { bytes: [...data], width: info.width, height: info.height };
}

/** The chunks of a PNG file, type and data, in order. */
function chunksOf(png: Uint8Array): { type: string; data: Buffer }[] {
  const bytes = Buffer.from(png);
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
  }
  return chunks;
}

/** The text of a tEXt or iTXt chunk, read as the PNG specification says. */
function textOf({ type, data }: { type: string; data: Buffer }): [keyword: string, text: string] {
  const end = data.indexOf(0);
  const keyword = data.toString('latin1', 0, end);
  if (type === 'tEXt') return [keyword, data.toString('latin1', end + 1)];
  expect([...data.subarray(end, end + 5)]).toEqual([0, 0, 0, 0, 0]);
  return [keyword, data.toString('utf8', end + 5)];
}

describe('encodePng()', () => {
  it('writes rounded pixels in the order of rows, columns and channels', async () => {
    const image = floatTensor([3, 1, 2], [0, 0.5, 0.1, 1, 1, 0.002]);
    const { bytes, width, height } = await pixelsOf(encodePng(image));
    expect({ width, height }).toEqual({ width: 2, height: 1 });
    expect(bytes).toEqual([0, 26, 255, 128, 255, 1]);
  });

  it('cuts what is out of range and takes NaN as black', async () => {
    const image = floatTensor([3, 1, 1], [-0.5, 1.5, Number.NaN]);
    expect((await pixelsOf(encodePng(image))).bytes).toEqual([0, 255, 0]);
  });

  it('refuses what is no picture', () => {
    expect(() => encodePng(floatTensor([1, 3, 2, 2]))).toThrow(/\[3, H, W\]/);
    expect(() => encodePng(floatTensor([1, 2, 2]))).toThrow(/\[3, H, W\]/);
  });

  it('keeps any text, ASCII as tEXt and the rest as iTXt, before the pixels', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (value) => {
        const chunks = chunksOf(encodePng(floatTensor([3, 1, 1]), { parameters: value }));
        const [header, found, pixels] = chunks;
        expect([header.type, pixels.type]).toEqual(['IHDR', 'IDAT']);
        const expected = value.replaceAll('\0', '');
        const isAscii = [...expected].every((character) => character.codePointAt(0)! < 128);
        expect(found.type).toBe(isAscii ? 'tEXt' : 'iTXt');
        expect(textOf(found)).toEqual(['parameters', Buffer.from(expected).toString()]);
      }),
    );
  });

  it.each([
    ['a red cat\nSteps: 50', 'tEXt'],
    ['un café, ünïcode', 'iTXt'],
    ['赤い猫 и кошка 🐱', 'iTXt'],
  ])('writes %j so that libvips and fast-png read the file', async (text, type) => {
    const png = encodePng(floatTensor([3, 2, 2]), { parameters: text });
    expect(decode(png, { checkCrc: true }).width).toBe(2);
    const { comments } = await sharp(png).metadata();
    expect(comments).toEqual([{ keyword: 'parameters', text }]);
    expect(chunksOf(png).map((chunk) => chunk.type)).toContain(type);
  });

  it('refuses a keyword that PNG cannot hold', () => {
    expect(() => encodePng(floatTensor([3, 1, 1]), { '': 'x' })).toThrow(/keyword/);
    expect(() => encodePng(floatTensor([3, 1, 1]), { 猫: 'x' })).toThrow(/keyword/);
  });
});

describe('enlargePixels()', () => {
  it('repeats every pixel', () => {
    const image = floatTensor([1, 1, 2], [1, 2]);
    expect(enlargePixels(image, 2)).toEqual(floatTensor([1, 2, 4], [1, 1, 2, 2, 1, 1, 2, 2]));
    expect(enlargePixels(image, 1)).toEqual(image);
  });
});

/**
 * @file PNG files without what was written beside their pixels. Our pictures say in a text chunk how they were made, prompt and all:
 * whoever saved one from a blind sheet could read there what it hides.
 */
import { DpoError } from '../../errors.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What a picture looks like depends on these chunks alone. */
const KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND']);
/** Length, type and checksum of a chunk, beside its data. */
const CHUNK_FRAME = 12;

/**
 * The PNG file `png` with pixels and colours alone.
 * @throws {DpoError} INVALID_IMAGE when it is no PNG file, or not a whole one
 */
export function barePng(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) throw damaged('begins otherwise');
  const parts = [bytes.subarray(0, SIGNATURE.length)];
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    if (at + CHUNK_FRAME > bytes.length) throw damaged('ends within a chunk');
    const end = at + CHUNK_FRAME + bytes.readUInt32BE(at);
    if (end > bytes.length) throw damaged('ends within a chunk');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (KEPT.has(type)) parts.push(bytes.subarray(at, end));
    // What follows the end is no part of the picture, whatever it says.
    if (type === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  throw damaged('has no end');
}

function damaged(problem: string): DpoError {
  return new DpoError('INVALID_IMAGE', `A picture to be judged should be a PNG file, but ${problem}.`);
}

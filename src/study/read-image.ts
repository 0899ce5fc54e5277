/** @file Reads a picture from a file of any common format. */
import { readFile } from 'node:fs/promises';
import sharp, { type OutputInfo } from 'sharp';
import { DpoError } from '../errors.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';

/** Above this a picture would take gigabytes as floats; the largest scorers look at a few hundred pixels a side. */
const MAX_PIXELS = 2 ** 26;

const FORMATS = 'PNG, JPEG, WebP, GIF, TIFF or AVIF';

/**
 * The picture in the file `path`: float32 [3, H, W] in [0, 1], sRGB, the right way up, transparency over white; of an animation
 * the first picture.
 * @throws {DpoError} INVALID_IMAGE when the file is missing, a folder, empty, damaged, too large or no image; FILE_ACCESS when it may not be read
 */
export async function readImage(path: string): Promise<FloatTensor> {
  const file = await readBytes(path);
  if (file.length === 0) throw invalidImage(path, 'the file is empty');
  try {
    const { data, info } = await sharp(file, { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return planarFloats(data, info);
  } catch (cause) {
    throw invalidImage(path, reasonOf(cause), cause);
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw invalidImage(path, 'there is no such file', cause);
    if (code === 'EISDIR') throw invalidImage(path, 'it is a folder', cause);
    throw new DpoError('FILE_ACCESS', `The image ${path} cannot be read (${code}). Check its permissions.`, {
      details: { path },
      cause,
    });
  }
}

/** Bytes [H, W, channels] as floats [3, H, W]; a grey picture's channel is taken three times. */
function planarFloats(bytes: Buffer, { width, height, channels }: OutputInfo): FloatTensor {
  const image = floatTensor([3, height, width]);
  const pixels = width * height;
  for (let channel = 0; channel < 3; channel++) {
    const source = channels < 3 ? 0 : channel;
    for (let pixel = 0; pixel < pixels; pixel++) {
      image.data[channel * pixels + pixel] = bytes[pixel * channels + source] / 255;
    }
  }
  return image;
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/unsupported image format/i.test(message)) return 'it holds no image that can be read';
  if (/pixel limit/i.test(message)) return `it has more than ${MAX_PIXELS} pixels`;
  return `it is damaged (${message.split('\n')[0].trim()})`;
}

function invalidImage(path: string, reason: string, cause?: unknown): DpoError {
  return new DpoError(
    'INVALID_IMAGE',
    `"${path}" cannot be used as an image: ${reason}. Give a ${FORMATS} file.`,
    { details: { path }, cause },
  );
}

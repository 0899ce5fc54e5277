/** @file Smaller copies of large pictures, for reports that must open at once. */
import sharp from 'sharp';

/** Files up to this many bytes are small enough as they are. */
const SMALL_FILE_BYTES = 48 * 1024;

/** Pixels. */
const LONGEST_SIDE = 256;

/** `file` itself where it is small, else a JPEG copy of it with at most 256 pixels a side, which every renderer takes; `file` also where it is no picture that can be read. */
export async function thumbnail(file: Uint8Array): Promise<Uint8Array> {
  if (file.length <= SMALL_FILE_BYTES) return file;
  const size = {
    width: LONGEST_SIDE,
    height: LONGEST_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  } as const;
  return sharp(file)
    .resize(size)
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 85 })
    .toBuffer()
    .catch(() => file);
}

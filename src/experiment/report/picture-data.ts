/** @file Pictures as data URIs, as long as the report stays of a size that opens at once. */

/** A content hash to its file, where that is there. */
export type ReadImage = (hash: string) => Uint8Array | undefined;

/** Bytes of pictures in one page, before they are text. */
const MAX_BYTES = 6_000_000;

/** Why there is no picture. */
export type MissingPicture = 'not kept' | 'left out for its size';

/** The pictures of one page or figure; the first that are asked for are the ones that have room. */
export class PictureData {
  readonly #read: ReadImage;
  #bytes = 0;

  constructor(read: ReadImage) {
    this.#read = read;
  }

  /** The data URI of a picture, or why there is none. One that stands in two places takes its room twice. */
  uri(hash: string | undefined): string | MissingPicture {
    const file = hash === undefined ? undefined : this.#read(hash);
    if (file === undefined) return 'not kept';
    if (this.#bytes + file.length > MAX_BYTES) return 'left out for its size';
    this.#bytes += file.length;
    return `data:${mediaType(file)};base64,${Buffer.from(file).toString('base64')}`;
  }
}

/** By the file's first bytes; pictures of the store are PNG files, smaller copies of large ones JPEG. */
function mediaType(file: Uint8Array): string {
  return file[0] === 0xff && file[1] === 0xd8 ? 'image/jpeg' : 'image/png';
}

export function isUri(data: string): boolean {
  return data.startsWith('data:');
}

/** Whether its pixels are to be seen as such: copies of large pictures are smoothed. */
export function isPixelated(uri: string): boolean {
  return uri.startsWith('data:image/png');
}

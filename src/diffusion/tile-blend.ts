/**
 * @file Tiles of a picture: where they lie, how they become the picture, and the transpose of that, for gradients. The order of the
 * fades is that of diffusers' `tiled_decode`, where a tile fades from its upper neighbour first, then from its left one, and
 * neighbours are taken as they are after their own fades. All of it is linear.
 */
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { TileSizes } from './vae-tiling.ts';

/** Where a tile lies, in latents. */
export interface TilePlace {
  readonly row: number;
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Tiles of latents of `height` x `width`, row by row. */
export function tilePlaces({ side, stride }: TileSizes, height: number, width: number): TilePlace[] {
  const starts = (length: number) =>
    Array.from({ length: Math.ceil(length / stride) }, (_, i) => ({
      start: i * stride,
      size: Math.min(side, length - i * stride),
    }));
  return starts(height).flatMap((y, row) =>
    starts(width).map((x, column) => ({
      ...{ row, column, top: y.start, left: x.start },
      ...{ height: y.size, width: x.size },
    })),
  );
}

/** The part of `tensor [N, C, h, w]` at a place of `scale` times the latents' size. */
export function cutTile(tensor: FloatTensor, place: TilePlace, scale = 1): FloatTensor {
  const [rows, channels, height, width] = tensor.shape;
  const [top, left, h, w] = [place.top, place.left, place.height, place.width].map((n) => n * scale);
  const tile = floatTensor([rows, channels, h, w]);
  for (let plane = 0; plane < rows * channels; plane++) {
    for (let y = 0; y < h; y++) {
      const from = (plane * height + top + y) * width + left;
      tile.data.set(tensor.data.subarray(from, from + w), (plane * h + y) * w);
    }
  }
  return tile;
}

/** Adds `tile` to `sum [N, C, h, w]` at its place: the transpose of `cutTile()`. */
export function addTile(sum: FloatTensor, tile: FloatTensor, { top, left }: TilePlace): void {
  const [rows, channels, height, width] = sum.shape;
  const [, , h, w] = tile.shape;
  for (let plane = 0; plane < rows * channels; plane++) {
    for (let y = 0; y < h; y++) {
      const to = (plane * height + top + y) * width + left;
      const from = (plane * h + y) * w;
      for (let x = 0; x < w; x++) sum.data[to + x] += tile.data[from + x];
    }
  }
}

/** One picture `[N, C, H, W]` of decoded tiles, each of its place's size in pixels. The tiles are changed on the way. */
export function blendTiles(
  tiles: readonly FloatTensor[],
  places: readonly TilePlace[],
  sizes: TileSizes,
): FloatTensor {
  const neighbours = new Neighbours(tiles, places);
  const picture = emptyPicture(tiles[0], places, sizes);
  for (const [i, place] of places.entries()) {
    const { above, left } = neighbours.of(place);
    if (above) fade(above, tiles[i], sizes, 'down', forward);
    if (left) fade(left, tiles[i], sizes, 'right', forward);
    eachShown(picture, tiles[i], place, sizes, (at, from) => {
      picture.data[at] = tiles[i].data[from];
    });
  }
  return picture;
}

/** Gradients at the decoded tiles of anything whose gradient at their picture is `cotangent`. */
export function blendTranspose(
  cotangent: FloatTensor,
  places: readonly TilePlace[],
  sizes: TileSizes,
): FloatTensor[] {
  const [rows, channels] = cotangent.shape;
  const { scale } = sizes;
  const gradients = places.map(({ height, width }) =>
    floatTensor([rows, channels, height * scale, width * scale]),
  );
  const neighbours = new Neighbours(gradients, places);
  for (const [i, place] of [...places.entries()].reverse()) {
    const gradient = gradients[i];
    const { above, left } = neighbours.of(place);
    eachShown(cotangent, gradient, place, sizes, (from, at) => {
      gradient.data[at] += cotangent.data[from];
    });
    if (left) fade(left, gradient, sizes, 'right', backward);
    if (above) fade(above, gradient, sizes, 'down', backward);
  }
  return gradients;
}

/** Tiles by where they lie. */
class Neighbours {
  readonly #tiles: readonly FloatTensor[];
  readonly #columns: number;

  constructor(tiles: readonly FloatTensor[], places: readonly TilePlace[]) {
    this.#tiles = tiles;
    this.#columns = places[places.length - 1].column + 1;
  }

  of({ row, column }: TilePlace): { above: FloatTensor | undefined; left: FloatTensor | undefined } {
    const at = row * this.#columns + column;
    return {
      above: row > 0 ? this.#tiles[at - this.#columns] : undefined,
      left: column > 0 ? this.#tiles[at - 1] : undefined,
    };
  }
}

/** What is done with one pixel of a tile that fades from `a` (at `from`) to `b` (at `to`), where `b` has the share `share`. */
type Fading = (a: Float32Array, from: number, b: Float32Array, to: number, share: number) => void;

const forward: Fading = (a, from, b, to, share) => {
  b[to] = a[from] * (1 - share) + b[to] * share;
};

const backward: Fading = (a, from, b, to, share) => {
  a[from] += b[to] * (1 - share);
  b[to] *= share;
};

/** Goes over the pixels of `b` that fade from the end of `a`, `a` above it or left of it. */
function fade(a: FloatTensor, b: FloatTensor, sizes: TileSizes, way: 'down' | 'right', pixel: Fading): void {
  const [rows, channels, aHeight, aWidth] = a.shape;
  const [, , bHeight, bWidth] = b.shape;
  const [aLength, bLength] = way === 'down' ? [aHeight, bHeight] : [aWidth, bWidth];
  const blend = Math.min(aLength, bLength, sizes.blend);
  const [height, width] = way === 'down' ? [blend, bWidth] : [bHeight, blend];
  const [top, left] = way === 'down' ? [aHeight - blend, 0] : [0, aWidth - blend];
  for (let plane = 0; plane < rows * channels; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * aHeight + top + y) * aWidth + left;
      const to = (plane * bHeight + y) * bWidth;
      for (let x = 0; x < width; x++)
        pixel(a.data, from + x, b.data, to + x, (way === 'down' ? y : x) / blend);
    }
  }
}

function emptyPicture(tile: FloatTensor, places: readonly TilePlace[], { scale }: TileSizes): FloatTensor {
  const last = places[places.length - 1];
  const [rows, channels] = tile.shape;
  return floatTensor([rows, channels, (last.top + last.height) * scale, (last.left + last.width) * scale]);
}

/** Calls `visit` for each pixel of a tile that is shown, with its index in the picture and in the tile. */
function eachShown(
  picture: FloatTensor,
  tile: FloatTensor,
  place: TilePlace,
  { scale, kept }: TileSizes,
  visit: (inPicture: number, inTile: number) => void,
): void {
  const [rows, channels, height, width] = picture.shape;
  const [, , tileHeight, tileWidth] = tile.shape;
  const [h, w] = [Math.min(kept, tileHeight), Math.min(kept, tileWidth)];
  for (let plane = 0; plane < rows * channels; plane++) {
    for (let y = 0; y < h; y++) {
      const at = (plane * height + place.top * scale + y) * width + place.left * scale;
      const from = (plane * tileHeight + y) * tileWidth;
      for (let x = 0; x < w; x++) visit(at + x, from + x);
    }
  }
}

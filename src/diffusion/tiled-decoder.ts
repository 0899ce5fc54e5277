/**
 * @file The decoder in tiles, and the way back through it. Tiles at the edges are smaller, so there are up to four shapes, each a
 * program; they work one shape after another, with one program open at a time. As in diffusers, pixels are cut to [0, 1] after the
 * tiles have become a picture.
 */
import { gradient } from '../autodiff/gradient.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { VaeDecoderOptions } from '../models/vae-decoder.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';
import { isStaged, type StagedDecoder, stagedTranspose } from './staged-decoder.ts';
import { addTile, blendTiles, blendTranspose, cutTile, type TilePlace, tilePlaces } from './tile-blend.ts';
import type { TileSizes } from './vae-tiling.ts';

/** What is needed of a decoder. */
export interface TileDecoder extends StagedDecoder {
  readonly tileSizes: TileSizes;
  build(g: GraphBuilder, latents: Node, options: VaeDecoderOptions): Node;
}

/** Pictures `[N, 3, H, W]` of latents `[N, 4, h, w]`. */
export async function decodeInTiles(
  programs: ProgramTable,
  decoder: TileDecoder,
  latents: FloatTensor,
): Promise<FloatTensor> {
  const picture = await blended(programs, decoder, latents);
  const data = picture.data.map((value) => Math.min(1, Math.max(0, value)));
  return floatTensor(picture.shape, data);
}

/** The gradient at the latents of anything whose gradient at their pictures is `cotangent`. Every tile is decoded once more. */
export async function tiledTranspose(
  programs: ProgramTable,
  decoder: TileDecoder,
  latents: FloatTensor,
  cotangent: FloatTensor,
): Promise<FloatTensor> {
  const { data: pixels } = await blended(programs, decoder, latents);
  // A pixel that is cut passes no gradient.
  const passed = cotangent.data.map((value, i) => (pixels[i] >= 0 && pixels[i] <= 1 ? value : 0));
  const places = placesOf(decoder, latents);
  const atTiles = blendTranspose(floatTensor(cotangent.shape, passed), places, decoder.tileSizes);
  const sum = floatTensor(latents.shape);
  for (const i of byShape(places)) {
    const tile = cutTile(latents, places[i]);
    addTile(sum, await tileTranspose(programs, decoder, tile, atTiles[i]), places[i]);
  }
  return sum;
}

/** The picture before its pixels are cut. */
async function blended(
  programs: ProgramTable,
  decoder: TileDecoder,
  latents: FloatTensor,
): Promise<FloatTensor> {
  const places = placesOf(decoder, latents);
  const tiles: FloatTensor[] = [];
  for (const i of byShape(places)) {
    const tile = cutTile(latents, places[i]);
    const program = await programs.get(
      `vae tile ${tile.shape}`,
      (g) => ({ image: decoder.build(g, g.input('latents', tile.shape), { clamp: false }) }),
      { memory: 'low' },
    );
    tiles[i] = (await program.run({ latents: tile })).image;
  }
  return blendTiles(tiles, places, decoder.tileSizes);
}

async function tileTranspose(
  programs: ProgramTable,
  decoder: TileDecoder,
  latents: FloatTensor,
  cotangent: FloatTensor,
): Promise<FloatTensor> {
  if (isStaged(latents.shape))
    return stagedTranspose(programs, decoder, latents, cotangent, { clamp: false });
  const program = await programs.get(
    `vae tile transpose ${latents.shape}`,
    (g) => {
      const input = g.input('latents', latents.shape);
      const image = decoder.build(g, input, { clamp: false });
      const given = g.input('cotangent', cotangent.shape);
      const [result] = gradient(g, [{ node: image, cotangent: given }], [input]);
      return { gradient: result };
    },
    { memory: 'low' },
  );
  return (await program.run({ latents, cotangent })).gradient;
}

function placesOf({ tileSizes }: TileDecoder, { shape: [, , height, width] }: FloatTensor): TilePlace[] {
  return tilePlaces(tileSizes, height, width);
}

/** Indices of the tiles, those of one shape together. */
function byShape(places: readonly TilePlace[]): number[] {
  const groups = new Map<string, number[]>();
  for (const [i, { height, width }] of places.entries()) {
    const key = `${height}x${width}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups.values()].flat();
}

/**
 * @file When the decoder works in tiles, and how large they are: the sizes of diffusers' `AutoencoderKL.tiled_decode`. Tiles take the
 * memory of one tile, whatever the picture's size; each has its own norms, so the pixels differ a little from those of the whole.
 */
import type { VaeConfig } from '../checkpoint/vae-config.ts';
import { DpoError } from '../errors.ts';

/** Whether pictures are decoded in tiles: it changes their pixels. */
export type VaeTiling = 'on' | 'off';

/** `auto` is by the picture's size, and before a run by the memory that there is. */
export type VaeTilingChoice = VaeTiling | 'auto';

export const VAE_TILING_CHOICES: readonly VaeTilingChoice[] = ['auto', 'on', 'off'];

/** The part of a tile that lies over its neighbour. */
const OVERLAP = 0.25;
/** A tile of fewer latents would see too little of the picture. Also what tiny VAEs, which state small samples, are given. */
const LEAST_TILE = 8;
/** From 1.5 times 1024 x 1024 pixels on, `auto` tiles without being asked: the whole would take tens of gigabytes. */
const AUTO_PIXELS = 1.5 * 1024 ** 2;

/** Sizes of tiles along both axes. In latents, but for `blend` and `kept`, which are pixels. */
export interface TileSizes {
  /** Side of a whole tile; those at the right and lower edge are smaller. */
  readonly side: number;
  /** From the start of one tile to that of the next. */
  readonly stride: number;
  /** Pixels of a latent along each axis. */
  readonly scale: number;
  /** Pixels over which a tile fades into the next. */
  readonly blend: number;
  /** Pixels of a tile that are shown; the rest is for the next one to fade from. */
  readonly kept: number;
}

/** How the decoder of `config` is tiled: tiles of the size that it was trained on. */
export function tileSizes({ sampleSize, blockOutChannels }: VaeConfig): TileSizes {
  const scale = 2 ** (blockOutChannels.length - 1);
  // diffusers' tiles do not fit together unless the overlap is a whole number of latents.
  const whole = 1 / OVERLAP;
  const side = Math.max(LEAST_TILE, Math.floor(sampleSize / scale / whole) * whole);
  const stride = side * (1 - OVERLAP);
  return { side, stride, scale, blend: (side - stride) * scale, kept: stride * scale };
}

/**
 * Whether a picture of `width` x `height` pixels is decoded in tiles; one that is no larger than a tile never is.
 * @throws {DpoError} INVALID_OPTION for what is no choice
 */
export function resolveVaeTiling(
  config: VaeConfig,
  { width, height }: { readonly width: number; readonly height: number },
  choice: VaeTilingChoice = 'auto',
): VaeTiling {
  if (!VAE_TILING_CHOICES.includes(choice)) {
    const message = `The VAE tiling must be one of ${VAE_TILING_CHOICES.join(', ')}, got ${JSON.stringify(choice)}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'vaeTiling', value: choice } });
  }
  const { side, scale } = tileSizes(config);
  if (Math.max(width, height) <= side * scale || choice === 'off') return 'off';
  return choice === 'on' || width * height > AUTO_PIXELS ? 'on' : 'off';
}

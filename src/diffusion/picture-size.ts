/** @file Which sizes of pictures a model can paint. */
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { DpoError } from '../errors.ts';

/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

type Networks = Pick<DiffusersFolder, 'unet' | 'vae'>;

/** How many pixels one latent stands for along each axis: 8 in Stable Diffusion. */
export function pixelsPerLatent({ vae }: Networks): number {
  return 2 ** (vae.config.blockOutChannels.length - 1);
}

/**
 * `given`, with the size that the model was trained for where nothing is said.
 * @throws {DpoError} INVALID_OPTION where a side cannot be painted
 */
export function resolvePictureSize(model: Networks, given: Partial<PictureSize>): PictureSize {
  const { config } = model.unet;
  const scale = pixelsPerLatent(model);
  const trained = (config.sampleSize ?? 64) * scale;
  const size = { height: given.height ?? trained, width: given.width ?? trained };
  // The UNet halves the latents at each level but the last.
  const multiple = scale * 2 ** (config.blockOutChannels.length - 1);
  for (const [option, value] of Object.entries(size)) {
    if (Number.isInteger(value) && value >= multiple && value % multiple === 0) continue;
    const message = `The picture's ${option} must be a multiple of ${multiple} pixels, got ${value}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option, value } });
  }
  return size;
}

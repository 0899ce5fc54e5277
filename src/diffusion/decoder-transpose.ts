/** @file The way back through the decoder by itself, for gradients that come as pixels. */
import { gradient } from '../autodiff/gradient.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { ImageDecoder } from './image-decoder.ts';
import type { ProgramTable } from './program-table.ts';
import { isStaged, stagedTranspose } from './staged-decoder.ts';
import { tiledTranspose } from './tiled-decoder.ts';
import type { VaeTiling } from './vae-tiling.ts';

/**
 * The gradient at latents `[N, 4, h, w]` of anything whose gradient at their pictures is `cotangent [N, 3, H, W]`.
 * The decoder runs once more: its intermediate values are not kept from when the pictures were made.
 */
export async function decoderTranspose(
  programs: ProgramTable,
  decoder: ImageDecoder,
  latents: FloatTensor,
  cotangent: FloatTensor,
  tiling: VaeTiling = 'off',
): Promise<FloatTensor> {
  if (tiling === 'on') return tiledTranspose(programs, decoder, latents, cotangent);
  if (isStaged(latents.shape)) return stagedTranspose(programs, decoder, latents, cotangent);
  const program = await programs.get(`vae transpose ${latents.shape}`, (g) => {
    const input = g.input('latents', latents.shape);
    const image = decoder.build(g, input);
    const [result] = gradient(
      g,
      [{ node: image, cotangent: g.input('cotangent', cotangent.shape) }],
      [input],
    );
    return { gradient: result };
  });
  return (await program.run({ latents, cotangent })).gradient;
}

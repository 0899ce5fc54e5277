/** @file What people call a kind of model that its files name by a class. */

const FAMILIES: Readonly<Record<string, string>> = {
  StableDiffusionXLPipeline: 'Stable Diffusion XL',
  StableDiffusion3Pipeline: 'Stable Diffusion 3',
  StableDiffusionXLImg2ImgPipeline: 'Stable Diffusion XL, refiner',
  StableDiffusionXLInpaintPipeline: 'Stable Diffusion XL for inpainting',
  StableDiffusionInpaintPipeline: 'Stable Diffusion for inpainting',
  FluxPipeline: 'Flux',
  PixArtAlphaPipeline: 'PixArt-α',
  clip: 'CLIP (a scorer)',
};

/**
 * @param className the class that `model_index.json` or `config.json` names
 * @param unet the UNet's configuration as read, by which Stable Diffusion 1 and 2 differ
 */
export function modelFamilyName(
  className: string | null,
  unet: Readonly<Record<string, unknown>> | undefined,
): string {
  if (className === null) return 'unknown';
  if (className !== 'StableDiffusionPipeline') return FAMILIES[className] ?? className;
  return unet?.use_linear_projection === true ? 'Stable Diffusion 2.x' : 'Stable Diffusion 1.x';
}

/** @file How a picture is prepared for the scorer: resize, centre crop, normalise (CLIPImageProcessor). */
import { z } from 'zod';
import {
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireSupported,
} from './config-schema.ts';

export interface PreprocessorConfig {
  /** The shorter side after resizing, in pixels, the aspect ratio kept; or both sides, whatever becomes of it. */
  readonly size: number | { readonly height: number; readonly width: number };
  /** What is then cut out of the centre, in pixels. */
  readonly cropSize: { readonly height: number; readonly width: number };
  /** Interpolation, always antialiased. */
  readonly resample: 'bicubic' | 'bilinear';
  /** Per channel (RGB), of pixels in [0, 1]: the network reads `(pixel - mean) / std`. */
  readonly imageMean: readonly [number, number, number];
  readonly imageStd: readonly [number, number, number];
}

// PIL's constants for the filters that we build.
const RESAMPLE_NAMES = { 2: 'bilinear', 3: 'bicubic' } as const;

const REQUIREMENTS: readonly Requirement[] = [
  {
    key: 'image_processor_type',
    accepted: [
      'CLIPImageProcessor',
      'CLIPImageProcessorFast',
      'CLIPImageProcessorPil',
      'CLIPFeatureExtractor',
    ],
  },
  { key: 'feature_extractor_type', accepted: ['CLIPFeatureExtractor'] },
  { key: 'do_resize', accepted: [true] },
  { key: 'do_center_crop', accepted: [true] },
  { key: 'do_rescale', accepted: [true] },
  { key: 'do_normalize', accepted: [true] },
  { key: 'resample', accepted: [2, 3] },
];

// OpenAI's statistics of their training pictures, which every CLIP since has kept.
const CLIP_MEAN: [number, number, number] = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD: [number, number, number] = [0.26862954, 0.26130258, 0.27577711];

/** What CLIP itself does to pictures for a vision tower that reads squares of `imageSize` pixels. */
export function clipPreprocessor(imageSize: number): PreprocessorConfig {
  const cropSize = { height: imageSize, width: imageSize };
  return { size: imageSize, cropSize, resample: 'bicubic', imageMean: CLIP_MEAN, imageStd: CLIP_STD };
}

const rgb = (mean: z.ZodNumber) => z.tuple([mean, mean, mean]);

const sidesSchema = z.object({ height: positiveInteger, width: positiveInteger });

// The sides default to the vision tower's, so a file may leave them out.
const preprocessorSchema = (imageSize: number) =>
  z.object({
    size: z
      .union([positiveInteger, z.object({ shortest_edge: positiveInteger }), sidesSchema], {
        error: 'expected a number, {"shortest_edge": number} or {"height": number, "width": number}',
      })
      .default(imageSize),
    crop_size: z
      .union([positiveInteger, sidesSchema], {
        error: 'expected a number or {"height": number, "width": number}',
      })
      .default(imageSize),
    resample: z.union([z.literal(2), z.literal(3)]).default(3),
    rescale_factor: z
      .number()
      .refine((factor) => Math.abs(factor * 255 - 1) < 1e-6, 'expected 1/255')
      .optional(),
    image_mean: rgb(z.number()).default(CLIP_MEAN),
    image_std: rgb(positiveNumber).default(CLIP_STD),
  });

/** Parses `preprocessor_config.json` of a CLIP model whose vision tower reads squares of `imageSize` pixels. */
export function parsePreprocessorConfig(json: unknown, file: string, imageSize = 224): PreprocessorConfig {
  const object = requireSupported(json, REQUIREMENTS, "scorer's image preparation", file);
  const config = parseConfig(preprocessorSchema(imageSize), object, file);
  const { size, crop_size: crop } = config;
  return {
    size: typeof size === 'object' && 'shortest_edge' in size ? size.shortest_edge : size,
    cropSize: typeof crop === 'number' ? { height: crop, width: crop } : crop,
    resample: RESAMPLE_NAMES[config.resample],
    imageMean: config.image_mean,
    imageStd: config.image_std,
  };
}

/** @file What SDXL's UNet is told of a picture's size: that of the photograph it was cut from, where it was cut, and what was asked for. */
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import { DpoError } from '../errors.ts';

/** Pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels from the left and from the top. */
export interface PixelOffset {
  readonly x: number;
  readonly y: number;
}

/** SDXL's sizes; models of other families have none. They move the style of a picture, not its size. */
export interface SizeConditioning {
  /** The size of the picture before it was cropped for training; a small one asks for a blurred picture. @default the picture's size */
  readonly originalSize?: PixelSize;
  /** Where the crop began; 0, 0 asks for a centred subject. @default 0, 0 */
  readonly cropTopLeft?: PixelOffset;
  /** The size after cropping. @default the picture's size */
  readonly targetSize?: PixelSize;
}

/** More is no size of a picture. */
const MAX_PIXELS = 65_536;

/** As code and the command line call them. */
const OPTIONS = {
  originalSize: 'originalSize (--original-size)',
  cropTopLeft: 'cropTopLeft (--crop-top-left)',
  targetSize: 'targetSize (--target-size)',
} as const;

type OptionKey = keyof typeof OPTIONS;

/** Whether the UNet of `config` reads sizes. */
export function readsSizes({ additionEmbedType }: UnetConfig): boolean {
  return additionEmbedType === 'text_time';
}

/**
 * The given sizes with defaults filled in; nothing for a UNet that reads none.
 * @throws {DpoError} INVALID_OPTION for a size that is none, or that the UNet would not read
 */
export function resolveSizeConditioning(
  config: UnetConfig,
  { width, height }: PixelSize,
  given: SizeConditioning,
): SizeConditioning {
  if (!readsSizes(config)) {
    const unread = (Object.keys(OPTIONS) as OptionKey[]).find((option) => given[option] !== undefined);
    if (unread === undefined) return {};
    const message = `Only Stable Diffusion XL is told of sizes; this model has no use for the option ${OPTIONS[unread]}. Leave it out.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: unread, value: given[unread] } });
  }
  const resolved = {
    originalSize: given.originalSize ?? { width, height },
    cropTopLeft: given.cropTopLeft ?? { x: 0, y: 0 },
    targetSize: given.targetSize ?? { width, height },
  };
  checkPixels('originalSize', resolved.originalSize, ['width', 'height'], 1);
  checkPixels('cropTopLeft', resolved.cropTopLeft, ['x', 'y'], 0);
  checkPixels('targetSize', resolved.targetSize, ['width', 'height'], 1);
  return resolved;
}

/** The six numbers that the UNet reads, heights before widths as in training; undefined for models that read none. */
export function timeIdsOf({
  originalSize,
  cropTopLeft,
  targetSize,
}: SizeConditioning): readonly number[] | undefined {
  if (!originalSize || !cropTopLeft || !targetSize) return undefined;
  return [
    ...[originalSize.height, originalSize.width],
    ...[cropTopLeft.y, cropTopLeft.x],
    ...[targetSize.height, targetSize.width],
  ];
}

function checkPixels<Key extends string>(
  option: OptionKey,
  value: Readonly<Record<Key, number>>,
  keys: readonly Key[],
  min: number,
): void {
  const wrong = keys.find(
    (key) => !(Number.isInteger(value[key]) && value[key] >= min && value[key] <= MAX_PIXELS),
  );
  if (wrong === undefined) return;
  const message = `The option ${OPTIONS[option]} is in pixels, whole numbers from ${min} to ${MAX_PIXELS} each; its ${wrong} is ${value[wrong]}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option, value } });
}

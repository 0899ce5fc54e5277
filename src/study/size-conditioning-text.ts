/** @file The sizes that SDXL is told, in words: for commands, reports and picture files. */
import type { SizeConditioning } from '../diffusion/size-conditioning.ts';

export interface SizeText {
  /** Of the command line. */
  readonly option: 'original-size' | 'crop-top-left' | 'target-size';
  readonly label: string;
  /** As the option's value is written: `1024x1024`, or `0,0` from the left and from the top. */
  readonly text: string;
}

/** One for each size there is; none for models of other families. */
export function sizeConditioningTexts({
  originalSize,
  cropTopLeft,
  targetSize,
}: SizeConditioning): SizeText[] {
  const sizeText = ({ width, height }: NonNullable<typeof originalSize>) => `${width}x${height}`;
  return [
    ...(originalSize
      ? [{ option: 'original-size', label: 'Original size', text: sizeText(originalSize) } as const]
      : []),
    ...(cropTopLeft
      ? [
          {
            option: 'crop-top-left',
            label: 'Crop top left',
            text: `${cropTopLeft.x},${cropTopLeft.y}`,
          } as const,
        ]
      : []),
    ...(targetSize
      ? [{ option: 'target-size', label: 'Target size', text: sizeText(targetSize) } as const]
      : []),
  ];
}

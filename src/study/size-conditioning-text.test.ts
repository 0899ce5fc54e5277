import { expect, it } from 'vitest';
import { sizeConditioningTexts } from './size-conditioning-text.ts';

it('writes the sizes of SDXL as the command line reads them, and none for other models', () => {
  const sizes = {
    originalSize: { width: 1024, height: 768 },
    cropTopLeft: { x: 3, y: 4 },
    targetSize: { width: 512, height: 256 },
  };
  expect(sizeConditioningTexts(sizes).map(({ option, text }) => `--${option} ${text}`)).toEqual([
    '--original-size 1024x768',
    '--crop-top-left 3,4',
    '--target-size 512x256',
  ]);
  expect(sizeConditioningTexts({})).toEqual([]);
});

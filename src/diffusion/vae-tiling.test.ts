import { describe, expect, it } from 'vitest';
import { parseVaeConfig } from '../checkpoint/vae-config.ts';
import { resolveVaeTiling, tileSizes, type VaeTilingChoice } from './vae-tiling.ts';

const vae = (sampleSize: number, levels: number) =>
  parseVaeConfig({ sample_size: sampleSize, block_out_channels: new Array(levels).fill(32) }, 'config.json');

const square = (side: number) => ({ width: side, height: side });

describe('tileSizes()', () => {
  it.each([
    // The released VAEs: Stable Diffusion 1.x, 2.1 and XL.
    [512, 4, { side: 64, stride: 48, scale: 8, blend: 128, kept: 384 }],
    [768, 4, { side: 96, stride: 72, scale: 8, blend: 192, kept: 576 }],
    [1024, 4, { side: 128, stride: 96, scale: 8, blend: 256, kept: 768 }],
    // Tiny ones, and one whose quarter is no whole number of latents.
    [64, 3, { side: 16, stride: 12, scale: 4, blend: 16, kept: 48 }],
    [32, 4, { side: 8, stride: 6, scale: 8, blend: 16, kept: 48 }],
    [100, 3, { side: 24, stride: 18, scale: 4, blend: 24, kept: 72 }],
  ])('of a VAE for %d pixels with %d levels', (sampleSize, levels, expected) => {
    expect(tileSizes(vae(sampleSize, levels))).toEqual(expected);
  });
});

describe('resolveVaeTiling()', () => {
  const sd1 = vae(512, 4);

  it('tiles no picture that is no larger than a tile', () => {
    for (const choice of ['auto', 'on', 'off'] as const)
      expect(resolveVaeTiling(sd1, square(512), choice)).toBe('off');
    expect(resolveVaeTiling(sd1, { width: 512, height: 520 }, 'on')).toBe('on');
  });

  it('tiles by itself from 1.5 times 1024 x 1024 pixels on', () => {
    expect(resolveVaeTiling(sd1, square(1024))).toBe('off');
    expect(resolveVaeTiling(sd1, { width: 1024, height: 1536 })).toBe('off');
    expect(resolveVaeTiling(sd1, { width: 1024, height: 1544 })).toBe('on');
    expect(resolveVaeTiling(sd1, square(2048), 'off')).toBe('off');
    expect(resolveVaeTiling(vae(64, 3), square(128))).toBe('off');
  });

  it('refuses anything else', () => {
    expect(() => resolveVaeTiling(sd1, square(512), 'sometimes' as VaeTilingChoice)).toThrow(
      'The VAE tiling must be one of auto, on, off, got "sometimes".',
    );
  });
});

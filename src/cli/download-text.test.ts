import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { downloadText } from './download-text.ts';

const progress = {
  path: 'unet/diffusion_pytorch_model.safetensors',
  size: 3_400_000_000,
  done: 850_000_000,
  index: 12,
  files: 14,
  bytesPerSecond: 50_000_000,
};

describe('downloadText()', () => {
  test('names the file, how far it is, how fast, and how long it will take', () => {
    expect(downloadText(progress, 140, false)).toBe(
      '█████░░░░░░░░░░░░░░░  25 %  12/14 unet/diffusion_pytorch_model.safetensors  850.0 MB of 3.4 GB  50.0 MB/s  ~0:51 left',
    );
  });

  test('leaves out what does not fit, the name last', () => {
    expect(downloadText(progress, 80, false)).toBe(
      '25 %  12/14 unet/diffusion_pytorch_model.safetensors  850.0 MB of 3.4 GB',
    );
    expect(downloadText(progress, 60, false)).toBe('25 %  12/14 unet/diffusion_pytorch_model.safetensors');
    expect(downloadText(progress, 20, false)).toBe('…h_model.safetensors');
  });

  test('says no speed before there is one', () => {
    expect(downloadText({ ...progress, bytesPerSecond: null }, 140, false)).not.toMatch(/\/s|left/);
    expect(downloadText({ ...progress, size: 0, done: 0, bytesPerSecond: 0 }, 140, false)).toContain('100 %');
  });

  test('is never wider than the terminal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(5e9),
        fc.nat(1e9),
        fc.string(),
        (width, done, speed, path) => {
          const text = downloadText(
            { ...progress, path, done, size: 5e9, bytesPerSecond: speed },
            width,
            false,
          );
          expect(text.length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

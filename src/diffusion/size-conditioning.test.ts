import { afterAll, describe, expect, it } from 'vitest';
import { openRecordedPipeline, SDXL_FOLDER } from '../../tests/diffusion/recorded-pipeline.ts';
import { DpoError } from '../errors.ts';
import { type SizeConditioning, timeIdsOf } from './size-conditioning.ts';

const { pipeline, runs } = await openRecordedPipeline(SDXL_FOLDER);
const sd1 = (await openRecordedPipeline()).pipeline;
afterAll(() => Promise.all([pipeline.release(), sd1.release()]));

describe('the sizes that SDXL is told', () => {
  it('are those of the picture, uncropped, unless given', () => {
    expect(pipeline.settings({ width: 64 })).toMatchObject({
      originalSize: { width: 64, height: 32 },
      cropTopLeft: { x: 0, y: 0 },
      targetSize: { width: 64, height: 32 },
    });
    expect(timeIdsOf(pipeline.settings({ width: 64 }))).toEqual([32, 64, 0, 0, 32, 64]);
  });

  it('are written as in training: height before width, top before left', () => {
    const sizes = {
      originalSize: { width: 1, height: 2 },
      cropTopLeft: { x: 3, y: 4 },
      targetSize: { width: 5, height: 6 },
    };
    expect(pipeline.settings(sizes)).toMatchObject(sizes);
    expect(timeIdsOf(pipeline.settings(sizes))).toEqual([2, 1, 4, 3, 6, 5]);
  });

  it('reach the UNet, a row for each picture of both branches, and change the picture', async () => {
    const requests = [1, 2].map((seed) => ({ prompt: 'a car', seed }));
    const plain = await pipeline.generate(requests, { steps: 1 });
    runs.length = 0;
    const moved = await pipeline.generate(requests, { steps: 1, cropTopLeft: { x: 300, y: 0 } });
    const told = runs.flatMap(({ inputs }) => (inputs.timeIds ? [inputs.timeIds] : []));
    expect(told.map(({ shape }) => shape)).toEqual([[4, 6]]);
    expect([...told[0]!.data]).toEqual(Array.from({ length: 4 }, () => [32, 32, 0, 300, 32, 32]).flat());
    expect(moved).not.toEqual(plain);
  });

  it('do not exist in other families', () => {
    expect(timeIdsOf(sd1.settings())).toBeUndefined();
    expect(Object.keys(sd1.settings())).not.toContain('originalSize');
  });

  it.each<[string, SizeConditioning]>([
    ['originalSize', { originalSize: { width: 64, height: 64 } }],
    ['cropTopLeft', { cropTopLeft: { x: 0, y: 0 } }],
    ['targetSize', { targetSize: { width: 64, height: 64 } }],
  ])('%s is refused where the UNet reads none', (option, sizes) => {
    expect(() => sd1.settings(sizes)).toThrow(DpoError);
    expect(() => sd1.settings(sizes)).toThrow(
      `Only Stable Diffusion XL is told of sizes; this model has no use for the option ${option} (--`,
    );
  });

  it.each<[SizeConditioning, string]>([
    [
      { originalSize: { width: 0, height: 64 } },
      'option originalSize (--original-size) is in pixels, whole numbers from 1 to 65536 each; its width is 0.',
    ],
    [{ targetSize: { width: 64, height: 1.5 } }, 'its height is 1.5.'],
    [
      { cropTopLeft: { x: 0, y: -1 } },
      'option cropTopLeft (--crop-top-left) is in pixels, whole numbers from 0 to 65536 each; its y is -1.',
    ],
    [{ cropTopLeft: { x: Number.NaN, y: 0 } }, 'its x is NaN.'],
  ])('%j are refused', (sizes, message) => {
    expect(() => pipeline.settings(sizes)).toThrow(message);
    expect(() => pipeline.settings(sizes)).toThrow(DpoError);
  });
});

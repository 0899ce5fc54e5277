import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SD1_FOLDER } from '../../tests/diffusion/recorded-pipeline.ts';
import { EMBEDDED_MODEL, loadPipeline } from './load-pipeline.ts';

describe('loading a pipeline', () => {
  it('takes the embedded model unless another is given, with the scorer in its folder', async () => {
    const { model, scorer } = await loadPipeline();
    expect(model.dir).toBe(EMBEDDED_MODEL);
    expect(scorer.name).toBe('scorer');
    expect((await loadPipeline({ model: SD1_FOLDER })).model.name).toBe('sd1');
  });

  it('takes the scorer of another folder', async () => {
    const pipeline = await loadPipeline({
      model: SD1_FOLDER,
      scorer: join(EMBEDDED_MODEL, 'scorer'),
      threads: 1,
    });
    const images = await pipeline.generate([{ prompt: 'a car', seed: 1 }], { steps: 1 });
    expect(await pipeline.score(images, 'a car')).toEqual([expect.any(Number)]);
    await pipeline.release();
  });

  it('says what to do where a model has no scorer', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'no-scorer-'));
    const isScorer = (path: string) => path.startsWith(join(SD1_FOLDER, 'scorer'));
    await cp(SD1_FOLDER, dir, { recursive: true, filter: (path) => !isScorer(path) });
    await expect(loadPipeline({ model: dir })).rejects.toMatchObject({ code: 'INVALID_CHECKPOINT' });
    await expect(loadPipeline({ model: dir })).rejects.toThrow(/has no folder "scorer"; .* --scorer DIR/);
    expect((await loadPipeline({ model: dir, scorer: join(SD1_FOLDER, 'scorer') })).model.dir).toBe(dir);
    await rm(dir, { recursive: true });
  });

  it('opens a model in one file, with the configuration and the scorer of a folder', async () => {
    const file = join(SD1_FOLDER, 'single_file.safetensors');
    const { model, scorer } = await loadPipeline({ model: file, pipelineConfig: SD1_FOLDER });
    expect(model).toMatchObject({ name: 'single_file', dir: file });
    expect(scorer.name).toBe('scorer');
    await expect(loadPipeline({ model: file })).rejects.toThrow('--pipeline-config DIR');
    await expect(loadPipeline({ model: SD1_FOLDER, pipelineConfig: SD1_FOLDER })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });

  it('takes what the UNet predicts from the options before the files', async () => {
    const { model } = await loadPipeline({ model: SD1_FOLDER, predictionType: 'v_prediction' });
    expect(model.scheduler.predictionType).toBe('v_prediction');
  });

  it('refuses what it cannot load or run on, in sentences', async () => {
    await expect(loadPipeline({ model: '/nowhere' })).rejects.toMatchObject({ name: 'DpoError' });
    await expect(loadPipeline({ model: '/nowhere' })).rejects.toThrow('/nowhere');
    await expect(loadPipeline({ scorer: SD1_FOLDER })).rejects.toMatchObject({ name: 'DpoError' });
    await expect(loadPipeline({ device: 'directml' })).rejects.toMatchObject({
      code: process.platform === 'win32' ? undefined : 'DEVICE_UNAVAILABLE',
    });
  });
});

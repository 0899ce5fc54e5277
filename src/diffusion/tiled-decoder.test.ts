import { afterAll, describe, expect, it } from 'vitest';
import { openRecordedPipeline } from '../../tests/diffusion/recorded-pipeline.ts';
import { relativeError } from '../../tests/models/run-graph.ts';
import { loadPipeline } from '../study/load-pipeline.ts';
import { stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { combineConditionings } from './conditioning.ts';
import type { Pipeline } from './pipeline.ts';
import { ProgramTable } from './program-table.ts';
import { shortcutGradient } from './shortcut-gradient.ts';

const pocket = await loadPipeline({ threads: 1 });
const low = await loadPipeline({ threads: 1, memory: 'low' });
const { pipeline: sd1, runs } = await openRecordedPipeline();
afterAll(() => Promise.all([pocket, low, sd1].map((pipeline) => pipeline.release())));

const PROMPT = 'a red cat';
const PIPELINES = [
  ['pocket', pocket, 20, 28],
  ['sd1', sd1, 28, 17],
] as const;

const noise = (shape: readonly number[], seed = 5) => new TorchGenerator(seed).randn(shape);

/** A plane of pixels: rows of numbers. */
type Plane = number[][];

/** diffusers' algorithm written anew, on rows of numbers, with a decoder of whole latents for each tile. */
async function reference({ decoder, model }: Pipeline, latents: FloatTensor): Promise<number[]> {
  const { sampleSize, blockOutChannels } = model.vae.config;
  const scale = 2 ** (blockOutChannels.length - 1);
  const tileLatent = sampleSize / scale;
  const step = Math.floor(tileLatent * 0.75);
  const extent = Math.floor(sampleSize * 0.25);
  const limit = sampleSize - extent;
  const [, , height, width] = latents.shape;
  const rows: Plane[][][] = [];
  for (let top = 0; top < height; top += step) {
    const row: Plane[][] = [];
    for (let left = 0; left < width; left += step) {
      const planes = planesOf(latents).map((plane) =>
        plane.slice(top, top + tileLatent).map((line) => line.slice(left, left + tileLatent)),
      );
      row.push(await decodeUnclamped(decoder, planes));
    }
    rows.push(row);
  }
  const out: Plane = [[], [], []].map(() => []);
  const shown = rows.map((row, i) =>
    row.map((tile, j) => {
      if (i > 0) for (const c of [0, 1, 2]) blendDown(rows[i - 1][j][c], tile[c], extent);
      if (j > 0) for (const c of [0, 1, 2]) blendRight(row[j - 1][c], tile[c], extent);
      return tile.map((plane) => plane.slice(0, limit).map((line) => line.slice(0, limit)));
    }),
  );
  for (const c of [0, 1, 2]) {
    for (const row of shown)
      for (const y of row[0][c].keys()) out[c].push(...row.flatMap((tile) => tile[c][y]));
  }
  return out.flat().map((value) => Math.min(1, Math.max(0, value)));
}

function blendDown(a: Plane, b: Plane, extent: number): void {
  const count = Math.min(a.length, b.length, extent);
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < b[y].length; x++)
      b[y][x] = a[a.length - count + y][x] * (1 - y / count) + b[y][x] * (y / count);
  }
}

function blendRight(a: Plane, b: Plane, extent: number): void {
  const count = Math.min(a[0].length, b[0].length, extent);
  for (const [y, line] of b.entries()) {
    for (let x = 0; x < count; x++)
      line[x] = a[y][a[y].length - count + x] * (1 - x / count) + line[x] * (x / count);
  }
}

function planesOf({ shape: [, channels, height, width], data }: FloatTensor): Plane[] {
  return Array.from({ length: channels }, (_, c) =>
    Array.from({ length: height }, (_, y) => [
      ...data.slice((c * height + y) * width, (c * height + y + 1) * width),
    ]),
  );
}

async function decodeUnclamped(decoder: Pipeline['decoder'], planes: Plane[]): Promise<Plane[]> {
  const latents = floatTensor([1, planes.length, planes[0].length, planes[0][0].length], planes.flat(2));
  const { createOrtExecutor } = await import('../runtime/onnxruntime/ort-executor.ts');
  const executor = createOrtExecutor({ threads: 1 });
  const program = await new ProgramTable(executor).get('tile', (g) => ({
    image: decoder.build(g, g.input('latents', latents.shape), { clamp: false }),
  }));
  const { image } = await program.run({ latents });
  await executor.release();
  return planesOf(image);
}

describe.each(PIPELINES)('the decoder in tiles, %s', (_, pipeline, height, width) => {
  const { decoder } = pipeline;

  it('is the decoder itself where one tile holds everything', async () => {
    // A tile's stride: with more, a second one begins, though the first holds it all.
    const { stride } = decoder.tileSizes;
    const latents = noise([2, 4, stride, stride - 1]);
    const [whole, tiled] = [await decoder.decode(latents), await decoder.decode(latents, 'on')];
    expect(relativeError(tiled, whole)).toBeLessThan(1e-6);
  });

  it("is diffusers' algorithm", async () => {
    const latents = noise([1, 4, height, width]);
    const { shape, data } = await decoder.decode(latents, 'on');
    const { scale } = decoder.tileSizes;
    expect(shape).toEqual([1, 3, height * scale, width * scale]);
    const expected = floatTensor(shape, await reference(pipeline, latents));
    expect(relativeError(floatTensor(shape, data), expected)).toBeLessThan(1e-6);
    expect(relativeError(floatTensor(shape, data), await decoder.decode(latents))).toBeGreaterThan(1e-4);
  });

  it('decodes several pictures as one by one', async () => {
    const latents = noise([2, 4, height, width]);
    const both = await decoder.decode(latents, 'on');
    for (const i of [0, 1]) {
      const size = latents.data.length / 2;
      const one = floatTensor([1, 4, height, width], latents.data.slice(i * size, (i + 1) * size));
      const alone = await decoder.decode(one, 'on');
      const rest = both.data.slice(i * alone.data.length, (i + 1) * alone.data.length);
      expect(relativeError(floatTensor(alone.shape, rest), alone)).toBeLessThan(1e-5);
    }
  });

  it('has the gradient that small steps say', async () => {
    const latents = noise([1, 4, height, width]);
    const target = PROMPT;
    const { losses, gradient } = await pipeline.scorer.latentLosses(decoder, latents, target, {
      tiling: 'on',
    });
    const at = async (step: number) => {
      const moved = floatTensor(
        latents.shape,
        latents.data.map((value, i) => value + step * gradient.data[i]),
      );
      return (await pipeline.scorer.losses(await decoder.decode(moved, 'on'), target)).losses[0];
    };
    expect(await at(0)).toBeCloseTo(losses[0], 5);
    const slope = gradient.data.reduce((sum, value) => sum + value * value, 0);
    const step = 0.02 / Math.sqrt(slope);
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs(measured / slope - 1)).toBeLessThan(0.02);
  });
});

describe('the gradient at latents in programs apart', () => {
  it('is that of one program, and takes part in low memory alone', async () => {
    const latents = noise([1, 4, 16, 16]);
    const fused = await pocket.scorer.latentLosses(pocket.decoder, latents, PROMPT);
    const apart = await pocket.scorer.latentLosses(pocket.decoder, latents, PROMPT, { apart: true });
    expect(apart.losses[0]).toBeCloseTo(fused.losses[0], 6);
    expect(relativeError(apart.gradient, fused.gradient)).toBeLessThan(1e-5);
  });

  it('gives the shortcut gradient that one program gives', async () => {
    const [one, other] = [await shortcut(pocket, {}), await shortcut(low, {})];
    expect(other.loss).toBeCloseTo(one.loss, 5);
    expect(relativeError(other.gradients.negative!.context, one.gradients.negative!.context)).toBeLessThan(
      1e-4,
    );
  });
});

describe('sampling with tiles', () => {
  it('makes pictures and text gradients of a size of its own', async () => {
    const options = { width: 96, height: 112, vaeTiling: 'on', steps: 2 } as const;
    const image = await pocket.generate([{ prompt: PROMPT, seed: 0 }], options);
    const whole = await pocket.generate([{ prompt: PROMPT, seed: 0 }], { ...options, vaeTiling: 'off' });
    expect(image.shape).toEqual([1, 3, 112, 96]);
    const error = relativeError(image, whole);
    expect(error).toBeGreaterThan(1e-6);
    expect(error).toBeLessThan(0.2);
    const { gradients, loss } = await shortcut(pocket, options);
    expect(Number.isFinite(loss)).toBe(true);
    expect(Math.hypot(...gradients.negative!.context.data)).toBeGreaterThan(0);
  });

  it('runs no program of the whole picture', async () => {
    runs.length = 0;
    const settings = { width: 64, height: 48, vaeTiling: 'on', steps: 1 } as const;
    await shortcut(sd1, settings);
    const latents = runs.flatMap(({ inputs }) => (inputs.latents ? [inputs.latents.shape] : []));
    expect(latents.length).toBeGreaterThan(0);
    for (const [, , height, width] of latents) expect(Math.max(height, width)).toBeLessThanOrEqual(16);
  });
});

async function shortcut(pipeline: Pipeline, options: Parameters<Pipeline['settings']>[0]) {
  const settings = pipeline.settings({ steps: 2, ...options });
  const [positive, negative] = await Promise.all(
    [PROMPT, 'dog'].map(async (text) => combineConditionings([await pipeline.text.encode(text)], stack)),
  );
  const { latents } = pipeline.initialLatents(1, settings);
  return shortcutGradient(pipeline, {
    state: { latents, positive, negative },
    settings,
    stepIndex: settings.steps - 1,
    searched: ['negative'],
    target: PROMPT,
  });
}

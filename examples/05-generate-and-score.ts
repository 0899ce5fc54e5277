/** @file Samples pictures, scores them and writes them as PNG. Run: `npx tsx examples/05-generate-and-score.ts` */
import { mkdirSync, writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
// In a project of your own: import { loadPipeline } from 'dpo-diff';
import { type FloatTensor, loadPipeline } from '../src/index.ts';

const FOLDER = 'runs/example-05';
const prompt = 'a red cat and a blue car';
const steps = process.argv.includes('--quick') ? 4 : 20;

const pipeline = await loadPipeline();
const requests = ['', 'dog, house'].map((negativePrompt) => ({ prompt, negativePrompt, seed: 0 }));
const images = await pipeline.generate(requests, { steps, guidanceScale: 7.5 });
const losses = await pipeline.score(images, prompt);

mkdirSync(FOLDER, { recursive: true });
for (const [i, { negativePrompt }] of requests.entries()) {
  const path = `${FOLDER}/${i}.png`;
  writeFileSync(path, pngOf(images, i));
  console.log(`${path}: negative prompt "${negativePrompt}", spherical loss ${losses[i].toFixed(3)}`);
}
await pipeline.release();

/** Picture number `index` of `[N, 3, H, W]` in [0, 1]: a PNG file wants the three colours of a pixel side by side. */
function pngOf({ shape, data }: FloatTensor, index: number): Uint8Array {
  const [, channels, height, width] = shape;
  const pixels = height * width;
  const bytes = Uint8Array.from({ length: channels * pixels }, (_, i) => {
    const value = data[(index * channels + (i % channels)) * pixels + Math.floor(i / channels)];
    return Math.round(255 * value);
  });
  return encode({ width, height, channels, data: bytes });
}

/** @file Judges pictures by rules of one's own, with and without a gradient. Run: `npx tsx examples/07-your-own-scorer.ts` */
import { fileURLToPath } from 'node:url';
// In a project of your own: import { improve, loadPipeline, type Scorer } from 'dpo-diff';
import { floatTensor, improve, loadPipeline, type Scorer, type StudyOptions } from '../src/index.ts';

const prompt = 'a red cat and a blue car';
const quick: StudyOptions = {
  steps: 4,
  budget: 4,
  seeds: [0],
  heldOutSeeds: [],
  gradient: { iterations: 2 },
};
const options = process.argv.includes('--quick') ? quick : { steps: 20 };

// A name and losses are enough. Pictures are [N, 3, H, W] in [0, 1], red first; lower is better.
const greenPixels: Scorer = {
  name: 'green pixels',
  losses: async ({ shape, data }) => {
    const pixels = shape[2] * shape[3];
    return Array.from({ length: shape[0] }, (_, picture) => {
      const [red, green, blue] = [0, 1, 2].map((c) =>
        data.subarray((3 * picture + c) * pixels).slice(0, pixels),
      );
      return green.filter((value, i) => value > red[i] && value > blue[i]).length / pixels;
    });
  },
};
// With a gradient at the pixels, gradient search can follow it too.
const greenLight: Scorer = {
  name: 'green light',
  losses: async (images) => (await greenLight.gradient!(images, prompt)).losses,
  gradient: async ({ shape, data }) => {
    const pixels = shape[2] * shape[3];
    const weights = data.map((_, i) => (Math.floor(i / pixels) % 3 === 1 ? 1 / pixels : 0));
    const losses = new Float64Array(shape[0]);
    for (const [i, value] of data.entries()) losses[Math.floor(i / (3 * pixels))] += weights[i] * value;
    return { losses, gradient: floatTensor(shape, weights) };
  },
};

const clip = fileURLToPath(new URL('../pocket/model/scorer', import.meta.url));
const scorers = [clip, { scorer: greenLight, weight: 0.5 }];
const pipeline = await loadPipeline({ scorer: scorers, heldOutScorer: greenPixels });
console.log(`scored by: ${pipeline.scorer.name}`);
const { original, best } = await improve(pipeline, prompt, options).result();
for (const [i, { scorer, loss }] of original.scorers!.entries())
  console.log(`${scorer}: ${loss.toFixed(3)} → ${best.scorers![i].loss.toFixed(3)}`);
const [before, after] = [original, best].map(({ heldOutScorer }) => heldOutScorer?.loss?.toFixed(3));
console.log(`green pixels, never seen by the search: ${before} → ${after}`);

const blind = await loadPipeline({ scorer: greenPixels });
try {
  improve(blind, prompt, options);
} catch (error) {
  console.log((error as Error).message);
}
const found = await improve(blind, prompt, { ...options, method: 'evolution' }).result();
console.log(`evolution found "${found.best.negativePrompt}": loss ${found.best.loss?.toFixed(3)}`);
await Promise.all([pipeline.release(), blind.release()]);

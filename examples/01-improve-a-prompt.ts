/** @file Finds a negative prompt for one prompt and says what it does. Run: `npx tsx examples/01-improve-a-prompt.ts` */
// In a project of your own: import { improve, loadPipeline } from 'dpo-diff';
import { improve, loadPipeline, type StudyOptions } from '../src/index.ts';

// A few steps and candidates show that it runs, not that it helps.
const quick: StudyOptions = {
  steps: 4,
  budget: 4,
  seeds: [0],
  heldOutSeeds: [1, 2],
  gradient: { iterations: 2 },
};
const full: StudyOptions = { steps: 20 };
const options = process.argv.includes('--quick') ? quick : full;

const pipeline = await loadPipeline();
const { original, best, summary } = await improve(pipeline, 'a red cat and a blue car', options).result();

console.log(`without a negative prompt: loss ${original.loss?.toFixed(3)}`);
console.log(`with "${best.negativePrompt}": loss ${best.loss?.toFixed(3)}`);
console.log(summary);
await pipeline.release();

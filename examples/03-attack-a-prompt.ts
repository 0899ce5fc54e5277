/** @file Finds a paraphrase that the model misunderstands. Run: `npx tsx examples/03-attack-a-prompt.ts` */
// In a project of your own: import { attack, loadPipeline } from 'dpo-diff';
import { attack, loadPipeline, type StudyOptions } from '../src/index.ts';

const quick: StudyOptions = {
  steps: 4,
  budget: 4,
  seeds: [0],
  heldOutSeeds: [],
  gradient: { iterations: 2 },
};
const full: StudyOptions = { steps: 20 };
const options = process.argv.includes('--quick') ? quick : full;

const pipeline = await loadPipeline();
// Prompts less similar than this are rejected before anything is sampled for them.
const study = attack(pipeline, 'a red cat and a blue car', { ...options, minSimilarity: 0.5 });
const { original, best } = await study.result();

console.log(`"${original.prompt}": loss ${original.loss?.toFixed(3)}`);
console.log(`"${best.prompt}": loss ${best.loss?.toFixed(3)}, similarity ${best.similarity?.toFixed(3)}`);
await pipeline.release();

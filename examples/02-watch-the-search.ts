/** @file Follows a search event by event, and ends it early. Run: `npx tsx examples/02-watch-the-search.ts` */
// In a project of your own: import { improve, loadPipeline } from 'dpo-diff';
import { improve, loadPipeline, type StudyOptions } from '../src/index.ts';

const quick: StudyOptions = { steps: 4, budget: 6, seeds: [0], gradient: { iterations: 2 } };
const full: StudyOptions = { steps: 20 };
const options = process.argv.includes('--quick') ? quick : full;
const ENOUGH = process.argv.includes('--quick') ? 3 : 15;

const pipeline = await loadPipeline();
const controller = new AbortController();
const study = improve(pipeline, 'a red cat and a blue car', { ...options, signal: controller.signal });

for await (const event of study) {
  switch (event.type) {
    case 'started':
      for (const choices of event.choices) console.log(`slot: ${choices.slice(1).join(', ')}, or nothing`);
      break;
    case 'gradient':
      console.log(`gradient ${event.iteration} at step ${event.stepIndex}: loss ${event.loss?.toFixed(3)}`);
      break;
    case 'candidate':
      console.log(
        `${event.improved ? '*' : ' '} ${event.loss?.toFixed(3) ?? event.invalid} "${event.negativePrompt}"`,
      );
      // Stopping is no error: the best so far is the result.
      if (event.index + 1 >= ENOUGH) controller.abort();
      break;
    case 'finished':
      console.log(`stopped by ${event.result.stoppedBy} after ${event.result.evaluations} evaluations`);
      break;
    default:
      break;
  }
}
await pipeline.release();

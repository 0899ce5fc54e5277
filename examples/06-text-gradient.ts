/**
 * @file Asks the shortcut text gradient which words of a negative prompt would lower the loss, without sampling a picture to its end.
 * Run: `npx tsx examples/06-text-gradient.ts`
 */
// In a project of your own: import { floatTensor, loadPipeline, mapConditioning, shortcutGradient } from 'dpo-diff';
import {
  type Conditioning,
  floatTensor,
  loadPipeline,
  mapConditioning,
  shortcutGradient,
} from '../src/index.ts';

const prompt = 'a red cat and a blue car';
const words = ['', 'dog', 'house', 'green', 'yellow'];
const steps = process.argv.includes('--quick') ? 4 : 20;

const pipeline = await loadPipeline();
const settings = pipeline.settings({ steps });

// One slot in which every word, the empty one too, stands with the same probability.
const probabilities = [words.map(() => 1 / words.length)];
// The prompt is described in tokens, once for each text encoder of the model.
const relaxed = pipeline.text.relax(
  (tokenizer) => ({
    pieces: [{ kind: 'slot', choices: words.map((word) => tokenizer.encode(word)) }],
    separator: tokenizer.encode(','),
    special: { bos: tokenizer.bosTokenId, eos: tokenizer.eosTokenId, pad: tokenizer.padTokenId },
    length: tokenizer.maxLength,
  }),
  'negative',
);

const positive = await pipeline.text.encode(prompt);
const negative = await pipeline.text.encodeRelaxed(relaxed, probabilities);
const batched = (conditioning: Conditioning) =>
  mapConditioning(conditioning, ({ shape, data }) => floatTensor([1, ...shape], data));
const { loss, gradients } = await shortcutGradient(pipeline, {
  state: {
    latents: pipeline.initialLatents(0, settings).latents,
    positive: batched(positive),
    negative: batched(negative),
  },
  settings,
  stepIndex: Math.floor(0.4 * steps),
  searched: ['negative'],
  target: prompt,
});

// Back through the text encoder to the probabilities.
const [gradient] = await pipeline.text.relaxedTranspose(relaxed, probabilities, gradients.negative!);
console.log(`loss of the mixture: ${loss.toFixed(3)}`);
for (const [i, word] of words.entries()) {
  console.log(`${gradient[i].toFixed(3).padStart(7)}  ${word || '(no word)'}`);
}
await pipeline.release();

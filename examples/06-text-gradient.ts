/**
 * @file Asks the shortcut text gradient which words of a negative prompt would lower the loss, without sampling a picture to its end.
 * Run: `npx tsx examples/06-text-gradient.ts`
 */
// In a project of your own: import { loadPipeline, RelaxedPrompt, shortcutGradient } from 'dpo-diff';
import { loadPipeline, RelaxedPrompt, shortcutGradient } from '../src/index.ts';

const prompt = 'a red cat and a blue car';
const words = ['', 'dog', 'house', 'green', 'yellow'];
const steps = process.argv.includes('--quick') ? 4 : 20;

const pipeline = await loadPipeline();
const { tokenizer } = pipeline.model;
const settings = pipeline.settings({ steps });

// One slot in which every word, the empty one too, stands with the same probability.
const probabilities = [words.map(() => 1 / words.length)];
const relaxed = new RelaxedPrompt({
  pieces: [{ kind: 'slot', choices: words.map((word) => tokenizer.encode(word)) }],
  separator: tokenizer.encode(','),
  special: { bos: tokenizer.bosTokenId, eos: tokenizer.eosTokenId, pad: tokenizer.padTokenId },
  length: tokenizer.maxLength,
});
const mixture = relaxed.mixture(probabilities);

const positive = await pipeline.text.encode(prompt);
const negative = await pipeline.text.encodeRelaxed(relaxed.tokens, mixture);
const batched = (context: typeof positive) => ({ ...context, shape: [1, ...context.shape] });
const { loss, contexts } = await shortcutGradient(pipeline, {
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

// Back through the text encoder, then to the probabilities.
const toMixture = await pipeline.text.relaxedTranspose(relaxed.tokens, mixture, contexts.negative!);
const [gradient] = relaxed.transpose(probabilities, toMixture.data);
console.log(`loss of the mixture: ${loss.toFixed(3)}`);
for (const [i, word] of words.entries()) {
  console.log(`${gradient[i].toFixed(3).padStart(7)}  ${word || '(no word)'}`);
}
await pipeline.release();

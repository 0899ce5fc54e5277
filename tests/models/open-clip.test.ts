/** @file A CLIP model under OpenCLIP's names gives the embeddings that it gives under Hugging Face's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openClipWeights } from '../../src/checkpoint/open-clip-keys.ts';
import { writeSafetensors } from '../../src/checkpoint/safetensors.ts';
import { openWeights } from '../../src/checkpoint/weight-source.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../../src/models/clip-scorer.ts';
import type { WeightSource } from '../../src/tensor/stored-tensor.ts';
import { intTensor } from '../../src/tensor/tensor.ts';
import { inOpenClip } from './in-open-clip.ts';
import { relativeError, runGraph } from './run-graph.ts';
import { openSd1Fixture } from './sd1-fixture.ts';

const { scorer, known, knownIds } = await openSd1Fixture();
const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-open-clip-'));
afterAll(() => rm(dir, { recursive: true }));

const path = join(dir, 'open_clip_model.safetensors');
await writeSafetensors(path, await inOpenClip(scorer.weights));
const view = openClipWeights(await openWeights(path));

test('text and image embeddings are those of the Hugging Face layout', async () => {
  const ids = knownIds('ids.prompt');
  const eosIndex = intTensor([1], [ids.data.indexOf(scorer.config.text.eosTokenId)]);
  const text = await runGraph({ ids, eosIndex }, (g, nodes) =>
    clipTextEmbedding(g, view, scorer.config, nodes),
  );
  expect(relativeError(text, known('scorer.text'))).toBeLessThan(1e-4);
  const pixels = known('image');
  const embed = (weights: WeightSource) =>
    runGraph({ pixels }, (g, nodes) => clipImageEmbedding(g, weights, scorer.config, nodes.pixels));
  expect(relativeError(await embed(view), await embed(scorer.weights))).toBeLessThan(1e-6);
});

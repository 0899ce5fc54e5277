/** @file The networks against PyTorch's values for a tiny Stable Diffusion 1.x pipeline with random weights. */
import { describe, expect, test } from 'vitest';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import { openSd1Fixture, rowsOf, stacked } from '../../tests/models/sd1-fixture.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { clipImageEmbedding, clipTextEmbedding } from './clip-scorer.ts';
import { preprocessImage } from './preprocess-image.ts';
import { sphericalLoss } from './spherical-loss.ts';
import { textTower, tokenEmbeddings } from './text-encoder.ts';
import { unet } from './unet.ts';
import { type VaeDecoderOptions, vaeDecoder } from './vae-decoder.ts';

const TOLERANCE = 1e-4;
const { model, scorer, known, knownIds } = await openSd1Fixture();

const encode = (ids: Tensor) =>
  runGraph({ ids }, (g, nodes) => {
    const { weights, config } = model.textEncoder;
    return textTower(g, weights, config, tokenEmbeddings(g, weights, config, nodes.ids));
  });

const predict = (inputs: { sample: Tensor; timestep: Tensor; context: Tensor }) =>
  runGraph(inputs, (g, nodes) => unet(g, model.unet.weights, model.unet.config, nodes));

const decode = (latents: Tensor, options?: VaeDecoderOptions) =>
  runGraph({ latents }, (g, nodes) =>
    vaeDecoder(g, model.vae.weights, model.vae.config, nodes.latents, options),
  );

function embedImage(g: GraphBuilder, image: Node): Node {
  const pixels = preprocessImage(g, scorer.preprocessor, image);
  return clipImageEmbedding(g, scorer.weights, scorer.config, pixels);
}

describe('parity with PyTorch', () => {
  test.each(['prompt', 'negative'])('textTower() gives the context of the %s', async (name) => {
    const context = await encode(knownIds(`ids.${name}`));
    expect(relativeError(context, known(`context.${name}`))).toBeLessThan(TOLERANCE);
  });

  test('unet() gives the prediction at t = 500', async () => {
    const prediction = await predict({
      sample: known('latents.initial'),
      timestep: floatTensor([1], [500]),
      context: known('context.prompt'),
    });
    expect(relativeError(prediction, known('unet.t500'))).toBeLessThan(TOLERANCE);
  });

  test('unet() treats the rows of a batch apart, each with its timestep', async () => {
    const sample = known('latents.initial');
    const [prompt, negative] = [known('context.prompt'), known('context.negative')];
    const both = await predict({
      sample: stacked(sample, sample),
      timestep: floatTensor([2], [1, 500]),
      context: stacked(negative, prompt),
    });
    const first = await predict({ sample, timestep: floatTensor([1], [1]), context: negative });
    expect(relativeError(both, stacked(first, known('unet.t500')))).toBeLessThan(TOLERANCE);
  });

  test('vaeDecoder() gives the image of the last latents', async () => {
    const latents = rowsOf(known('latents.trajectory'), 10, 11);
    expect(relativeError(await decode(latents), known('image'))).toBeLessThan(TOLERANCE);
  });

  test('vaeDecoder() without clamping goes beyond [0, 1] and agrees inside', async () => {
    const latents = rowsOf(known('latents.trajectory'), 10, 11);
    const image = await decode(latents, { clamp: false });
    expect(image.data.some((value) => value < 0 || value > 1)).toBe(true);
    const clamped = image.data.map((value) => Math.min(Math.max(value, 0), 1));
    expect(relativeError(floatTensor(image.shape, clamped), known('image'))).toBeLessThan(TOLERANCE);
  });

  test('clipTextEmbedding() gives the prompt embedding', async () => {
    const ids = knownIds('ids.prompt');
    const eosIndex = intTensor([1], [ids.data.indexOf(scorer.config.text.eosTokenId)]);
    const embedding = await runGraph({ ids, eosIndex }, (g, nodes) =>
      clipTextEmbedding(g, scorer.weights, scorer.config, nodes),
    );
    expect(relativeError(embedding, known('scorer.text'))).toBeLessThan(TOLERANCE);
  });

  test('clipImageEmbedding() gives the image embedding', async () => {
    const embedding = await runGraph({ image: known('image') }, (g, { image }) => embedImage(g, image));
    expect(relativeError(embedding, known('scorer.image'))).toBeLessThan(TOLERANCE);
  });

  test('sphericalLoss() gives the loss', async () => {
    const inputs = { image: known('scorer.image'), text: known('scorer.text') };
    const loss = await runGraph(inputs, (g, { image, text }) => sphericalLoss(g, image, text));
    expect(relativeError(loss, known('loss'))).toBeLessThan(TOLERANCE);
  });

  // The estimates decode to pixels outside of [0, 1] too, so this also says that PyTorch's gradient saw a clamped image.
  test.each(['i3.k1', 'i5.k1', 'i5.k2', 'i4.k3', 'i0.k10'])(
    'decoder, scorer and loss in one graph score the estimate of the shortcut gradient %s',
    async (name) => {
      const inputs = { estimate: known(`grad.${name}.x0`), text: known('scorer.text') };
      const loss = await runGraph(inputs, (g, { estimate, text }) => {
        const image = vaeDecoder(g, model.vae.weights, model.vae.config, estimate);
        return sphericalLoss(g, embedImage(g, image), text);
      });
      expect(relativeError(loss, known(`grad.${name}.loss`))).toBeLessThan(TOLERANCE);
    },
  );
});

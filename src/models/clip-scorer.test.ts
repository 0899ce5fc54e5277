import { expect, test } from 'vitest';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import { openSd1Fixture, rowsOf, stacked } from '../../tests/models/sd1-fixture.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { type IntTensor, intTensor } from '../tensor/tensor.ts';
import { clipImageEmbedding, clipTextEmbedding } from './clip-scorer.ts';

const { scorer, known, knownIds } = await openSd1Fixture();
const { config, weights } = scorer;

const embed = (ids: IntTensor, eosIndex: IntTensor) =>
  runGraph({ ids, eosIndex }, (g, nodes) => clipTextEmbedding(g, weights, config, nodes));

test('clipTextEmbedding() pools each prompt of a batch at its own end', async () => {
  const [prompt, negative] = [knownIds('ids.prompt'), knownIds('ids.negative')];
  const endOf = (ids: IntTensor) => ids.data.indexOf(config.text.eosTokenId);
  expect(endOf(prompt)).not.toBe(endOf(negative));
  const both = await embed(
    intTensor([2, 77], [...negative.data, ...prompt.data]),
    intTensor([2], [endOf(negative), endOf(prompt)]),
  );
  const alone = await embed(negative, intTensor([1], [endOf(negative)]));
  expect(relativeError(both, stacked(alone, known('scorer.text')))).toBeLessThan(1e-4);
});

test('clipImageEmbedding() treats the pictures of a batch apart', async () => {
  const pixels = stacked(known('image'), known('image'));
  pixels.data.fill(0.25, 0, pixels.data.length / 2);
  const image = (input: typeof pixels) =>
    runGraph({ input }, (g, nodes) => clipImageEmbedding(g, weights, config, nodes.input));
  const both = await image(pixels);
  const apart = stacked(await image(rowsOf(pixels, 0, 1)), await image(rowsOf(pixels, 1, 2)));
  expect(relativeError(both, apart)).toBeLessThan(1e-5);
});

test('clipImageEmbedding() refuses pictures of another size than the tower reads', () => {
  const g = new GraphBuilder();
  const pixels = g.input('pixels', [1, 3, 32, 40]);
  expect(() => clipImageEmbedding(g, weights, config, pixels)).toThrow(
    'reads pictures of 32x32 pixels ("image_size" in its config.json), but its preprocessor_config.json prepares 40x32',
  );
});

import { describe, expect, test } from 'vitest';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import { openSd1Fixture } from '../../tests/models/sd1-fixture.ts';
import { readFloatTensor } from '../checkpoint/safetensors.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { floatTensor, type IntTensor, intTensor } from '../tensor/tensor.ts';
import { textHiddenStates, textTower, tokenEmbeddings, tokenEmbeddingTable } from './text-encoder.ts';

const { model, known, knownIds } = await openSd1Fixture();
const { config, weights } = model.textEncoder;

const encode = (ids: IntTensor, source: WeightSource = weights) =>
  runGraph({ ids }, (g, nodes) =>
    textTower(g, source, config, tokenEmbeddings(g, source, config, nodes.ids)),
  );

describe('textTower()', () => {
  test('lets no token see a later one', async () => {
    const ids = knownIds('ids.prompt');
    const changed = intTensor(ids.shape, ids.data.slice().fill(7, 5));
    const [before, after] = [await encode(ids), await encode(changed)];
    const seen = 5 * config.hiddenSize;
    expect(after.data.slice(0, seen)).toEqual(before.data.slice(0, seen));
    expect(after.data.slice(seen)).not.toEqual(before.data.slice(seen));
  });

  test('reads a sequence shorter than the context', async () => {
    const short = await encode(intTensor([1, 9], knownIds('ids.prompt').data.slice(0, 9)));
    const whole = known('context.prompt').data.slice(0, 9 * config.hiddenSize);
    expect(relativeError(short, floatTensor([1, 9, config.hiddenSize], whole))).toBeLessThan(1e-4);
  });

  test('reads files whose keys lack the level "text_model"', async () => {
    const bare: WeightSource = {
      name: 'bare',
      find: (key) => weights.find(`text_model.${key}`),
      keys: () => [...weights.keys()].map((key) => key.replace('text_model.', '')),
    };
    const context = await encode(knownIds('ids.prompt'), bare);
    expect(relativeError(context, known('context.prompt'))).toBeLessThan(1e-4);
  });

  test('refuses more tokens than it has positions', () => {
    const g = new GraphBuilder();
    const embeddings = g.input('embeddings', [1, 78, config.hiddenSize]);
    expect(() => textTower(g, weights, config, embeddings)).toThrow('reads 77 tokens at most, got 78');
  });

  test('names a missing tensor by its usual key', () => {
    const g = new GraphBuilder();
    const empty: WeightSource = { name: 'empty.safetensors', find: () => undefined, keys: () => [] };
    expect(() => tokenEmbeddingTable(g, empty, config)).toThrow(
      'empty.safetensors has no tensor "text_model.embeddings.token_embedding.weight"; expected one of shape [914,32]',
    );
  });
});

test('textHiddenStates() gives one state before the first layer and one after each', async () => {
  const g = new GraphBuilder();
  const ids = g.input('ids', [1, 77], 'int32');
  const states = textHiddenStates(g, weights, config, tokenEmbeddings(g, weights, config, ids));
  expect(states.map(({ shape }) => shape.join())).toEqual(['1,77,32', '1,77,32', '1,77,32', '1,77,32']);
});

test('tokenEmbeddings() reads rows of the table, for ids of any shape', async () => {
  const stored = weights.find('text_model.embeddings.token_embedding.weight')!;
  const table = await readFloatTensor(stored);
  const ids = intTensor([2], [3, 913]);
  const rows = await runGraph({ ids }, (g, nodes) => tokenEmbeddings(g, weights, config, nodes.ids));
  const width = config.hiddenSize;
  expect(rows).toEqual(
    floatTensor(
      [2, width],
      [...table.data.slice(3 * width, 4 * width), ...table.data.slice(913 * width, 914 * width)],
    ),
  );
});

import { expect, test } from 'vitest';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import { openSd1Fixture, rowsOf } from '../../tests/models/sd1-fixture.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { vaeDecoder } from './vae-decoder.ts';

const { model, known } = await openSd1Fixture();
const { config, weights } = model.vae;

test('vaeDecoder() reads the attention names of early files', async () => {
  const names = { query: 'to_q', key: 'to_k', value: 'to_v', proj_attn: 'to_out.0' } as const;
  const renamed = (key: string) =>
    key.replace(/attentions\.0\.(query|key|value|proj_attn)\./, (_, name: keyof typeof names) => {
      return `attentions.0.${names[name]}.`;
    });
  // What an early file lacks: today's names.
  const early: WeightSource = {
    name: 'early',
    find: (key) => (/\.to_(q|k|v|out)\./.test(key) ? undefined : weights.find(renamed(key))),
    keys: () => [],
  };
  const image = await runGraph({ latents: rowsOf(known('latents.trajectory'), 10, 11) }, (g, nodes) =>
    vaeDecoder(g, early, config, nodes.latents),
  );
  expect(relativeError(image, known('image'))).toBeLessThan(1e-4);
});

test('vaeDecoder() leaves out what the configuration says the file lacks', () => {
  const g = new GraphBuilder();
  const bare = { ...config, usePostQuantConv: false, midBlockAddAttention: false };
  const graph = graphOf({ image: vaeDecoder(g, weights, bare, g.input('latents', [1, 4, 16, 16])) });
  const keys = graph.parameters.map(({ stored }) => stored.key);
  expect(keys.filter((key) => /post_quant_conv|attentions/.test(key))).toEqual([]);
  expect(graph.nodes.some((node) => node.kind === 'op' && node.op === 'Attention')).toBe(false);
});

test('vaeDecoder() doubles the sides once for each level but the finest, for any shape', () => {
  const g = new GraphBuilder();
  expect(vaeDecoder(g, weights, config, g.input('latents', [3, 4, 5, 9])).shape).toEqual([3, 3, 10, 18]);
});

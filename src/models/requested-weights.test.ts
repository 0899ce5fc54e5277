/** @file The networks at the released models' sizes: built without weights, they ask for exactly the published numbers of parameters. */
import { expect, test } from 'vitest';
import { parseClipConfig } from '../checkpoint/clip-config.ts';
import { parseTextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import { parseUnetConfig } from '../checkpoint/unet-config.ts';
import { parseVaeConfig } from '../checkpoint/vae-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { graphCost } from '../graph/graph-cost.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { clipImageEmbedding, clipTextEmbedding } from './clip-scorer.ts';
import { requestedWeights } from './requested-weights.ts';
import { projectedTextTower, textTower, tokenEmbeddings } from './text-encoder.ts';
import { unet } from './unet.ts';
import { vaeDecoder } from './vae-decoder.ts';

/** The number of weights that a network reads, which must also be that of the tensors that it asks for. */
function parametersOf(build: (g: GraphBuilder, weights: WeightSource) => Node): number {
  const { graph, shapes } = requestedWeights((g, weights) => ({ result: build(g, weights) }));
  const { parameters } = graphCost(graph);
  expect([...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0)).toBe(parameters);
  return parameters;
}

test('the UNet of Stable Diffusion 1.x has 859,520,964 parameters', () => {
  const config = parseUnetConfig({ cross_attention_dim: 768, attention_head_dim: 8 }, 'config.json');
  const count = parametersOf((g, weights) =>
    unet(g, weights, config, {
      sample: g.input('sample', [1, 4, 64, 64]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, 768]),
    }),
  );
  expect(count).toBe(859_520_964);
});

test('the UNet of Stable Diffusion 2.x has 865,910,724 parameters', () => {
  const json = {
    cross_attention_dim: 1024,
    attention_head_dim: [5, 10, 20, 20],
    use_linear_projection: true,
  };
  const config = parseUnetConfig(json, 'config.json');
  const count = parametersOf((g, weights) =>
    unet(g, weights, config, {
      sample: g.input('sample', [1, 4, 96, 96]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, 1024]),
    }),
  );
  expect(count).toBe(865_910_724);
});

test('the UNet of Stable Diffusion XL has 2,567,463,684 parameters', () => {
  const json = {
    addition_embed_type: 'text_time',
    addition_embed_type_num_heads: 64,
    addition_time_embed_dim: 256,
    attention_head_dim: [5, 10, 20],
    block_out_channels: [320, 640, 1280],
    cross_attention_dim: 2048,
    down_block_types: ['DownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D'],
    projection_class_embeddings_input_dim: 2816,
    sample_size: 128,
    transformer_layers_per_block: [1, 2, 10],
    up_block_types: ['CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'UpBlock2D'],
    upcast_attention: null,
    use_linear_projection: true,
  };
  const config = parseUnetConfig(json, 'config.json');
  const count = parametersOf((g, weights) =>
    unet(g, weights, config, {
      sample: g.input('sample', [1, 4, 128, 128]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, 2048]),
      pooled: g.input('pooled', [1, 1280]),
      timeIds: g.input('timeIds', [1, 6]),
    }),
  );
  expect(count).toBe(2_567_463_684);
});

test('the decoder of Stable Diffusion 1.x has 49,490,199 parameters', () => {
  const json = { block_out_channels: [128, 256, 512, 512], layers_per_block: 2 };
  const config = parseVaeConfig(json, 'config.json');
  const count = parametersOf((g, weights) =>
    vaeDecoder(g, weights, config, g.input('latents', [1, 4, 64, 64])),
  );
  expect(count).toBe(49_490_199);
});

test('the text encoder of Stable Diffusion 1.x has 123,060,480 parameters', () => {
  const json = {
    hidden_size: 768,
    intermediate_size: 3072,
    num_attention_heads: 12,
    num_hidden_layers: 12,
  };
  const config = parseTextEncoderConfig(json, 'config.json');
  const count = parametersOf((g, weights) => {
    const ids = g.input('ids', [1, 77], 'int32');
    return textTower(g, weights, config, tokenEmbeddings(g, weights, config, ids));
  });
  expect(count).toBe(123_060_480);
});

test('the text encoder of Stable Diffusion 2.x has 340,387,840 parameters', () => {
  const json = {
    hidden_act: 'gelu',
    hidden_size: 1024,
    intermediate_size: 4096,
    num_attention_heads: 16,
    num_hidden_layers: 23,
  };
  const config = parseTextEncoderConfig(json, 'config.json');
  const count = parametersOf((g, weights) => {
    const ids = g.input('ids', [1, 77], 'int32');
    return textTower(g, weights, config, tokenEmbeddings(g, weights, config, ids));
  });
  expect(count).toBe(340_387_840);
});

test('the second text encoder of Stable Diffusion XL has 694,659,840 parameters', () => {
  const json = {
    architectures: ['CLIPTextModelWithProjection'],
    bos_token_id: 0,
    eos_token_id: 2,
    hidden_act: 'gelu',
    hidden_size: 1280,
    intermediate_size: 5120,
    num_attention_heads: 20,
    num_hidden_layers: 32,
    projection_dim: 1280,
  };
  const config = parseTextEncoderConfig(json, 'config.json');
  const count = parametersOf((g, weights) => {
    const embeddings = tokenEmbeddings(g, weights, config, g.input('ids', [1, 77], 'int32'));
    return projectedTextTower(g, weights, config, { embeddings, end: g.input('end', [1, 77]) }).pooled;
  });
  expect(count).toBe(694_659_840);
});

test('CLIP ViT-B/32 has 151,277,312 parameters and the logit scale', () => {
  const config = parseClipConfig({ model_type: 'clip', text_config: {}, vision_config: {} }, 'config.json');
  const text = parametersOf((g, weights) =>
    clipTextEmbedding(g, weights, config, {
      ids: g.input('ids', [1, 77], 'int32'),
      eosIndex: g.input('eosIndex', [1], 'int32'),
    }),
  );
  const image = parametersOf((g, weights) =>
    clipImageEmbedding(g, weights, config, g.input('pixels', [1, 3, 224, 224])),
  );
  expect(text + image).toBe(151_277_312);
});

import { describe, expect, it } from 'vitest';
import { openClipShapes } from '../../tests/models/open-clip-shapes.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { graphCost } from '../graph/graph-cost.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type ClipConfig, parseClipConfig } from './clip-config.ts';
import { openClipWeights } from './open-clip-keys.ts';
import { clipConfigOf } from './open-clip-shapes.ts';

/** What the published `config.json` of each says of its towers; other keys are left out, as in the files themselves. */
const PUBLISHED = {
  'openai/clip-vit-base-patch32': {
    model_type: 'clip',
    projection_dim: 512,
    text_config: { model_type: 'clip_text_model', eos_token_id: 2, bos_token_id: 0, pad_token_id: 1 },
    text_config_dict: null,
    vision_config: { model_type: 'clip_vision_model', patch_size: 32 },
    vision_config_dict: null,
  },
  'openai/clip-vit-large-patch14-336': {
    model_type: 'clip',
    projection_dim: 768,
    text_config: { hidden_size: 768, intermediate_size: 3072, num_attention_heads: 12, eos_token_id: 2 },
    text_config_dict: { hidden_size: 768, intermediate_size: 3072, num_attention_heads: 12 },
    vision_config: {},
    vision_config_dict: {
      hidden_size: 1024,
      image_size: 336,
      intermediate_size: 4096,
      num_attention_heads: 16,
      num_hidden_layers: 24,
      patch_size: 14,
    },
  },
  'yuvalkirstain/PickScore_v1': {
    model_type: 'clip',
    projection_dim: 1024,
    text_config: {
      hidden_act: 'gelu',
      hidden_size: 1024,
      intermediate_size: 4096,
      num_attention_heads: 16,
      num_hidden_layers: 24,
    },
    vision_config: {
      hidden_act: 'gelu',
      hidden_size: 1280,
      intermediate_size: 5120,
      num_attention_heads: 16,
      num_hidden_layers: 32,
      patch_size: 14,
    },
  },
} as const;

/** Width and layers of the text tower; width, layers, picture and patch of the vision tower; width of the joint space. */
const SIZES: Readonly<Record<keyof typeof PUBLISHED, readonly number[]>> = {
  'openai/clip-vit-base-patch32': [512, 12, 768, 12, 224, 32, 512],
  'openai/clip-vit-large-patch14-336': [768, 12, 1024, 24, 336, 14, 768],
  'yuvalkirstain/PickScore_v1': [1024, 24, 1280, 32, 224, 14, 1024],
};

describe.each(Object.entries(PUBLISHED))('the configuration of %s', (name, json) => {
  it('is read, with what the file leaves out filled in', () => {
    const { text, vision, projectionDim } = parseClipConfig(json, 'config.json');
    const picture = [vision.imageSize, vision.patchSize];
    expect([
      ...[text.hiddenSize, text.numHiddenLayers, vision.hiddenSize, vision.numHiddenLayers],
      ...picture,
      projectionDim,
    ]).toEqual(SIZES[name as keyof typeof PUBLISHED]);
    expect(vision.hiddenAct).toBe(name.startsWith('openai') ? 'quick_gelu' : 'gelu');
  });
});

/** Towers as OpenCLIP's own list of models has them: width, inner width, layers, patch; text width, layers; heads; millions of parameters. */
const MODELS = {
  'ViT-B-32': { vision: [768, 3072, 12, 32], text: [512, 12], embed: 512, heads: [12, 8], millions: 151.3 },
  'ViT-L-14': { vision: [1024, 4096, 24, 14], text: [768, 12], embed: 768, heads: [16, 12], millions: 427.6 },
  'ViT-H-14': {
    vision: [1280, 5120, 32, 14],
    text: [1024, 24],
    embed: 1024,
    heads: [16, 16],
    millions: 986.1,
  },
  'ViT-g-14': {
    vision: [1408, 6144, 40, 14],
    text: [1024, 24],
    embed: 1024,
    heads: [16, 16],
    millions: 1366.7,
  },
  'ViT-bigG-14': {
    vision: [1664, 8192, 48, 14],
    text: [1280, 32],
    embed: 1280,
    heads: [16, 20],
    millions: 2539.6,
  },
} as const;

describe.each(Object.entries(MODELS))(
  '%s, told from its shapes',
  (_, { vision, text, embed, heads, millions }) => {
    const source = openClipShapes({ vision, text, embed });
    const config = clipConfigOf(source, '', undefined);

    it('has the heads of the published model', () => {
      expect([config.vision.numAttentionHeads, config.text.numAttentionHeads]).toEqual(heads);
      expect([config.vision.imageSize, config.projectionDim]).toEqual([224, embed]);
    });

    it('builds both towers, with every weight used and as many as were published', () => {
      const view = openClipWeights(source, '');
      expect(towerParameters(view, config) / 1e6).toBeCloseTo(millions, 1);
    });
  },
);

/** Parameters that the two towers ask for. */
function towerParameters(weights: WeightSource, config: ClipConfig): number {
  const g = new GraphBuilder();
  const { imageSize } = config.vision;
  const ids = g.input('ids', [1, config.text.maxPositionEmbeddings], 'int32');
  const text = clipTextEmbedding(g, weights, config, { ids, eosIndex: g.input('eosIndex', [1], 'int32') });
  const image = clipImageEmbedding(g, weights, config, g.input('pixels', [1, 3, imageSize, imageSize]));
  return graphCost(graphOf({ text, image })).parameters;
}

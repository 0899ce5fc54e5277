import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFamilyFixture } from '../../tests/models/family-fixture.ts';
import { openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import { type Graph, graphOf, isOp } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { graphCost } from '../graph/graph-cost.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { unet } from './unet.ts';

const { model } = await openFamilyFixture('sd1');
const sdxl = await openFamilyFixture('sdxl');
const { config, weights } = model.unet;

function build(
  size: readonly [number, number],
  source: WeightSource = weights,
  using: UnetConfig = config,
): Graph {
  const g = new GraphBuilder();
  const prediction = unet(g, source, using, {
    sample: g.input('sample', [2, using.inChannels, ...size]),
    timestep: g.input('timestep', [2]),
    context: g.input('context', [2, 77, using.crossAttentionDim]),
  });
  return graphOf({ prediction });
}

test('unet() keeps the size of the latents, odd ones too', () => {
  expect(build([16, 16]).outputs.prediction!.shape).toEqual([2, 4, 16, 16]);
  expect(build([15, 9]).outputs.prediction!.shape).toEqual([2, 4, 15, 9]);
});

/** The keys of the weights that `graph` reads. */
function usedKeys(graph: Graph): string[] {
  return [...new Set(graph.parameters.map(({ stored }) => stored.key))].toSorted();
}

test('unet() uses every weight of the checkpoint, every byte once', () => {
  const graph = build([16, 16]);
  expect(usedKeys(graph)).toEqual([...weights.keys()].toSorted());
  const total = usedKeys(graph).reduce((sum, key) => sum + weights.find(key)!.byteLength, 0);
  expect(graphCost(graph).weightBytes).toBe(total);
});

test('unet() of the embedded model uses every weight of its checkpoint', async () => {
  const pocket = (await openDiffusersFolder(join(import.meta.dirname, '../../pocket/model'))).unet;
  const graph = build([16, 16], pocket.weights, pocket.config);
  expect(usedKeys(graph)).toEqual([...pocket.weights.keys()].toSorted());
});

test('unet() never writes out the weights of an attention: no value is quadratic in the number of pixels', () => {
  const graph = build([32, 32]);
  expect(graph.nodes.some((node) => isOp(node, 'Softmax'))).toBe(false);
  // 1024 pixels: the widest value is that of the gated feed-forward, 4 times the 16 channels.
  const largest = Math.max(...graph.nodes.map(({ shape }) => sizeOf(shape)));
  expect(largest).toBe(2 * 1024 * 16 * 4);
});

test('unet() names a missing tensor with the file and the shape that it should have', () => {
  const lacking: WeightSource = {
    name: 'unet.safetensors',
    find: (key) => (key === 'mid_block.attentions.0.proj_in.weight' ? undefined : weights.find(key)),
    keys: () => [],
  };
  expect(() => build([16, 16], lacking)).toThrow(
    'unet.safetensors has no tensor "mid_block.attentions.0.proj_in.weight"; expected one of shape [32,32,1,1]',
  );
});

test('unet() names a tensor that contradicts the configuration, with both shapes', () => {
  const wide = { ...config, crossAttentionDim: 40 };
  expect(() => build([16, 16], weights, wide)).toThrow(
    /attn2\.to_k\.weight" in .* has shape \[16,32\]; the configuration asks for \[16,40\]/,
  );
});

describe('the UNet of SDXL', () => {
  const { config: xlConfig, weights: xlWeights } = sdxl.model.unet;

  function buildXl(using: UnetConfig = xlConfig): Graph {
    const g = new GraphBuilder();
    const prediction = unet(g, xlWeights, using, {
      sample: g.input('sample', [2, 4, 16, 16]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [2, 77, using.crossAttentionDim]),
      pooled: g.input('pooled', [2, 40]),
      timeIds: g.input('timeIds', [2, 6]),
    });
    return graphOf({ prediction });
  }

  test('uses every weight of the checkpoint', () => {
    expect(usedKeys(buildXl())).toEqual([...xlWeights.keys()].toSorted());
  });

  test('has as many transformer layers at each level as the configuration says', () => {
    const layersAt = (depths: readonly number[]) =>
      usedKeys(buildXl({ ...xlConfig, transformerLayersPerBlock: depths })).filter((key) =>
        key.includes('attn2.to_q'),
      ).length;
    // Two down, two in the first up block with one resnet more, one in the middle; and three in the last up block without any.
    expect(layersAt([1, 2])).toBe(2 * 2 + 3 * 2 + 2);
    expect(layersAt([1, 1])).toBe(2 + 3 + 1);
  });

  test('is not built without the pooled prompt and the sizes', () => {
    expect(() => build([16, 16], xlWeights, xlConfig)).toThrow('was given no pooled prompt or no sizes');
  });
});

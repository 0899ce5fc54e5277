/** @file The networks that SD 2 and SDXL have of their own against PyTorch's values; and that taking the wrong ones would be seen. */
import { describe, expect, test } from 'vitest';
import { openFamilyFixture } from '../../tests/models/family-fixture.ts';
import { relativeError, runGraph } from '../../tests/models/run-graph.ts';
import { gradient } from '../autodiff/gradient.ts';
import type { ModelComponent } from '../checkpoint/diffusers-folder.ts';
import type { TextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type FloatTensor, floatTensor, type IntTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import {
  penultimateTextState,
  projectedTextTower,
  textHiddenStates,
  textTower,
  tokenEmbeddings,
} from './text-encoder.ts';
import { unet } from './unet.ts';

const TOLERANCE = 1e-4;
const sd2 = await openFamilyFixture('sd2');
const sdxl = await openFamilyFixture('sdxl');
const encoder2 = sdxl.model.textEncoder2!;

type Build = (g: GraphBuilder, part: ModelComponent<TextEncoderConfig>, embeddings: Node) => Node;

const encode = (part: ModelComponent<TextEncoderConfig>, ids: IntTensor, build: Build) =>
  runGraph({ ids }, (g, nodes) => build(g, part, tokenEmbeddings(g, part.weights, part.config, nodes.ids)));

const normalised: Build = (g, { weights, config }, x) => textTower(g, weights, config, x);
const penultimate: Build = (g, { weights, config }, x) => penultimateTextState(g, weights, config, x);
const last: Build = (g, { weights, config }, x) => textHiddenStates(g, weights, config, x).at(-1)!;

/** `ids` with another token behind the end. */
function padded({ shape, data }: IntTensor, pad: number): IntTensor {
  const end = data.indexOf(913);
  return intTensor(shape, data.slice().fill(pad, end + 1));
}

/** Columns `start` to `end` of the last axis. */
function columns({ shape, data }: FloatTensor, start: number, end: number): FloatTensor {
  const width = shape.at(-1)!;
  const kept = data.filter((_, i) => i % width >= start && i % width < end);
  return floatTensor([...shape.slice(0, -1), end - start], kept);
}

function endRow({ shape, data }: IntTensor): FloatTensor {
  const row = new Float32Array(data.length);
  row[data.indexOf(913)] = 1;
  return floatTensor(shape, row);
}

describe('the text encoder of SD 2', () => {
  test.each(['prompt', 'negative'])('gives the context of the %s', async (name) => {
    const context = await encode(sd2.model.textEncoder, sd2.knownIds(`ids.${name}`), normalised);
    expect(relativeError(context, sd2.known(`context.${name}`))).toBeLessThan(TOLERANCE);
  });

  test.each<[string, (part: ModelComponent<TextEncoderConfig>, ids: IntTensor) => Promise<FloatTensor>]>([
    ['padding with the end token', (part, ids) => encode(part, padded(ids, 913), normalised)],
    ['the last but one layer', (part, ids) => encode(part, ids, penultimate)],
    ['no final normalisation', (part, ids) => encode(part, ids, last)],
    [
      'quick_gelu',
      ({ weights, config }, ids) =>
        encode({ weights, config: { ...config, hiddenAct: 'quick_gelu' } }, ids, normalised),
    ],
  ])('would be seen with %s', async (_, run) => {
    const context = await run(sd2.model.textEncoder, sd2.knownIds('ids.prompt'));
    expect(relativeError(context, sd2.known('context.prompt'))).toBeGreaterThan(10 * TOLERANCE);
  });
});

describe("SDXL's text encoders", () => {
  const ids = sdxl.knownIds('ids.prompt');
  const context = sdxl.known('context.prompt');
  const [first, second] = [columns(context, 0, 32), columns(context, 32, 96)];

  test('give their parts of the context, the second with its own padding', async () => {
    const one = await encode(sdxl.model.textEncoder, ids, penultimate);
    const other = await encode(encoder2, padded(ids, 0), penultimate);
    expect(relativeError(one, first)).toBeLessThan(TOLERANCE);
    expect(relativeError(other, second)).toBeLessThan(TOLERANCE);
  });

  test('would be seen with the wrong padding, the last layer or a final normalisation', async () => {
    const wrong = [
      [await encode(encoder2, ids, penultimate), second],
      [await encode(sdxl.model.textEncoder, padded(ids, 0), penultimate), first],
      [await encode(sdxl.model.textEncoder, ids, last), first],
      [await encode(encoder2, padded(ids, 0), normalised), second],
    ] as const;
    for (const [found, expected] of wrong)
      expect(relativeError(found, expected)).toBeGreaterThan(10 * TOLERANCE);
  });

  test.each(['prompt', 'negative'])('the second pools the %s at its end token', async (name) => {
    const own = padded(sdxl.knownIds(`ids.${name}`), 0);
    const pooled = await pool(own, endRow(own));
    expect(relativeError(pooled, sdxl.known(`pooled.${name}`))).toBeLessThan(TOLERANCE);
    const elsewhere = floatTensor([1, 77], new Float32Array(77).fill(1, 76));
    expect(relativeError(await pool(own, elsewhere), sdxl.known(`pooled.${name}`))).toBeGreaterThan(0.01);
  });

  test('the pooled prompt has the gradient that finite differences give, at the place of the end too', async () => {
    const own = padded(ids, 0);
    const generator = new TorchGenerator(7);
    const end = floatTensor([1, 77], new Float32Array(77).fill(0.25, 3, 7));
    const [toPooled, direction] = [generator.randn([1, 40]), generator.randn([1, 77])];
    const slopeOf = (g: GraphBuilder, nodes: Record<'ids' | 'end' | 'toPooled', Node>) => {
      const { pooled } = projected(g, nodes);
      return gradient(g, [{ node: pooled, cotangent: nodes.toPooled }], [nodes.end])[0]!;
    };
    const slope = await runGraph({ ids: own, end, toPooled }, slopeOf);
    const valueAt = async (by: number) => {
      const moved = end.data.map((value, i) => value + by * direction.data[i]!);
      return dot(await pool(own, floatTensor([1, 77], moved)), toPooled);
    };
    const expected = ((await valueAt(0.1)) - (await valueAt(-0.1))) / 0.2;
    expect(Math.abs(dot(slope, direction) / expected - 1)).toBeLessThan(1e-3);
  });
});

function projected(g: GraphBuilder, { ids, end }: Record<'ids' | 'end', Node>) {
  const { weights, config } = encoder2;
  return projectedTextTower(g, weights, config, {
    embeddings: tokenEmbeddings(g, weights, config, ids),
    end,
  });
}

function pool(ids: Tensor, end: FloatTensor): Promise<FloatTensor> {
  return runGraph({ ids, end }, (g, nodes) => projected(g, nodes).pooled);
}

function dot(a: FloatTensor, b: FloatTensor): number {
  return a.data.reduce((sum, value, i) => sum + value * b.data[i]!, 0);
}

describe('the UNet', () => {
  test('of SD 2 gives the prediction at t = 500', async () => {
    const { weights, config } = sd2.model.unet;
    const inputs = {
      sample: sd2.known('latents.initial'),
      timestep: floatTensor([1], [500]),
      context: sd2.known('context.prompt'),
    };
    const prediction = await runGraph(inputs, (g, nodes) => unet(g, weights, config, nodes));
    expect(relativeError(prediction, sd2.known('unet.t500'))).toBeLessThan(TOLERANCE);
  });

  const xlInputs = {
    sample: sdxl.known('latents.initial'),
    timestep: floatTensor([1], [500]),
    context: sdxl.known('context.prompt'),
    pooled: sdxl.known('pooled.prompt'),
    timeIds: floatTensor([1, 6], [32, 32, 0, 0, 32, 32]),
  };
  const predict = (changes: Partial<typeof xlInputs>) => {
    const { weights, config } = sdxl.model.unet;
    return runGraph({ ...xlInputs, ...changes }, (g, nodes) => unet(g, weights, config, nodes));
  };

  test('of SDXL gives the prediction at t = 500', async () => {
    expect(relativeError(await predict({}), sdxl.known('unet.t500'))).toBeLessThan(TOLERANCE);
  });

  test.each([
    [{ pooled: sdxl.known('pooled.negative') }],
    [{ timeIds: floatTensor([1, 6], [32, 32, 0, 8, 32, 32]) }],
    [{ timeIds: floatTensor([1, 6], [32, 32, 8, 0, 32, 32]) }],
  ])('of SDXL reads the pooled prompt and each of the sizes: case %#', async (changes) => {
    const error = relativeError(await predict(changes), sdxl.known('unet.t500'));
    expect(error).toBeGreaterThan(10 * TOLERANCE);
  });
});

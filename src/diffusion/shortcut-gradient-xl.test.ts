import { afterAll, describe, expect, it } from 'vitest';
import {
  isUnetBackward,
  openRecordedPipeline,
  SDXL_FOLDER,
} from '../../tests/diffusion/recorded-pipeline.ts';
import { repeatRows } from '../tensor/stack.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import {
  addConditioning,
  type Branch,
  type Conditioning,
  conditioningDot,
  mapConditioning,
  scaledConditioning,
} from './conditioning.ts';
import { type ShortcutGradientRequest, shortcutGradient } from './shortcut-gradient.ts';

const { pipeline, runs } = await openRecordedPipeline(SDXL_FOLDER);
afterAll(() => pipeline.release());

const PROMPT = 'a truck in front of a house';
const PROMPTS = {
  positive: await pipeline.text.encode(PROMPT),
  negative: await pipeline.text.encode('empty, car', 'negative'),
};

interface Case {
  readonly branch: Branch;
  readonly gradientSteps: number;
  readonly shift?: Conditioning;
}

function requestOf({ branch, gradientSteps, shift }: Case): ShortcutGradientRequest {
  const settings = pipeline.settings({ steps: 5, cropTopLeft: { x: 8, y: 0 } });
  const { latents } = pipeline.initialLatents(3, settings);
  const batched = (conditioning: Conditioning) =>
    mapConditioning(conditioning, (tensor) => repeatRows(tensor, 1));
  const shifted = shift ? addConditioning(PROMPTS[branch], shift) : PROMPTS[branch];
  return {
    state: {
      latents,
      positive: batched(PROMPTS.positive),
      negative: batched(PROMPTS.negative),
      [branch]: batched(shifted),
    },
    settings,
    stepIndex: 0,
    gradientSteps,
    searched: [branch],
    target: PROMPT,
  };
}

describe('the shortcut gradient of SDXL', () => {
  it.each([
    ['negative', 1, 'pooled'],
    ['negative', 2, 'pooled'],
    ['positive', 1, 'pooled'],
    ['negative', 1, 'context'],
    ['positive', 2, 'context'],
  ] as const)(
    'of the %s branch through %s steps is what finite differences of the %s say',
    async (branch, gradientSteps, part) => {
      const request = { branch, gradientSteps };
      const gradient = (await shortcutGradient(pipeline, requestOf(request))).gradients[branch]!;
      const generator = new TorchGenerator(9);
      const unit = (conditioning: Conditioning) =>
        scaledConditioning(conditioning, 1 / Math.sqrt(conditioningDot(conditioning, conditioning)));
      // Half the gradient's own direction, so that the slope is well above rounding; the other part stays where it is.
      const own = mapConditioning(gradient, (tensor) => ({
        ...tensor,
        data: tensor === gradient[part] ? tensor.data : new Float32Array(tensor.data.length),
      }));
      const random = mapConditioning(own, (tensor) => ({
        ...tensor,
        data: tensor === own[part] ? generator.randn(tensor.shape).data : tensor.data,
      }));
      const direction = unit(addConditioning(unit(own), unit(random)));
      const lossAt = async (distance: number) =>
        (
          await shortcutGradient(
            pipeline,
            requestOf({ ...request, shift: scaledConditioning(direction, distance) }),
          )
        ).loss;
      const step = 0.02;
      const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
      expect(Math.abs(conditioningDot(gradient, direction) / slope - 1)).toBeLessThan(0.02);
    },
  );

  it('takes one backward pass of the searched branch, which gives both parts at once', async () => {
    runs.length = 0;
    await shortcutGradient(pipeline, requestOf({ branch: 'negative', gradientSteps: 1 }));
    const backward = runs.filter(({ graph }) => isUnetBackward(graph));
    expect(backward.map(({ graph }) => Object.keys(graph.outputs))).toEqual([['d context', 'd pooled']]);
    expect(backward[0].inputs.pooled.data).toEqual(PROMPTS.negative.pooled!.data);
    expect([...backward[0].inputs.timeIds.data]).toEqual([32, 32, 0, 8, 32, 32]);
  });
});

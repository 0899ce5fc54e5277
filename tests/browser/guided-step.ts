/** @file What the browser and Node do alike: the UNet's programs as ONNX, a guided denoising step, and the gradient of one. Imports what a page can import. */
import {
  Denoiser,
  type Executor,
  floatTensor,
  GraphBuilder,
  gradient,
  graphOf,
  makeScheduler,
  ProgramTable,
  type SchedulerConfig,
  TorchGenerator,
  type UnetConfig,
  unet,
  type WeightSource,
  writeOnnx,
} from '../../src/browser.ts';

export interface UnetComponent {
  readonly config: UnetConfig;
  readonly weights: WeightSource;
}

export interface StepResult {
  /** The next latents. */
  readonly latents: readonly number[];
  /** Of the output's weighted sum, with respect to the prompt's context. */
  readonly gradient: readonly number[];
}

const GUIDANCE_SCALE = 7.5;
const CONTEXT_LENGTH = 16;

/** The forward program and that of the gradient at the context, in both precisions. */
export function onnxPrograms({ config, weights }: UnetComponent): Record<string, Uint8Array> {
  const g = new GraphBuilder();
  const side = config.sampleSize ?? 64;
  const sample = g.input('sample', [1, config.inChannels, side, side]);
  const context = g.input('context', [1, CONTEXT_LENGTH, config.crossAttentionDim]);
  const output = unet(g, weights, config, { sample, timestep: g.input('timestep', [1]), context });
  const forward = graphOf({ output });
  const cotangent = g.input('cotangent', output.shape);
  const [back] = gradient(g, [{ node: output, cotangent }], [context]);
  const backward = graphOf({ back: back! });
  return {
    forward: writeOnnx(forward),
    backward: writeOnnx(backward),
    'forward in halves': writeOnnx(forward, { precision: 'float16' }),
    'backward in halves': writeOnnx(backward, { precision: 'float16' }),
  };
}

/** The first of ten steps of DDIM under guidance, and a gradient at the same place. */
export async function guidedStep(
  component: UnetComponent,
  config: SchedulerConfig,
  executor: Executor,
): Promise<StepResult> {
  const { inChannels, crossAttentionDim, sampleSize: side = 64 } = component.config;
  const random = new TorchGenerator(7);
  const sample = random.randn([1, inChannels, side, side]);
  const positive = random.randn([1, CONTEXT_LENGTH, crossAttentionDim]);
  const negative = floatTensor(
    positive.shape,
    positive.data.map((value) => Math.sin(5 * value)),
  );
  const scheduler = makeScheduler(config, { steps: 10 });
  const run = scheduler.start(sample.data);
  const denoiser = new Denoiser(component, new ProgramTable(executor, executor.precision));
  const { timestep } = scheduler.steps[0];
  const output = await denoiser.guided(
    { sample, timestep, positive: { context: positive }, negative: { context: negative } },
    GUIDANCE_SCALE,
  );
  const cotangent = output.map((value, i) => value * Math.cos(i));
  const { context } = await denoiser.transpose({ sample, timestep, context: negative }, cotangent, [
    'context',
  ]);
  return { latents: [...run.advance(output)], gradient: [...context!.data] };
}

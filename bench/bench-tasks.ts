/** @file What the bench times. Each task runs in a process of its own, so that its peak memory is its own. */
import { Ddim } from '../src/diffusion/ddim.ts';
import { Denoiser } from '../src/diffusion/denoiser.ts';
import { ProgramTable } from '../src/diffusion/program-table.ts';
import { graphOf } from '../src/graph/graph.ts';
import { GraphBuilder } from '../src/graph/graph-builder.ts';
import { graphCost } from '../src/graph/graph-cost.ts';
import { unet } from '../src/models/unet.ts';
import { createOrtExecutor } from '../src/runtime/onnxruntime/ort-executor.ts';
import { type FloatTensor, floatTensor, type Shape, sizeOf } from '../src/tensor/tensor.ts';
import { TorchGenerator } from '../src/tensor/torch-noise.ts';
import { type BenchUnet, openBenchUnet, type SizeName } from './network-sizes.ts';

export type TaskName = 'matrix-product' | 'convolution' | 'guided-step' | 'gradient';

export interface TaskResult {
  /** The fastest and the median run. */
  readonly seconds: number;
  readonly medianSeconds: number;
  /** Floating-point operations of a run. */
  readonly flops: number;
  /** Peak resident memory of the process, mapped weights included, in bytes. */
  readonly peakBytes: number;
}

export interface TaskOptions {
  readonly size: SizeName;
  readonly dir: string;
  /** Sampling steps of which the gradient is one. */
  readonly steps: number;
  readonly runs: number;
}

const SCHEDULE = {
  className: 'DDIMScheduler',
  numTrainTimesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: 'scaled_linear',
  trainedBetas: undefined,
  predictionType: 'epsilon',
  stepsOffset: 1,
  setAlphaToOne: false,
  clipSample: false,
  clipSampleRange: 1,
  timestepSpacing: 'leading',
  rescaleBetasZeroSnr: false,
} as const;

export async function runTask(task: TaskName, options: TaskOptions): Promise<TaskResult> {
  switch (task) {
    case 'matrix-product':
      return timeProduct(
        [2048, 2048],
        (g, x) => g.matMul(x, g.constant(noise([2048, 2048]).data, [2048, 2048])),
        options.runs,
      );
    case 'convolution':
      return timeProduct(
        [2, 320, 64, 64],
        (g, x) =>
          g.conv(x, g.constant(noise([320, 320, 3, 3]).data, [320, 320, 3, 3]), undefined, {
            pads: [1, 1, 1, 1],
          }),
        options.runs,
      );
    case 'guided-step':
      return timeGuidedStep(await openBenchUnet(options.size, options.dir), options.runs);
    case 'gradient':
      return timeGradient(await openBenchUnet(options.size, options.dir), options);
  }
}

async function timeProduct(
  shape: Shape,
  build: (g: GraphBuilder, x: ReturnType<GraphBuilder['input']>) => Parameters<typeof graphOf>[0][string],
  runs: number,
): Promise<TaskResult> {
  const g = new GraphBuilder();
  const graph = graphOf({ y: build(g, g.input('x', shape)) });
  const program = await createOrtExecutor().compile(graph);
  const x = noise(shape);
  return { ...(await time(() => program.run({ x }), Math.max(runs, 10))), flops: graphCost(graph).flops };
}

/** One step of one picture under guidance: both branches in one batch. */
async function timeGuidedStep(model: BenchUnet, runs: number): Promise<TaskResult> {
  const denoiser = new Denoiser(model, new ProgramTable(createOrtExecutor()));
  const inputs = {
    sample: noise(model.sample),
    positive: noise(model.context),
    negative: noise(model.context),
    timestep: 500,
  };
  return { ...(await time(() => denoiser.guided(inputs, 7.5), runs)), flops: 2 * forwardFlops(model) };
}

/** The UNet's part of one shortcut gradient: both branches forward, one backward; sampled down to its step first, untimed. */
async function timeGradient(model: BenchUnet, { steps, runs }: TaskOptions): Promise<TaskResult> {
  const denoiser = new Denoiser(model, new ProgramTable(createOrtExecutor()));
  const contexts = { positive: noise(model.context), negative: noise(model.context) };
  const ddim = new Ddim(SCHEDULE, { steps });
  let sample = noise(model.sample);
  const stepIndex = Math.floor(steps * 0.3);
  for (const step of ddim.steps.slice(0, stepIndex)) {
    const output = await denoiser.guided({ sample, timestep: step.timestep, ...contexts }, 7.5);
    sample = floatTensor(sample.shape, ddim.next(step, sample.data, output));
  }
  const { timestep } = ddim.steps[stepIndex];
  const cotangent = noise(model.sample).data;
  const gradient = async () => {
    await denoiser.guided({ sample, timestep, ...contexts }, 7.5);
    await denoiser.transpose({ sample, timestep, context: contexts.negative }, cotangent, ['context']);
  };
  return { ...(await time(gradient, runs)), flops: 2 * forwardFlops(model) };
}

function forwardFlops(model: BenchUnet): number {
  const g = new GraphBuilder();
  const inputs = {
    sample: g.input('sample', model.sample),
    timestep: g.input('timestep', [1]),
    context: g.input('context', model.context),
  };
  return graphCost(graphOf({ output: unet(g, model.weights, model.config, inputs) })).flops;
}

/** Compiling and the first run are not timed. */
async function time(run: () => Promise<unknown>, runs: number): Promise<Omit<TaskResult, 'flops'>> {
  await run();
  const seconds: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    seconds.push((performance.now() - start) / 1000);
  }
  seconds.sort((a, b) => a - b);
  return {
    seconds: seconds[0],
    medianSeconds: seconds[Math.floor(seconds.length / 2)],
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function noise(shape: Shape): FloatTensor {
  const data = new TorchGenerator(0).randn([Math.min(sizeOf(shape), 65_536)]).data;
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => data[i % data.length]),
  );
}

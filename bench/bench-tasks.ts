/** @file What the bench times. Each task runs in a process of its own, so that its peak memory is its own. */
import { gradient } from '../src/autodiff/gradient.ts';
import { parseSchedulerConfig } from '../src/checkpoint/scheduler-config.ts';
import { Denoiser } from '../src/diffusion/denoiser.ts';
import { ProgramTable } from '../src/diffusion/program-table.ts';
import { makeScheduler } from '../src/diffusion/schedulers/make-scheduler.ts';
import { graphOf } from '../src/graph/graph.ts';
import { GraphBuilder } from '../src/graph/graph-builder.ts';
import { graphCost } from '../src/graph/graph-cost.ts';
import { unet } from '../src/models/unet.ts';
import type { DeviceName, MemoryMode, Precision } from '../src/runtime/executor.ts';
import { createOrtExecutor } from '../src/runtime/onnxruntime/ort-executor.ts';
import { loadPipeline } from '../src/study/load-pipeline.ts';
import { PromptGradient } from '../src/study/prompt-gradient.ts';
import { promptVariants } from '../src/study/prompt-variants.ts';
import { buildStudySpace } from '../src/study/study-space.ts';
import { type FloatTensor, floatTensor, type Shape, sizeOf } from '../src/tensor/tensor.ts';
import { TorchGenerator } from '../src/tensor/torch-noise.ts';
import { repeatedMappingBytes } from './memory/repeated-mappings.ts';
import { type BenchUnet, openBenchUnet, type SizeName } from './network-sizes.ts';

export const TASKS = ['matrix-product', 'convolution', 'guided-step', 'gradient', 'whole-gradient'] as const;

export type TaskName = (typeof TASKS)[number];

export interface TaskResult {
  /** The fastest and the median run. */
  readonly seconds: number;
  readonly medianSeconds: number;
  /** Floating-point operations of a run; null where nobody counted them. */
  readonly flops: number | null;
  /** Peak resident memory of the process in bytes; weights that several programs map count once, as they lie in memory. */
  readonly peakBytes: number;
}

export interface TaskOptions {
  readonly size: SizeName;
  readonly dir: string;
  /** Sampling steps of which the gradient is one. */
  readonly steps: number;
  readonly runs: number;
  readonly memory: MemoryMode;
  readonly device: DeviceName;
  readonly precision: Precision;
}

/** Stable Diffusion's noise schedule under DDIM. */
const SCHEDULE = parseSchedulerConfig(
  {
    _class_name: 'DDIMScheduler',
    beta_start: 0.00085,
    beta_end: 0.012,
    beta_schedule: 'scaled_linear',
    steps_offset: 1,
    set_alpha_to_one: false,
    clip_sample: false,
  },
  'bench',
);

export async function runTask(task: TaskName, options: TaskOptions): Promise<TaskResult> {
  switch (task) {
    case 'matrix-product':
      return timeProduct(
        [2048, 2048],
        (g, x) => g.matMul(x, g.constant(noise([2048, 2048]).data, [2048, 2048])),
        options,
      );
    case 'convolution':
      return timeProduct(
        [2, 320, 64, 64],
        (g, x) =>
          g.conv(x, g.constant(noise([320, 320, 3, 3]).data, [320, 320, 3, 3]), undefined, {
            pads: [1, 1, 1, 1],
          }),
        options,
      );
    case 'guided-step':
      return timeGuidedStep(await openBenchUnet(options.size, options.dir), options);
    case 'gradient':
      return timeGradient(await openBenchUnet(options.size, options.dir), options);
    case 'whole-gradient':
      return timeWholeGradient(options);
  }
}

async function timeProduct(
  shape: Shape,
  build: (g: GraphBuilder, x: ReturnType<GraphBuilder['input']>) => Parameters<typeof graphOf>[0][string],
  { runs, device, precision }: TaskOptions,
): Promise<TaskResult> {
  const g = new GraphBuilder();
  const graph = graphOf({ y: build(g, g.input('x', shape)) });
  const program = await createOrtExecutor({ device }).compile(graph, { precision });
  const x = noise(shape);
  return { ...(await time(() => program.run({ x }), Math.max(runs, 10))), flops: graphCost(graph).flops };
}

/** One step of one picture under guidance: both branches in one batch. */
async function timeGuidedStep(
  model: BenchUnet,
  { runs, memory, device, precision }: TaskOptions,
): Promise<TaskResult> {
  const denoiser = new Denoiser(model, new ProgramTable(createOrtExecutor({ memory, device }), precision));
  const inputs = {
    sample: noise(model.sample),
    positive: { context: noise(model.context) },
    negative: { context: noise(model.context) },
    timestep: 500,
  };
  return { ...(await time(() => denoiser.guided(inputs, 7.5), runs)), flops: 2 * forwardFlops(model) };
}

/** The UNet's part of one shortcut gradient: both branches forward, one backward; sampled down to its step first, untimed. */
async function timeGradient(
  model: BenchUnet,
  { steps, runs, memory, device, precision }: TaskOptions,
): Promise<TaskResult> {
  const denoiser = new Denoiser(model, new ProgramTable(createOrtExecutor({ memory, device }), precision));
  const contexts = {
    positive: { context: noise(model.context) },
    negative: { context: noise(model.context) },
  };
  const scheduler = makeScheduler(SCHEDULE, { steps });
  const run = scheduler.start(noise(model.sample).data);
  const stepIndex = Math.floor(steps * 0.3);
  const inputs = () => {
    const { timestep } = scheduler.steps[run.index];
    return { sample: floatTensor(model.sample, run.input), timestep };
  };
  while (run.index < stepIndex) run.advance(await denoiser.guided({ ...inputs(), ...contexts }, 7.5));
  const cotangent = noise(model.sample).data;
  const pass = async () => {
    await denoiser.guided({ ...inputs(), ...contexts }, 7.5);
    await denoiser.transpose({ ...inputs(), ...contexts.negative }, cotangent, ['context']);
  };
  return { ...(await time(pass, runs)), flops: 2 * forwardFlops(model) + gradientFlops(model) };
}

/**
 * A search's text gradient on the embedded model, for one picture: text encoder, UNet, decoder and scorer, forward and back.
 * At step 0, so that no sampling comes before it.
 */
async function timeWholeGradient({
  steps,
  runs,
  memory,
  device,
  precision,
}: TaskOptions): Promise<TaskResult> {
  const pipeline = await loadPipeline({ memory, device, precision });
  const target = 'a red cat and a blue car';
  const variants = promptVariants(buildStudySpace(pipeline, target, { task: 'improve' }));
  const settings = pipeline.settings({ steps });
  const text = new PromptGradient(pipeline, {
    target,
    variants,
    seeds: [0],
    settings,
    gradientSteps: 1,
    sign: 1,
  });
  const probabilities = variants.space.slots.map(({ choices }) =>
    new Float64Array(choices.length).fill(1 / choices.length),
  );
  const measured = await time(() => text.gradient({ probabilities, stepIndex: 0 }), runs);
  return { ...measured, flops: null };
}

function forwardFlops(model: BenchUnet): number {
  return graphCost(graphOf({ output: buildUnet(model).output })).flops;
}

/** One branch forward and back to its context. */
function gradientFlops(model: BenchUnet): number {
  const { g, output, context } = buildUnet(model);
  const outputs = [{ node: output, cotangent: g.input('cotangent', output.shape) }];
  return graphCost(graphOf({ gradient: gradient(g, outputs, [context])[0] })).flops;
}

function buildUnet(model: BenchUnet) {
  const g = new GraphBuilder();
  const inputs = {
    sample: g.input('sample', model.sample),
    timestep: g.input('timestep', [1]),
    context: g.input('context', model.context),
  };
  return { g, context: inputs.context, output: unet(g, model.weights, model.config, inputs) };
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
    peakBytes: process.resourceUsage().maxRSS * 1024 - repeatedMappingBytes(),
  };
}

function noise(shape: Shape): FloatTensor {
  const data = new TorchGenerator(0).randn([Math.min(sizeOf(shape), 65_536)]).data;
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => data[i % data.length]),
  );
}

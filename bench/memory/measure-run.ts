/** @file One run in this process, and what it took: the whole pipeline from the files to a picture's score or to a text gradient. */
import { ClipScorer } from '../../src/diffusion/clip-scorer.ts';
import { MemoryEstimator } from '../../src/diffusion/estimate-memory.ts';
import type { Pipeline, SamplingSettings } from '../../src/diffusion/pipeline.ts';
import type { VaeTiling } from '../../src/diffusion/vae-tiling.ts';
import type { MemoryMode } from '../../src/runtime/executor.ts';
import { resolveMemoryMode } from '../../src/runtime/onnxruntime/session-options.ts';
import { loadPipeline } from '../../src/study/load-pipeline.ts';
import { PromptGradient } from '../../src/study/prompt-gradient.ts';
import { promptVariants } from '../../src/study/prompt-variants.ts';
import { buildStudySpace } from '../../src/study/study-space.ts';
import { repeatedMappingBytes } from './repeated-mappings.ts';

export type Work = 'sampling' | 'gradient';

export interface RunToMeasure {
  /** Undefined is the embedded model. */
  readonly model?: string;
  readonly memory: MemoryMode;
  readonly work: Work;
  readonly vaeTiling: VaeTiling;
  /** Side of the picture in pixels. @default what the model was trained for */
  readonly side?: number;
}

export interface MeasuredRun {
  readonly width: number;
  readonly predictedBytes: number;
  /** The largest resident size that the process ever had, as `top` shows it. */
  readonly residentBytes: number;
  /** What of it is counted more than once: pages of files that several programs map (Linux; elsewhere 0). */
  readonly repeatedBytes: number;
  readonly seconds: number;
}

const TARGET = 'a red cat and a blue car';
/** Programs take the same memory at every step. */
const STEPS = 1;

export async function measureRun(run: RunToMeasure): Promise<MeasuredRun> {
  const { model, memory, work, side, vaeTiling } = run;
  const pipeline = await loadPipeline({ device: 'cpu', memory, ...(model !== undefined && { model }) });
  const settings = pipeline.settings({
    steps: STEPS,
    vaeTiling,
    ...(side !== undefined && { width: side, height: side }),
  });
  const predictedBytes = predict(pipeline, settings, run);
  const start = performance.now();
  if (work === 'gradient') await takeGradient(pipeline, settings);
  else await makePicture(pipeline, settings);
  const seconds = (performance.now() - start) / 1000;
  const residentBytes = process.resourceUsage().maxRSS * 1024;
  const repeatedBytes = repeatedMappingBytes();
  return { width: settings.width, predictedBytes, residentBytes, repeatedBytes, seconds };
}

function predict(pipeline: Pipeline, settings: SamplingSettings, { memory, work }: RunToMeasure): number {
  const clips = pipeline.scorer.scorers.flatMap(({ scorer }) =>
    scorer instanceof ClipScorer ? [scorer.folder] : [],
  );
  const estimator = new MemoryEstimator(pipeline.model, clips, settings);
  const way = { modeOf: resolveMemoryMode.bind(null, memory), vaeTiling: settings.vaeTiling };
  return work === 'gradient' ? estimator.gradientBytes(way) : estimator.samplingBytes(way);
}

async function makePicture(pipeline: Pipeline, settings: SamplingSettings): Promise<void> {
  const image = await pipeline.generate([{ prompt: TARGET, seed: 0 }], settings);
  await pipeline.score(image, TARGET);
}

async function takeGradient(pipeline: Pipeline, settings: SamplingSettings): Promise<void> {
  const variants = promptVariants(buildStudySpace(pipeline, TARGET, { task: 'improve' }));
  const options = { target: TARGET, variants, seeds: [0], settings, gradientSteps: 1, sign: 1 } as const;
  const probabilities = variants.space.slots.map(({ choices }) =>
    new Float64Array(choices.length).fill(1 / choices.length),
  );
  await makePicture(pipeline, settings);
  await new PromptGradient(pipeline, options).gradient({ probabilities, stepIndex: 0 });
}

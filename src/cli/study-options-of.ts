/** @file The command line's flat options in the library's shape. */
import type { SampleOptions } from '../diffusion/pipeline.ts';
import type { SizeConditioning } from '../diffusion/size-conditioning.ts';
import type { LoadPipelineOptions, OpenModelOptions } from '../study/load-pipeline.ts';
import type { MemoryQuestion } from '../study/memory-report.ts';
import type { StudyOptions } from '../study/study-options.ts';
import type { CliOptions } from './shared-options.ts';
import { weightedScorer } from './weighted-scorer.ts';

/** What is given of `options` for a search; the library knows the defaults. */
export function studyOptionsOf(options: CliOptions): Omit<StudyOptions, 'signal'> {
  const { size, guidance, negative, gradientStepIndex } = options;
  const gradient = {
    ...pick(options, ['iterations', 'temperature', 'learningRate', 'momentum']),
    ...(gradientStepIndex !== undefined && {
      schedule: { kind: 'fixed', stepIndex: gradientStepIndex } as const,
    }),
  };
  const evolution = pick(options, [
    'population',
    'parents',
    'mutationProbability',
    'mutants',
    'children',
    'generations',
  ]);
  return {
    ...pick(options, [
      'seeds',
      'heldOutSeeds',
      'searchSeed',
      'steps',
      'eta',
      'method',
      'budget',
      'maxSeconds',
    ]),
    ...pick(options, ['allowDistilled', 'vaeTiling', 'ignoreMemory']),
    ...pick(options, ['plateau', 'gradientSteps', 'minSimilarity', 'preset', 'ablation', 'for', 'raceSeeds']),
    ...pick(options, ['gradientRefresh', 'raceAt', 'raceKeep', 'searchSteps', 'searchScheduler']),
    ...pick(options, ['confirm', 'sharePrefix', 'sharePositive']),
    ...pick(options, ['search', 'space', 'librarySlots', 'maxChoices']),
    ...size,
    ...schedulerOptionsOf(options),
    ...sizesOf(options),
    ...(guidance !== undefined && { guidanceScale: guidance }),
    ...(negative !== undefined && { negativePrompt: negative }),
    gradient,
    evolution,
  };
}

/** How single pictures are sampled. */
export function sampleOptionsOf(options: CliOptions): Omit<SampleOptions, 'signal' | 'onStep'> {
  return {
    ...pick(options, ['steps', 'eta', 'vaeTiling']),
    ...schedulerOptionsOf(options),
    ...options.size,
    ...sizesOf(options),
    ...(options.guidance !== undefined && { guidanceScale: options.guidance }),
  };
}

function schedulerOptionsOf({
  scheduler,
  karras,
  spacing,
}: CliOptions): Pick<SampleOptions, 'scheduler' | 'karrasSigmas' | 'timestepSpacing'> {
  return {
    ...(scheduler !== undefined && { scheduler }),
    ...(karras !== undefined && { karrasSigmas: karras }),
    ...(spacing !== undefined && { timestepSpacing: spacing }),
  };
}

/** The sizes that SDXL is told. */
function sizesOf(options: CliOptions): SizeConditioning {
  return pick(options, ['originalSize', 'cropTopLeft', 'targetSize']);
}

export function pipelineOptionsOf(options: CliOptions): LoadPipelineOptions {
  const { scorer } = options;
  return {
    ...pick(options, ['loss', 'heldOutScorer', 'device', 'precision', 'memory']),
    ...(scorer && { scorer: scorer.map((text) => weightedScorer(text)) }),
    ...modelOptionsOf(options),
  };
}

/** How the files of a model are opened. */
export function modelOptionsOf(options: CliOptions): OpenModelOptions & { readonly model?: string } {
  const { lora: loras } = options;
  return {
    ...pick(options, ['model', 'pipelineConfig', 'predictionType', 'variant']),
    ...(loras && { loras }),
  };
}

/** For which pictures and which memory mode `inspect` estimates. */
export function memoryQuestionOf(options: CliOptions): MemoryQuestion {
  return { ...pick(options, ['memory', 'vaeTiling']), ...options.size };
}

/** The given names of `options`, without what is undefined. */
function pick<Name extends keyof CliOptions>(options: CliOptions, names: readonly Name[]): Given<Name> {
  const entries = names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return Object.fromEntries(entries) as Given<Name>;
}

type Given<Name extends keyof CliOptions> = { readonly [K in Name]?: NonNullable<CliOptions[K]> };

/** @file The command line's flat options in the library's shape. */
import type { SampleOptions } from '../diffusion/pipeline.ts';
import type { LoadPipelineOptions, OpenModelOptions } from '../study/load-pipeline.ts';
import type { StudyOptions } from '../study/study-options.ts';
import type { CliOptions } from './shared-options.ts';

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
    ...pick(options, ['plateau', 'gradientSteps', 'space', 'maxChoices', 'minSimilarity']),
    ...size,
    ...(guidance !== undefined && { guidanceScale: guidance }),
    ...(negative !== undefined && { negativePrompt: negative }),
    gradient,
    evolution,
  };
}

/** How single pictures are sampled. */
export function sampleOptionsOf(
  options: CliOptions,
): Pick<SampleOptions, 'steps' | 'eta' | 'guidanceScale' | 'width' | 'height'> {
  return {
    ...pick(options, ['steps', 'eta']),
    ...options.size,
    ...(options.guidance !== undefined && { guidanceScale: options.guidance }),
  };
}

export function pipelineOptionsOf(options: CliOptions): LoadPipelineOptions {
  return { ...pick(options, ['scorer', 'device', 'memory']), ...modelOptionsOf(options) };
}

/** How the files of a model are opened. */
export function modelOptionsOf(options: CliOptions): OpenModelOptions & { readonly model?: string } {
  const { lora: loras } = options;
  return {
    ...pick(options, ['model', 'pipelineConfig', 'predictionType', 'variant']),
    ...(loras && { loras }),
  };
}

/** The given names of `options`, without what is undefined. */
function pick<Name extends keyof CliOptions>(options: CliOptions, names: readonly Name[]): Given<Name> {
  const entries = names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return Object.fromEntries(entries) as Given<Name>;
}

type Given<Name extends keyof CliOptions> = { readonly [K in Name]?: NonNullable<CliOptions[K]> };

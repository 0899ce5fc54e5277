/** @file Every option of every command: the declarations together, and which command takes which. Defaults stand there as words; a test compares them with the library's. */
import type { OptionValue } from './option-spec.ts';
import { EXPERIMENT_OPTION_SPECS } from './options/experiment-options.ts';
import { EXPORT_OPTION_SPECS } from './options/export-options.ts';
import { JUDGE_OPTION_SPECS } from './options/judge-options.ts';
import { MODEL_OPTION_SPECS } from './options/model-options.ts';
import { OUTPUT_OPTION_SPECS } from './options/output-options.ts';
import { PICTURE_OPTION_SPECS } from './options/picture-options.ts';
import { SEARCH_OPTION_SPECS } from './options/search-options.ts';
import { STORE_OPTION_SPECS } from './options/store-options.ts';
import { SPACE_OPTIONS } from './space-options.ts';
import { WORD_PROVIDER_OPTIONS } from './word-provider-options.ts';

export const OPTIONS = {
  ...MODEL_OPTION_SPECS,
  ...PICTURE_OPTION_SPECS,
  ...SEARCH_OPTION_SPECS,
  ...SPACE_OPTIONS,
  ...WORD_PROVIDER_OPTIONS,
  ...STORE_OPTION_SPECS,
  ...EXPERIMENT_OPTION_SPECS,
  ...OUTPUT_OPTION_SPECS,
  ...JUDGE_OPTION_SPECS,
  ...EXPORT_OPTION_SPECS,
} as const;

export type OptionName = keyof typeof OPTIONS;

/** What was asked for, on the command line or in a configuration file; defaults are the library's. */
export type CliOptions = { readonly [Name in OptionName]?: OptionValue<(typeof OPTIONS)[Name]> };

/** How a model's files are read. */
const FILE_OPTIONS = ['model', 'pipelineConfig', 'predictionType', 'variant'] as const;
/** Which model, which scorers, and where they run. */
export const MODEL_OPTIONS = [...FILE_OPTIONS, 'scorer', 'loss', 'device', 'precision', 'memory'] as const;
const SAMPLING_OPTIONS = [
  'seeds',
  'steps',
  'guidance',
  'scheduler',
  'karras',
  'spacing',
  'eta',
  'size',
  'vaeTiling',
  'ignoreMemory',
] as const;
const SIZE_OPTIONS = ['originalSize', 'cropTopLeft', 'targetSize'] as const;
const OUTPUT_OPTIONS = ['json', 'quiet', 'verbose'] as const;

const WORD_PROVIDERS = ['words', 'keywords', 'llmModel', 'llmTimeout', 'llmRefresh'] as const;

const ACCELERATION_OPTIONS = [
  'gradientRefresh',
  'raceAt',
  'raceKeep',
  'searchSteps',
  'searchScheduler',
  'confirm',
  'sharePrefix',
  'sharePositive',
] as const;

const STUDY_OPTIONS = [
  ...MODEL_OPTIONS,
  'lora',
  ...SAMPLING_OPTIONS,
  'heldOutSeeds',
  'heldOutScorer',
  'method',
  'budget',
  'preset',
  'maxSeconds',
  'plateau',
  'searchSeed',
  'ablation',
  'for',
  'raceSeeds',
  'out',
  'store',
  ...OUTPUT_OPTIONS,
  ...ACCELERATION_OPTIONS,
  'search',
  'negative',
  'space',
  'librarySlots',
  'maxChoices',
  ...WORD_PROVIDERS,
  'iterations',
  'gradientSteps',
  'gradientStepIndex',
  'temperature',
  'learningRate',
  'momentum',
  'population',
  'parents',
  'mutants',
  'mutationProbability',
  'children',
  'generations',
  ...SIZE_OPTIONS,
  'allowDistilled',
] as const;

const ATTACK_OPTIONS = [...STUDY_OPTIONS, 'similarityModel', 'minSimilarity'] as const;

/** Those of searches but what belongs to one search alone. */
const EXPERIMENT_OPTIONS = [
  ...ATTACK_OPTIONS.filter((name) => name !== 'searchSeed' && name !== 'out'),
  ...(['jobs', 'name', 'restart', 'retry'] as const),
];

/** Which options each command takes. */
export const COMMAND_OPTIONS = {
  improve: STUDY_OPTIONS,
  attack: ATTACK_OPTIONS,
  generate: [
    ...MODEL_OPTIONS,
    'lora',
    'negative',
    ...SAMPLING_OPTIONS,
    ...SIZE_OPTIONS,
    'out',
    ...OUTPUT_OPTIONS,
  ],
  score: [...MODEL_OPTIONS, ...OUTPUT_OPTIONS],
  experiment: EXPERIMENT_OPTIONS,
  resume: ['store', ...OUTPUT_OPTIONS],
  studies: ['store', 'state', 'limit', ...OUTPUT_OPTIONS],
  space: [
    ...FILE_OPTIONS,
    'task',
    'search',
    'prompts',
    'out',
    ...OUTPUT_OPTIONS,
    'space',
    'librarySlots',
    'maxChoices',
    ...WORD_PROVIDERS,
  ],
  report: ['out', 'store', ...OUTPUT_OPTIONS],
  export: ['store', 'experiment', 'study', 'minGain', 'format', 'out', ...OUTPUT_OPTIONS],
  // The model may be an argument too, which wins.
  inspect: [...FILE_OPTIONS, 'memory', 'size', 'vaeTiling', ...OUTPUT_OPTIONS],
  judge: ['import', 'out', 'store', ...OUTPUT_OPTIONS],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof COMMAND_OPTIONS;

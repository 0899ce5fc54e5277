/** @file Every option of every command, declared once. Defaults stand here as words; a test compares them with the library's. */
import type { LoraSpec } from '../checkpoint/lora/apply-loras.ts';
import { SCHEDULER_CHOICES } from '../study/scheduler-choices.ts';
import {
  choice,
  flag,
  number,
  numberedChoice,
  type OptionKind,
  path,
  pictureOffset,
  pictureSize,
  repeated,
  seedList,
  text,
  whole,
  wholeOrUnlimited,
} from './option-kind.ts';
import type { OptionSpec, OptionValue } from './option-spec.ts';
import { scaledLora } from './scaled-lora.ts';

/** A LoRA file and its scale. */
const lora: OptionKind<LoraSpec> = {
  expected:
    'a .safetensors file, and after a colon a number where its scale is not 1, such as style.safetensors:0.7',
  json: 'string',
  read: (text) => scaledLora(text),
};

const FRACTION_WORDS = 'a number of at least 0 and below 1';
const ABOVE_ZERO_WORDS = 'a number above 0';

export const OPTIONS = {
  model: {
    group: 'Model:',
    placeholder: 'PATH|NAME',
    description:
      'a folder in the diffusers layout, a whole model in one .safetensors file, or a name on the hub, such as org/name or org/name@revision',
    default: 'the small embedded one',
    kind: path,
  },
  scorer: {
    group: 'Model:',
    placeholder: 'PATH|NAME[:WEIGHT]',
    description:
      'the CLIP that compares pictures with the prompt: its folder, a .safetensors file, or its name on the hub; give it several times to add their losses',
    default: "the model's own folder scorer/",
    kind: repeated(path),
  },
  loss: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'how a CLIP measures: spherical (half the squared angle) or cosine (1 − cosine)',
    default: 'spherical',
    kind: choice(['spherical', 'cosine']),
  },
  heldOutScorer: {
    group: 'Search:',
    placeholder: 'DIR',
    description: 'another CLIP that the search never asks, to see whether the search has gamed its scorer',
    default: 'none',
    kind: path,
  },
  variant: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'precision of the weights to prefer where the model comes in several: fp16 or bf16',
    default: 'full precision',
    kind: choice(['fp16', 'bf16']),
  },
  lora: {
    group: 'Model:',
    placeholder: 'FILE[:SCALE]',
    description: 'merge a LoRA into the weights, by so much; may be given several times',
    default: 'none; the scale is 1',
    kind: repeated(lora),
  },
  pipelineConfig: {
    group: 'Model:',
    placeholder: 'DIR',
    description: 'for a model in one file: take configuration, scheduler and tokenizer from this folder',
    default: "the family's published ones",
    kind: path,
  },
  predictionType: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'what the UNet predicts: epsilon (noise) or v_prediction (velocity)',
    default: 'what the model says',
    kind: choice(['epsilon', 'v_prediction']),
  },
  device: {
    group: 'Model:',
    placeholder: 'NAME',
    description:
      'where to compute: auto, cpu, cuda, webgpu, coreml or directml; cuda:1 and directml:1 are the second GPU',
    default: 'auto',
    kind: numberedChoice(['auto', 'cpu', 'cuda', 'webgpu', 'coreml', 'directml'], ['cuda', 'directml']),
  },
  precision: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'what the UNet computes in: float32, float16 or auto (float16 on GPUs, else float32)',
    default: 'auto',
    kind: choice(['auto', 'float32', 'float16']),
  },
  memory: {
    group: 'Model:',
    placeholder: 'MODE',
    description:
      'fast (weights unpacked), balanced (weights stay on disk), low (besides, one program open at a time) or auto (balanced for large models, else fast)',
    default: 'auto',
    kind: choice(['auto', 'fast', 'balanced', 'low']),
  },
  allowDistilled: {
    group: 'Model:',
    description: 'the model takes guidance, although it looks guidance-distilled (Turbo, Lightning, LCM)',
    kind: flag,
  },
  negative: {
    group: 'Pictures:',
    placeholder: 'TEXT',
    description: 'the negative prompt: what the pictures should not show',
    default: 'empty',
    kind: text,
  },
  seeds: {
    group: 'Pictures:',
    placeholder: 'LIST',
    description: 'seeds of the pictures, with commas between; a search sees these and no others',
    default: '0,1',
    kind: seedList(),
  },
  heldOutSeeds: {
    group: 'Pictures:',
    placeholder: 'LIST',
    description: 'seeds that the search never sees, to measure what carries over; none for no such test',
    default: 'the 4 smallest that are not in --seeds',
    kind: seedList({ none: true }),
  },
  steps: {
    group: 'Pictures:',
    placeholder: 'N',
    description: 'denoising steps of each picture',
    default: '50',
    kind: whole(1),
  },
  guidance: {
    group: 'Pictures:',
    placeholder: 'SCALE',
    description: 'classifier-free guidance scale, 1 to 100; above 1 where the negative prompt is searched',
    default: '7.5',
    kind: number('a number from 1 to 100', (value) => value >= 1 && value <= 100),
  },
  scheduler: {
    group: 'Pictures:',
    placeholder: 'NAME',
    description: `how noise becomes a picture: ${SCHEDULER_CHOICES.join(', ')} (the model's own)`,
    default: 'ddim',
    kind: choice(SCHEDULER_CHOICES),
  },
  karras: {
    group: 'Pictures:',
    description:
      'noise levels by Karras et al.; with euler, euler-ancestral, heun, dpm++2m, dpm++2m-sde and unipc (default: what the model says of its own scheduler)',
    kind: flag,
  },
  spacing: {
    group: 'Pictures:',
    placeholder: 'NAME',
    description: 'how the steps are spread over the training timesteps: leading, linspace or trailing',
    default: 'what the model says, else what is usual with the scheduler',
    kind: choice(['leading', 'linspace', 'trailing']),
  },
  eta: {
    group: 'Pictures:',
    placeholder: 'ETA',
    description: 'noise that DDIM adds at each step, 0 (none) to 1',
    default: '0',
    kind: number('a number from 0 to 1', (value) => value >= 0 && value <= 1),
  },
  size: {
    group: 'Pictures:',
    placeholder: 'WxH',
    description: 'width and height in pixels, such as 512x768',
    default: 'what the model was trained for',
    kind: pictureSize,
  },
  originalSize: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'WxH',
    description: 'size of the picture before cropping; a small one asks for a blurred picture',
    default: 'that of --size',
    kind: pictureSize,
  },
  cropTopLeft: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'X,Y',
    description: 'pixels cropped from the left, then from the top; 0,0 asks for a centred subject',
    default: '0,0',
    kind: pictureOffset,
  },
  targetSize: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'WxH',
    description: 'size after cropping',
    default: 'that of --size',
    kind: pictureSize,
  },
  method: {
    group: 'Search:',
    placeholder: 'NAME',
    description: 'hybrid (gradient, then evolution), gradient, evolution or random',
    default: 'hybrid',
    kind: choice(['hybrid', 'gradient', 'evolution', 'random']),
  },
  budget: {
    group: 'Search:',
    placeholder: 'N',
    description:
      'evaluations to spend; one is a picture for each seed, a gradient iteration costs a part of one',
    default: '40',
    kind: whole(1),
  },
  maxSeconds: {
    group: 'Search:',
    placeholder: 'S',
    description: 'end the search after so many seconds; the pictures on held-out seeds come after it',
    default: 'no limit',
    kind: number(ABOVE_ZERO_WORDS, (value) => value > 0),
  },
  plateau: {
    group: 'Search:',
    placeholder: 'N',
    description: 'end the search after so many evaluations without a new best',
    default: 'no limit',
    kind: whole(1),
  },
  searchSeed: {
    group: 'Search:',
    placeholder: 'N',
    description: "seed of the search's own choices; the same seed gives the same result",
    default: '0',
    kind: whole(0),
  },
  minSimilarity: {
    group: 'Search:',
    placeholder: 'COSINE',
    description: 'reject prompts that mean less the same than this, −1 to 1, before they are sampled',
    default: '0.88 by minilm; 0.9 by any other, for which no value was measured but on the embedded model',
    kind: number('a number from -1 to 1', (value) => value >= -1 && value <= 1),
  },
  similarityModel: {
    group: 'Search:',
    placeholder: 'PATH|NAME',
    description:
      'the sentence encoder that compares meanings: its folder, or its name on the hub, such as sentence-transformers/sentence-t5-base; minilm (all-MiniLM-L6-v2, which is in the program) or clip (the text tower of the scorer)',
    default: 'minilm; clip on the embedded model, whose world has synonyms of its own',
    kind: path,
  },
  task: {
    group: 'Search:',
    placeholder: 'NAME',
    description: 'improve (words to keep out of the picture) or attack (synonyms)',
    default: 'improve',
    kind: choice(['improve', 'attack']),
  },
  out: {
    group: 'Output:',
    placeholder: 'DIR',
    description:
      'folder for pictures and reports, made if it does not exist; a search replaces an earlier run in it',
    default: 'runs/<time>-<prompt>',
    kind: path,
  },
  json: {
    group: 'Output:',
    description: 'print the result as one JSON object on one line',
    kind: flag,
  },
  quiet: {
    group: 'Output:',
    description: 'no progress and no warnings; errors and the result only',
    kind: flag,
  },
  verbose: {
    group: 'Other:',
    description: 'a line for every evaluation, and the stack trace of an error',
    kind: flag,
  },
  space: {
    group: 'Advanced, words:',
    placeholder: 'FILE',
    description: 'take the words to search from a JSON file, see dpo-diff space --json',
    default: 'from the dictionaries',
    kind: path,
  },
  maxChoices: {
    group: 'Advanced, words:',
    placeholder: 'N',
    description: 'at most so many substitutes for a word',
    default: '5',
    kind: whole(1),
  },
  iterations: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'N',
    description: 'gradient iterations, as far as half the budget pays for them',
    default: '20',
    kind: whole(0),
  },
  gradientSteps: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'K',
    description: 'denoising steps that the shortcut gradient goes through',
    default: '1',
    kind: whole(1),
  },
  gradientStepIndex: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'N',
    description: 'take every gradient at this step, 0 (the noisiest) to steps − 1',
    default: 'a ramp, 15 to 24 of 50',
    kind: whole(0),
  },
  temperature: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'TAU',
    description: 'temperature of the Gumbel-softmax, above 0',
    default: '1',
    kind: number(ABOVE_ZERO_WORDS, (value) => value > 0),
  },
  learningRate: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'RATE',
    description: "RMSprop's step, above 0",
    default: '0.1',
    kind: number(ABOVE_ZERO_WORDS, (value) => value > 0),
  },
  momentum: {
    group: 'Advanced, gradient search (GPO):',
    placeholder: 'M',
    description: "RMSprop's momentum, from 0 to below 1",
    default: '0.5',
    kind: number(FRACTION_WORDS, (value) => value >= 0 && value < 1),
  },
  population: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'N',
    description: 'candidates in the first generation',
    default: '20',
    kind: whole(1),
  },
  parents: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'N',
    description: 'how many of the best so far have offspring',
    default: '10',
    kind: whole(1),
  },
  mutants: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'N',
    description: 'mutants in each further generation',
    default: '10',
    kind: whole(0),
  },
  mutationProbability: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'P',
    description: "probability that a mutant's word changes, above 0 and at most 1",
    default: '0.1',
    kind: number('a number above 0 and at most 1', (value) => value > 0 && value <= 1),
  },
  children: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'N',
    description: 'children of two parents in each further generation',
    default: '10',
    kind: whole(0),
  },
  generations: {
    group: 'Advanced, evolution (EPO):',
    placeholder: 'N',
    description: 'generations after the first, or unlimited',
    default: '2; unlimited where --budget is given',
    kind: wholeOrUnlimited(0),
  },
} as const satisfies Record<string, OptionSpec<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/** What was asked for, on the command line or in a configuration file; defaults are the library's. */
export type CliOptions = { readonly [Name in OptionName]?: OptionValue<(typeof OPTIONS)[Name]> };

/** How a model's files are read. */
const FILE_OPTIONS = ['model', 'pipelineConfig', 'predictionType', 'variant'] as const;
const MODEL_OPTIONS = [...FILE_OPTIONS, 'scorer', 'loss', 'device', 'precision', 'memory'] as const;
const SAMPLING_OPTIONS = [
  'seeds',
  'steps',
  'guidance',
  'scheduler',
  'karras',
  'spacing',
  'eta',
  'size',
] as const;
const SIZE_OPTIONS = ['originalSize', 'cropTopLeft', 'targetSize'] as const;
const OUTPUT_OPTIONS = ['json', 'quiet', 'verbose'] as const;

const STUDY_OPTIONS = [
  ...MODEL_OPTIONS,
  'lora',
  ...SAMPLING_OPTIONS,
  'heldOutSeeds',
  'heldOutScorer',
  'method',
  'budget',
  'maxSeconds',
  'plateau',
  'searchSeed',
  'out',
  ...OUTPUT_OPTIONS,
  'space',
  'maxChoices',
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

/** Which options each command takes. */
export const COMMAND_OPTIONS = {
  improve: STUDY_OPTIONS,
  attack: [...STUDY_OPTIONS, 'negative', 'similarityModel', 'minSimilarity'],
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
  space: [...FILE_OPTIONS, 'task', ...OUTPUT_OPTIONS, 'space', 'maxChoices'],
  inspect: ['pipelineConfig', 'predictionType', 'variant', ...OUTPUT_OPTIONS],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof COMMAND_OPTIONS;

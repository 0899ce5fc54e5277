/** @file Options of a search and of its words. Declared once, for the help, the command line and configuration files. */
import { PRESET_NAMES } from '../../study/preset-names.ts';
import { SCHEDULER_CHOICES } from '../../study/scheduler-choices.ts';
import { STUDY_GOALS } from '../../study/study-goal.ts';
import {
  ascendingCounts,
  choice,
  flag,
  number,
  path,
  stepPlace,
  stepPlaces,
  whole,
  wholeOrNever,
  wholeOrUnlimited,
} from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

const FRACTION_WORDS = 'a number of at least 0 and below 1';
const ABOVE_ZERO_WORDS = 'a number above 0';

export const SEARCH_OPTION_SPECS = {
  heldOutScorer: {
    group: 'Search:',
    placeholder: 'PATH|NAME',
    description: 'another CLIP that the search never asks, to see whether the search has gamed its scorer',
    default: 'none',
    kind: path,
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
  preset: {
    group: 'Search:',
    placeholder: 'NAME',
    description:
      'a set of the options below, from cheap to costly: quick, balanced, thorough; or paper, its exact procedure; options that are given win over it',
    default: 'none',
    kind: choice(PRESET_NAMES),
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
  for: {
    group: 'Search:',
    placeholder: 'GOAL',
    description:
      'picture repairs the pictures of --seeds; prompt seeks what works on seeds that the search never saw: it takes more of them, raced, and spends the budget whole',
    default: 'picture',
    kind: choice(STUDY_GOALS),
  },
  raceSeeds: {
    group: 'Search:',
    placeholder: 'COUNTS',
    description:
      'look at a candidate on so many of the seeds and stop it where it can hardly win, such as 2,4; or never',
    default: '2,4,8,… below the number of seeds with --for prompt, else never',
    kind: ascendingCounts,
  },
  ablation: {
    group: 'Search:',
    description:
      'tell what each word of the best prompt did, by leaving it out: a picture for each word on every searched and held-out seed',
    kind: flag,
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
  gradientRefresh: {
    group: 'Advanced, faster search:',
    placeholder: 'N',
    description:
      "gradient iterations that share the latents of one sampling: 1 samples for each, as the paper does; never takes the original's",
    default: '1',
    kind: wholeOrNever(1),
  },
  raceAt: {
    group: 'Advanced, faster search:',
    placeholder: 'STEP',
    description:
      "look at each generation's candidates early and stop the worse: a share of the steps, such as 0.4, or a step index; several with commas between",
    default: 'no race',
    kind: stepPlaces,
  },
  raceKeep: {
    group: 'Advanced, faster search:',
    placeholder: 'SHARE',
    description: 'share of the candidates that goes on after each look, above 0 and below 1',
    default: '0.5',
    kind: number('a number above 0 and below 1', (value) => value > 0 && value < 1),
  },
  searchSteps: {
    group: 'Advanced, faster search:',
    placeholder: 'N',
    description: "denoising steps of the search's pictures; the best are sampled with --steps after it",
    default: 'as many as --steps',
    kind: whole(1),
  },
  searchScheduler: {
    group: 'Advanced, faster search:',
    placeholder: 'NAME',
    description: "the scheduler of the search's pictures, such as dpm++2m for few steps",
    default: 'that of --scheduler',
    kind: choice(SCHEDULER_CHOICES),
  },
  confirm: {
    group: 'Advanced, faster search:',
    placeholder: 'N',
    description:
      "where the search's pictures are not exact: sample so many of its best exactly, and the original; the best of those wins",
    default: '3',
    kind: whole(1),
  },
  sharePrefix: {
    group: 'Advanced, faster search:',
    placeholder: 'STEP',
    description:
      "candidates begin with the original's latents at this step; a share of the steps or an index",
    default: 'nothing is shared',
    kind: stepPlace,
  },
  sharePositive: {
    group: 'Advanced, faster search:',
    placeholder: 'STEP',
    description:
      "until this step, candidates take the original's positive branch of guidance, which spoils pictures of the embedded model; only where the negative prompt alone is searched",
    default: 'nothing is shared',
    kind: stepPlace,
  },
  space: {
    group: 'Advanced, words:',
    placeholder: 'NAMES|FILE',
    description:
      'where the words come from: antonym, library (common negative words) and synonym, joined by +, such as antonym+library; or a JSON file, see dpo-diff space --json',
    default: 'antonym for the negative prompt, synonym for the prompt itself',
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

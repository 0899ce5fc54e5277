/** @file Every option of the searches, with the paper's constants (F.1) as defaults, resolved and checked in one place. */
import { DpoError } from '../errors.ts';
import type { StepSchedule } from './step-schedule.ts';

/** When a search ends. Whatever comes first ends it; what was found until then is kept. */
export interface BudgetOptions {
  /**
   * What may be spent: an evaluation costs 1, a gradient iteration what the text gradient says (the paper: t / T).
   * A whole number of at least 1, or `Infinity`. @default 40
   */
  readonly evaluations?: number;
  /** Seconds from the first step of the search; above 0. Needs the problem's clock. @default Infinity */
  readonly seconds?: number;
  /** Ends after so many evaluations in a row without a new best; at least 1. @default Infinity */
  readonly plateau?: number;
  /** Aborting ends the search; a batch under way counts as not evaluated. @default none */
  readonly signal?: AbortSignal;
}

/** How the word distribution is learned (GPO). */
export interface GradientOptions {
  /** Gradient iterations, with one Gumbel sample each; at least 0. @default 20 */
  readonly iterations?: number;
  /** Where in the sampling the gradient is taken. @default the paper's ramp */
  readonly schedule?: StepSchedule;
  /**
   * The share of the budget that the iterations may spend at most, in (0, 1]; the rest is for evaluations.
   * Whatever the share, one evaluation is left after the last iteration. @default 0.5
   */
  readonly maxBudgetShare?: number;
  /** The temperature tau of Gumbel-softmax; above 0. @default 1 */
  readonly temperature?: number;
  /** The original's logit at the start; the other choices start at 0. @default 1 */
  readonly originalLogit?: number;
  /** Logits are kept at or above this. @default 0 */
  readonly minLogit?: number;
  /** Logits are kept at or below this; above `minLogit`. @default 3 */
  readonly maxLogit?: number;
  /** RMSprop's; above 0. @default 0.1 */
  readonly learningRate?: number;
  /** RMSprop's, in [0, 1). @default 0.5 */
  readonly momentum?: number;
  /** RMSprop's (torch's `alpha`), in [0, 1). @default 0.99 */
  readonly decay?: number;
  /** RMSprop's, added after the square root; above 0. @default 1e-8 */
  readonly epsilon?: number;
  /** The gradient of the logits is cut to ± this, element by element; above 0. @default 1/40 */
  readonly clip?: number;
}

/** How candidates are bred (EPO). */
export interface EvolutionOptions {
  /** Candidates of the first generation, the original among them; at least 1. @default 20 */
  readonly population?: number;
  /** How many of the best so far are parents; at least 1. @default 10 */
  readonly parents?: number;
  /** The probability that a mutant's slot changes, in (0, 1]. @default 0.1 */
  readonly mutationProbability?: number;
  /** Mutants a generation; at least 0. @default 10 */
  readonly mutants?: number;
  /** Children by crossover a generation; at least 0. @default 10 */
  readonly children?: number;
  /** Generations bred after the first; at least 0, or `Infinity` to go on until the budget ends. @default 2 */
  readonly generations?: number;
}

/** All methods take the same options; each uses its own part. */
export interface SearchOptions {
  readonly budget?: BudgetOptions;
  readonly gradient?: GradientOptions;
  readonly evolution?: EvolutionOptions;
}

export type ResolvedBudget = Required<Omit<BudgetOptions, 'signal'>> & Pick<BudgetOptions, 'signal'>;
export type ResolvedGradientOptions = Required<GradientOptions>;
export type ResolvedEvolutionOptions = Required<EvolutionOptions>;

export interface ResolvedSearchOptions {
  readonly budget: ResolvedBudget;
  readonly gradient: ResolvedGradientOptions;
  readonly evolution: ResolvedEvolutionOptions;
}

const BUDGET_DEFAULTS = {
  evaluations: 40,
  seconds: Number.POSITIVE_INFINITY,
  plateau: Number.POSITIVE_INFINITY,
};

const GRADIENT_DEFAULTS: ResolvedGradientOptions = {
  iterations: 20,
  schedule: { kind: 'ramp' },
  maxBudgetShare: 0.5,
  temperature: 1,
  originalLogit: 1,
  minLogit: 0,
  maxLogit: 3,
  learningRate: 0.1,
  momentum: 0.5,
  decay: 0.99,
  epsilon: 1e-8,
  clip: 1 / 40,
};

const EVOLUTION_DEFAULTS: ResolvedEvolutionOptions = {
  population: 20,
  parents: 10,
  mutationProbability: 0.1,
  mutants: 10,
  children: 10,
  generations: 2,
};

/**
 * The options with defaults in place of what is missing (or undefined).
 * @throws {DpoError} INVALID_OPTION for a value out of its range, naming the option, the range and the value.
 */
export function resolveSearchOptions(options: SearchOptions = {}): ResolvedSearchOptions {
  const resolved = {
    budget: withDefaults<ResolvedBudget>(BUDGET_DEFAULTS, options.budget),
    gradient: withDefaults(GRADIENT_DEFAULTS, options.gradient),
    evolution: withDefaults(EVOLUTION_DEFAULTS, options.evolution),
  };
  checkBudget(resolved.budget);
  checkGradient(resolved.gradient);
  checkEvolution(resolved.evolution);
  return resolved;
}

function withDefaults<T extends object>(defaults: T, given: object = {}): T {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) };
}

function checkBudget({ evaluations, seconds, plateau }: ResolvedBudget): void {
  check('budget.evaluations', evaluations, COUNT_OR_INFINITY);
  check('budget.seconds', seconds, ABOVE_ZERO);
  check('budget.plateau', plateau, COUNT_OR_INFINITY);
}

function checkGradient(gradient: ResolvedGradientOptions): void {
  check('gradient.iterations', gradient.iterations, WHOLE);
  check('gradient.maxBudgetShare', gradient.maxBudgetShare, SHARE);
  check('gradient.temperature', gradient.temperature, ABOVE_ZERO_FINITE);
  check('gradient.originalLogit', gradient.originalLogit, FINITE);
  check('gradient.minLogit', gradient.minLogit, FINITE);
  check('gradient.maxLogit', gradient.maxLogit, above('gradient.minLogit', gradient.minLogit));
  check('gradient.learningRate', gradient.learningRate, ABOVE_ZERO_FINITE);
  check('gradient.momentum', gradient.momentum, FRACTION);
  check('gradient.decay', gradient.decay, FRACTION);
  check('gradient.epsilon', gradient.epsilon, ABOVE_ZERO_FINITE);
  check('gradient.clip', gradient.clip, ABOVE_ZERO);
}

function checkEvolution(evolution: ResolvedEvolutionOptions): void {
  check('evolution.population', evolution.population, COUNT);
  check('evolution.parents', evolution.parents, COUNT);
  check('evolution.mutationProbability', evolution.mutationProbability, SHARE);
  check('evolution.mutants', evolution.mutants, WHOLE);
  check('evolution.children', evolution.children, WHOLE);
  check('evolution.generations', evolution.generations, WHOLE_OR_INFINITY);
  if (evolution.generations === 0 || evolution.mutants + evolution.children > 0) return;
  throw new DpoError(
    'INVALID_OPTION',
    'evolution.mutants and evolution.children are both 0, so no generation could be bred. Raise one of them, or set evolution.generations to 0.',
    { details: { option: 'evolution.mutants' } },
  );
}

/** What a number must be, in words and as a test. */
interface Rule {
  readonly words: string;
  readonly holds: (value: number) => boolean;
}

const WHOLE: Rule = { words: 'a whole number of at least 0', holds: (v) => Number.isInteger(v) && v >= 0 };
const COUNT: Rule = { words: 'a whole number of at least 1', holds: (v) => Number.isInteger(v) && v >= 1 };
const WHOLE_OR_INFINITY = orInfinity(WHOLE);
const COUNT_OR_INFINITY = orInfinity(COUNT);
const FINITE: Rule = { words: 'a finite number', holds: Number.isFinite };
const ABOVE_ZERO: Rule = { words: 'a number above 0', holds: (v) => v > 0 };
const ABOVE_ZERO_FINITE: Rule = {
  words: 'a finite number above 0',
  holds: (v) => v > 0 && Number.isFinite(v),
};
const SHARE: Rule = { words: 'above 0 and at most 1', holds: (v) => v > 0 && v <= 1 };
const FRACTION: Rule = { words: 'at least 0 and below 1', holds: (v) => v >= 0 && v < 1 };

function orInfinity({ words, holds }: Rule): Rule {
  return { words: `${words}, or Infinity`, holds: (v) => v === Number.POSITIVE_INFINITY || holds(v) };
}

function above(option: string, bound: number): Rule {
  return {
    words: `a finite number above ${option} (${bound})`,
    holds: (v) => v > bound && Number.isFinite(v),
  };
}

function check(option: string, value: unknown, { words, holds }: Rule): void {
  if (typeof value === 'number' && holds(value)) return;
  throw new DpoError('INVALID_OPTION', `${option} must be ${words}, but it is ${String(value)}.`, {
    details: { option, value },
  });
}

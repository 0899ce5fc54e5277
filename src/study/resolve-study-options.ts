/** @file A study's options with every default filled in and every range checked. */

import { checkSeed } from '../diffusion/check-seed.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { Rng } from '../search/rng.ts';
import { SEARCH_METHODS, type SearchMethod, usesGradient } from '../search/search.ts';
import { resolveSearchOptions, type SearchOptions } from '../search/search-options.ts';
import { resolveStepSchedule } from '../search/step-schedule.ts';
import type { Task } from '../words/prompt-space.ts';
import type { Acceleration } from './acceleration-options.ts';
import { confirmationCost, resolveAcceleration } from './resolve-acceleration.ts';
import { checkMinSimilarity, type ResolvedSimilarity, resolveSimilarity } from './resolve-similarity.ts';
import { checkGoal, GOAL_DEFAULTS, resolveSeedLooks, type StudyGoal } from './study-goal.ts';
import type { StudyOptions } from './study-options.ts';
import { checkNegativePrompt } from './study-space.ts';

/** Seeds of the pictures where nobody names any. */
export const DEFAULT_SEEDS = firstSeeds(GOAL_DEFAULTS.picture.seeds);
/** The paper's budget: 32 evaluations after a gradient search that costs about 8. */
export const DEFAULT_BUDGET = 40;

export interface ResolvedStudyOptions {
  readonly goal: StudyGoal;
  /** How many of the seeds a candidate has been seen on at each look of a race over them; none without one. */
  readonly seedLooks: readonly number[];
  readonly seeds: readonly number[];
  readonly heldOutSeeds: readonly number[];
  readonly searchSeed: number;
  readonly settings: SamplingSettings;
  /** Of the pictures of the search, which may be sampled in fewer steps. */
  readonly searchSettings: SamplingSettings;
  readonly acceleration: Acceleration;
  readonly method: SearchMethod;
  readonly budget: number;
  readonly gradientSteps: number;
  readonly search: SearchOptions;
  readonly negativePrompt: string;
  readonly ablation: boolean;
  /** Attack: what holds it to the prompt's meaning. */
  readonly similarity: ResolvedSimilarity | undefined;
}

/** @throws {DpoError} INVALID_OPTION, naming the option, what it may be and what it is */
export function resolveStudyOptions(
  pipeline: Pipeline,
  task: Task,
  options: StudyOptions,
): ResolvedStudyOptions {
  const goal = checkGoal(options.for);
  const { seeds, heldOutSeeds } = studySeeds(options);
  checkSeeds('seeds', seeds);
  if (seeds.length === 0) throw invalid('seeds', 'At least one seed is needed');
  const settings = pipeline.settings(options);
  const method = checkMethod(options.method ?? 'hybrid');
  if (usesGradient(method)) pipeline.scorer.requireGradient();
  checkMinSimilarity(options.minSimilarity);
  const isConstrained = task === 'attack' && options.search !== 'negative';
  const similarity = isConstrained ? resolveSimilarity(pipeline, options) : undefined;
  const gradientSteps = options.gradientSteps ?? 1;
  const searchSettings = resolveSearchSettings(pipeline, settings, options);
  const steps = pipeline.scheduler(searchSettings).steps.length;
  const acceleration = resolveAcceleration(options, {
    steps,
    isSameSampling: searchSettings === settings,
    search: options.search,
    budget: options.budget ?? DEFAULT_BUDGET,
  });
  const search = searchOptions(options, confirmationCost(acceleration));
  checkSearch(search, { method, gradientSteps, steps });
  const racesOverSteps = acceleration.looks.length > 0;
  return {
    ...{ goal, seedLooks: resolveSeedLooks(options, { seeds: seeds.length, racesOverSteps }), seeds },
    heldOutSeeds: checkHeldOut(heldOutSeeds, seeds),
    searchSeed: checkSeeds('searchSeed', [options.searchSeed ?? 0])[0],
    ...{ settings, searchSettings, acceleration },
    method,
    budget: options.budget ?? DEFAULT_BUDGET,
    gradientSteps,
    search,
    negativePrompt: checkNegativePrompt(options.negativePrompt) ?? '',
    ablation: options.ablation ?? false,
    similarity,
  };
}

/** `settings` themselves where nothing else is asked for the search's pictures. Settings that only some samplers have are not taken over to another. */
function resolveSearchSettings(
  pipeline: Pipeline,
  settings: SamplingSettings,
  options: StudyOptions,
): SamplingSettings {
  const { searchSteps: steps = settings.steps, searchScheduler: scheduler = settings.scheduler } = options;
  if (steps === settings.steps && scheduler === settings.scheduler) return settings;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= settings.steps))
    throw invalid(
      'searchSteps',
      `The search steps must be a whole number from 1 to ${settings.steps}`,
      steps,
    );
  const { eta: _, karrasSigmas: __, timestepSpacing: ___, ...shared } = settings;
  const isSameSampler = scheduler === settings.scheduler;
  const resolved = pipeline.settings({ ...(isSameSampler ? settings : shared), steps, scheduler });
  return JSON.stringify(resolved) === JSON.stringify(settings) ? settings : resolved;
}

/**
 * The paper's two generations fit its budget of 40; a budget of one's own is spent whole, and so is one for a prompt, where a race saves some.
 * @param kept evaluations that are for after the search
 */
function searchOptions(
  { budget, maxSeconds, plateau, signal, gradient, evolution, for: goal }: StudyOptions,
  kept: number,
): SearchOptions {
  const limits = {
    evaluations: (budget ?? DEFAULT_BUDGET) - kept,
    ...(maxSeconds !== undefined && { seconds: maxSeconds }),
    ...(plateau !== undefined && { plateau }),
    ...(signal && { signal }),
  };
  const isPaper = budget === undefined && goal !== 'prompt';
  const generations = isPaper ? {} : { generations: Number.POSITIVE_INFINITY };
  return { budget: limits, evolution: { ...generations, ...evolution }, ...(gradient && { gradient }) };
}

function firstSeeds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

/** The seeds that a study searches and holds out: those that are given, else those of its goal. */
export function studySeeds({
  for: goal = 'picture',
  ...given
}: Pick<StudyOptions, 'for' | 'seeds' | 'heldOutSeeds'>): Pick<
  ResolvedStudyOptions,
  'seeds' | 'heldOutSeeds'
> {
  const defaults = GOAL_DEFAULTS[goal];
  const { seeds = firstSeeds(defaults.seeds) } = given;
  return { seeds, heldOutSeeds: given.heldOutSeeds ?? smallestSeedsBeside(seeds, defaults.heldOut) };
}

/** Whether candidates may be stopped early. */
export function isRaced({
  acceleration,
  seedLooks,
}: Pick<ResolvedStudyOptions, 'acceleration' | 'seedLooks'>): boolean {
  return acceleration.looks.length > 0 || seedLooks.length > 0;
}

function smallestSeedsBeside(seeds: readonly number[], count: number): readonly number[] {
  const candidates = firstSeeds(seeds.length + count);
  return candidates.filter((seed) => !seeds.includes(seed)).slice(0, count);
}

function checkSeeds(option: string, seeds: readonly number[]): readonly number[] {
  if (!Array.isArray(seeds)) throw invalid(option, 'Seeds must be a list of numbers, such as [0, 1]', seeds);
  for (const seed of seeds) checkSeed(seed, option);
  const repeated = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (repeated !== undefined) throw invalid(option, 'Each seed may be given once', repeated);
  return seeds;
}

function checkHeldOut(heldOut: readonly number[], seeds: readonly number[]): readonly number[] {
  const shared = checkSeeds('heldOutSeeds', heldOut).find((seed) => seeds.includes(seed));
  if (shared !== undefined)
    throw invalid('heldOutSeeds', 'A held-out seed must not be one that the search sees', shared);
  return heldOut;
}

function checkMethod(method: SearchMethod): SearchMethod {
  if (SEARCH_METHODS.includes(method)) return method;
  throw invalid('method', `The search method must be one of ${SEARCH_METHODS.join(', ')}`, method);
}

interface GradientReach {
  readonly method: SearchMethod;
  readonly gradientSteps: number;
  readonly steps: number;
}

/** A generator whose whole numbers are the largest that could be drawn. */
const LARGEST_DRAWS: Rng = { float64: () => 1 - 2 ** -53, integer: (n) => n - 1 };

/** What the search would refuse when it begins, and a gradient that would lead beyond the last step. */
function checkSearch(search: SearchOptions, { method, gradientSteps, steps }: GradientReach): void {
  const { schedule, iterations } = resolveSearchOptions(search).gradient;
  if (!Number.isInteger(gradientSteps) || gradientSteps < 1)
    throw invalid('gradientSteps', 'The gradient steps must be a whole number of at least 1', gradientSteps);
  if (!usesGradient(method)) return;
  const stepAt = resolveStepSchedule(schedule, steps, iterations);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const stepIndex = stepAt(iteration, LARGEST_DRAWS);
    if (stepIndex + gradientSteps <= steps) continue;
    const reason = `because the gradient begins at step index ${stepIndex} and there are ${steps} steps`;
    throw invalid(
      'gradientSteps',
      `The gradient steps must be at most ${steps - stepIndex}, ${reason}`,
      gradientSteps,
    );
  }
}

function invalid(option: string, expected: string, value?: unknown): DpoError {
  const message = value === undefined ? `${expected}.` : `${expected}, got ${String(value)}.`;
  return new DpoError('INVALID_OPTION', message, { details: { option, value } });
}

/** @file The options that make a search cheaper, with defaults filled in, places turned into step indices, and everything checked. */
import { DpoError } from '../errors.ts';
import type { PromptSearch } from '../words/prompt-space.ts';
import {
  type Acceleration,
  type AccelerationOptions,
  DEFAULT_CONFIRM,
  DEFAULT_RACE_KEEP,
  type StepPlace,
} from './acceleration-options.ts';

export interface AccelerationSituation {
  /** Guided steps of the search's pictures. */
  readonly steps: number;
  /** Whether these are sampled with the same settings as all others. */
  readonly isSameSampling: boolean;
  readonly search: PromptSearch | undefined;
  readonly budget: number;
}

/** Without any of the options: the paper's procedure. */
export const NO_ACCELERATION: Acceleration = {
  gradientRefresh: 1,
  looks: [],
  raceKeep: DEFAULT_RACE_KEEP,
  prefix: 0,
  positiveFrom: 0,
  confirm: 0,
  confirmsOriginal: false,
};

/** @throws {DpoError} INVALID_OPTION, naming the option, what it may be and what it is */
export function resolveAcceleration(
  options: AccelerationOptions,
  { steps, isSameSampling, search, budget }: AccelerationSituation,
): Acceleration {
  const { gradientRefresh = 1, raceKeep = DEFAULT_RACE_KEEP, raceAt = [] } = options;
  if (gradientRefresh !== Number.POSITIVE_INFINITY) checkCount('gradientRefresh', gradientRefresh, 1);
  if (!(raceKeep > 0 && raceKeep < 1))
    throw invalid('raceKeep', 'must be above 0 and below 1', String(raceKeep));
  if (options.sharePositive !== undefined) checkNegativeAlone(search);
  const prefix = placeOf('sharePrefix', options.sharePrefix, steps);
  const positiveFrom = placeOf('sharePositive', options.sharePositive, steps);
  const looks = [raceAt].flat().map((place) => placeOf('raceAt', place, steps));
  checkLooks(looks, prefix);
  const isExact = isSameSampling && prefix === 0 && positiveFrom === 0;
  const confirm = isExact ? 0 : checkCount('confirm', options.confirm ?? DEFAULT_CONFIRM, 1);
  const confirmsOriginal = !isSameSampling;
  checkBudget(budget, { confirm, confirmsOriginal });
  return { gradientRefresh, looks, raceKeep, prefix, positiveFrom, confirm, confirmsOriginal };
}

/** What is kept back of the budget for exact pictures after the search, in evaluations; 0 where nothing is confirmed. */
export function confirmationCost({ confirm, confirmsOriginal }: Confirmed): number {
  return confirm + (confirmsOriginal ? 1 : 0);
}

type Confirmed = Pick<Acceleration, 'confirm' | 'confirmsOriginal'>;

/** At least one step, and not all of them. */
function placeOf(option: keyof AccelerationOptions, place: StepPlace | undefined, steps: number): number {
  if (place === undefined) return 0;
  const index = place < 1 ? Math.max(1, Math.round(place * steps)) : place;
  if (place > 0 && Number.isInteger(index) && index < steps) return index;
  const expected = `must be a share of the steps, above 0 and below 1, or a step index from 1 to ${steps - 1}, because the search samples in ${steps} guided steps`;
  throw invalid(option, expected, String(place));
}

function checkLooks(looks: readonly number[], prefix: number): void {
  const late = looks.find((look, i) => look <= (looks[i - 1] ?? 0));
  if (late !== undefined)
    throw invalid('raceAt', 'must name each look once, the earlier before the later', `steps ${looks}`);
  if (looks.length === 0 || looks[0] > prefix) return;
  const expected = `must lie behind sharePrefix, which is step ${prefix}: until then all candidates have the same pictures`;
  throw invalid('raceAt', expected, `step ${looks[0]}`);
}

function checkNegativeAlone(search: PromptSearch | undefined): void {
  if (search === 'negative') return;
  const expected =
    'needs a search of the negative prompt alone, because the positive branch reads the prompt';
  throw invalid('sharePositive', expected, `a search of "${search}"`);
}

function checkCount(option: keyof AccelerationOptions, value: number, min: number): number {
  if (Number.isInteger(value) && value >= min) return value;
  throw invalid(option, `must be a whole number of at least ${min}`, String(value));
}

/** Something must be left to search with. */
function checkBudget(budget: number, confirmed: Confirmed): void {
  const kept = confirmationCost(confirmed);
  if (kept === 0 || budget >= kept + 1) return;
  const what = `${confirmed.confirmsOriginal ? 'the original and ' : ''}the best ${confirmed.confirm}`;
  const expected = `leaves nothing to search with: ${kept} evaluations are for confirming ${what} with exact pictures, so the budget must be at least ${kept + 1}`;
  throw invalid('confirm', expected, `a budget of ${budget}`);
}

function invalid(option: keyof AccelerationOptions, expected: string, found: string): DpoError {
  return new DpoError('INVALID_OPTION', `The option ${option} ${expected}, got ${found}.`, {
    details: { option, found },
  });
}

/** @file What a study is for: the pictures of the given seeds, or a prompt that works on seeds that it never saw. */
import { DpoError } from '../errors.ts';
import { doublingLooks } from './seed-race.ts';

/** `picture` repairs the pictures of the searched seeds, as in the paper; `prompt` seeks what works on other seeds too. */
export type StudyGoal = 'picture' | 'prompt';

export const STUDY_GOALS: readonly StudyGoal[] = ['picture', 'prompt'];

export interface GoalOptions {
  /**
   * `picture` repairs the pictures of the searched seeds. `prompt` seeks what works on seeds that the search never saw: it searches and
   * holds out more seeds, its candidates race over them, and the budget is spent whole. `docs/for-prompt.md` shows what each costs and
   * brings. @default 'picture'
   */
  readonly for?: StudyGoal;
  /**
   * On how many of the searched seeds a candidate is looked at, ascending, so that it sees more of them only while it may still win
   * (`isHopeless`); `[]` for all at once. @default for a prompt 2, 4, 8, … below the number of seeds, unless `raceAt` is given; else all at once
   */
  readonly raceSeeds?: readonly number[];
}

/** What a goal asks for where nothing is said of it. */
export interface GoalDefaults {
  /** How many searched seeds, and how many held-out ones. `docs/for-prompt.md` says what they were chosen by. */
  readonly seeds: number;
  readonly heldOut: number;
}

export const GOAL_DEFAULTS: Readonly<Record<StudyGoal, GoalDefaults>> = {
  picture: { seeds: 2, heldOut: 4 },
  prompt: { seeds: 16, heldOut: 16 },
};

/** @throws {DpoError} INVALID_OPTION */
export function checkGoal(goal: StudyGoal = 'picture'): StudyGoal {
  if (STUDY_GOALS.includes(goal)) return goal;
  throw invalid('for', `must be one of ${STUDY_GOALS.join(', ')}`, goal);
}

export interface SeedRaceSituation {
  /** How many seeds are searched. */
  readonly seeds: number;
  /** Whether candidates race on their way to pictures (`raceAt`). */
  readonly racesOverSteps: boolean;
}

/**
 * How many seeds a candidate has been seen on at each look; none where all are seen at once.
 * @throws {DpoError} INVALID_OPTION
 */
export function resolveSeedLooks(
  { for: goal, raceSeeds }: GoalOptions,
  { seeds, racesOverSteps }: SeedRaceSituation,
): readonly number[] {
  if (raceSeeds === undefined) return goal === 'prompt' && !racesOverSteps ? doublingLooks(seeds) : [];
  if (!Array.isArray(raceSeeds)) throw invalid('raceSeeds', 'must be a list of numbers', raceSeeds);
  if (raceSeeds.length > 0 && seeds < 3) {
    const searched = seeds === 1 ? '1 is searched' : `${seeds} are searched`;
    const why = `because a candidate is seen on at least 2 before the others, and ${searched}`;
    throw invalid('raceSeeds', `needs at least three seeds, ${why}`, raceSeeds);
  }
  const isAscending = raceSeeds.every(
    (count, i) => Number.isInteger(count) && count > (raceSeeds[i - 1] ?? 1) && count < seeds,
  );
  if (!isAscending)
    throw invalid(
      'raceSeeds',
      `must be ascending whole numbers from 2 to ${seeds - 1}, because ${seeds} seeds are searched`,
      raceSeeds,
    );
  if (raceSeeds.length > 0 && racesOverSteps)
    throw invalid('raceSeeds', 'cannot be given together with raceAt: candidates race one way', raceSeeds);
  return raceSeeds;
}

function invalid(option: keyof GoalOptions, expected: string, value: unknown): DpoError {
  return new DpoError('INVALID_OPTION', `The option ${option} ${expected}, got ${String(value)}.`, {
    details: { option, value },
  });
}

/** @file At which sampling step each gradient iteration takes its gradient (paper, F.1). */
import { DpoError, invariant } from '../errors.ts';
import type { Rng } from './rng.ts';

/** The number of sampling steps for which the paper's constants are stated. */
const PAPER_STEPS = 50;
/** The paper's first step index and, after 20 iterations, its last. */
const PAPER_START = 15;
const PAPER_END = 24;

/**
 * Step indices count from 0, the noisiest. Defaults are the paper's for 50 steps and scale with the number of steps T,
 * since what matters is how much noise is left: index 15 of 50 is index 6 of 20.
 */
export type StepSchedule =
  /** `floor(start + floor(iteration / repeat) * stride)`: for 50 steps the paper's `15 + floor(i / 2)`. */
  | {
      readonly kind: 'ramp';
      /** Where the first iteration is. @default 15 T / 50 */
      readonly start?: number;
      /** How many iterations stay at one place; at least 1. @default 2 */
      readonly repeat?: number;
      /** How many steps it then moves on. @default T / 50 */
      readonly stride?: number;
    }
  | { readonly kind: 'fixed'; readonly stepIndex: number }
  /** A uniform draw for each iteration. */
  | {
      readonly kind: 'random';
      /** The lowest index. @default 15 T / 50, rounded down */
      readonly min?: number;
      /** The highest index. @default 24 T / 50, rounded down */
      readonly max?: number;
    };

/** The step index for an iteration (from 0). Only the random schedule takes from `rng`. */
export type StepPicker = (iteration: number, rng: Rng) => number;

/**
 * A picker for `iterations` gradient iterations with `steps` sampling steps.
 * @throws {DpoError} INVALID_OPTION when an iteration would be beyond the steps.
 */
export function resolveStepSchedule(schedule: StepSchedule, steps: number, iterations: number): StepPicker {
  invariant(Number.isInteger(steps) && steps >= 1, `there are ${steps} sampling steps`);
  switch (schedule.kind) {
    case 'ramp':
      return rampPicker(schedule, steps, iterations);
    case 'fixed':
      checkStepIndex('stepIndex', schedule.stepIndex, steps);
      return () => schedule.stepIndex;
    case 'random':
      return randomPicker(schedule, steps);
    default:
      return refuseKind(schedule);
  }
}

function rampPicker(
  schedule: Extract<StepSchedule, { kind: 'ramp' }>,
  steps: number,
  iterations: number,
): StepPicker {
  const { start = scaled(PAPER_START, steps), repeat = 2, stride = steps / PAPER_STEPS } = schedule;
  if (!Number.isInteger(repeat) || repeat < 1) {
    throw invalid('repeat', `must be a whole number of at least 1, but it is ${repeat}.`, { repeat });
  }
  // A hair is added because 0.2 * 15 and its like may fall just short of the whole number they mean.
  const pick = (iteration: number) => Math.floor(start + Math.floor(iteration / repeat) * stride + 1e-9);
  checkStepIndex('start', pick(0), steps);
  const last = Math.max(iterations - 1, 0);
  const lastIndex = pick(last);
  if (lastIndex >= 0 && lastIndex < steps) return pick;
  throw invalid(
    'ramp',
    `leads iteration ${last} to step index ${lastIndex}, but with ${steps} sampling steps the indices are 0 to ${steps - 1}. Ask for fewer gradient iterations, a smaller stride or a fixed step.`,
    { iteration: last, stepIndex: lastIndex, steps },
  );
}

function randomPicker(schedule: Extract<StepSchedule, { kind: 'random' }>, steps: number): StepPicker {
  const min = schedule.min ?? Math.floor(scaled(PAPER_START, steps));
  const max = schedule.max ?? Math.max(min, Math.floor(scaled(PAPER_END, steps)));
  checkStepIndex('min', min, steps);
  checkStepIndex('max', max, steps);
  if (min > max)
    throw invalid('min', `must not be above max, but it is ${min} and max is ${max}.`, { min, max });
  return (_, rng) => min + rng.integer(max - min + 1);
}

function checkStepIndex(option: string, stepIndex: number, steps: number): void {
  if (Number.isInteger(stepIndex) && stepIndex >= 0 && stepIndex < steps) return;
  throw invalid(
    option,
    `must be a step index from 0 to ${steps - 1}, because there are ${steps} sampling steps, but it is ${stepIndex}.`,
    { stepIndex, steps },
  );
}

/** A place among 50 steps, as a place among `steps`. */
function scaled(paperIndex: number, steps: number): number {
  return (paperIndex * steps) / PAPER_STEPS;
}

function refuseKind(schedule: never): never {
  const { kind } = schedule as { kind: unknown };
  throw invalid('kind', `must be "ramp", "fixed" or "random", but it is ${JSON.stringify(kind)}.`, { kind });
}

function invalid(option: string, rest: string, details: Record<string, unknown>): DpoError {
  return new DpoError('INVALID_OPTION', `The gradient's step schedule: ${option} ${rest}`, {
    details: { option: `gradient.schedule.${option}`, ...details },
  });
}

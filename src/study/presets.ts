/** @file Sets of options that trade UNet calls for thoroughness. An option that is given wins over its preset. `docs/presets.md` shows what each costs. */
import { DpoError } from '../errors.ts';
import { resolveSearchOptions } from '../search/search-options.ts';
import { PRESET_NAMES, type PresetName } from './preset-names.ts';
import type { StudyOptions } from './study-options.ts';

/** What a preset may set. */
export type PresetOptions = Pick<
  StudyOptions,
  | 'budget'
  | 'gradient'
  | 'evolution'
  | 'gradientRefresh'
  | 'raceAt'
  | 'raceKeep'
  | 'searchSteps'
  | 'searchScheduler'
  | 'confirm'
  | 'sharePrefix'
  | 'sharePositive'
>;

const EVERY_GENERATION = { generations: Number.POSITIVE_INFINITY };

/** The paper's exact procedure, and cheaper or more thorough ones. */
export const PRESETS = {
  paper: { budget: 40, evolution: { generations: 2 }, gradientRefresh: 1 },
  quick: {
    ...{ budget: 7, evolution: EVERY_GENERATION, gradient: { iterations: 10 } },
    ...{ gradientRefresh: Number.POSITIVE_INFINITY, raceAt: 0.7, raceKeep: 0.5 },
    ...{ searchSteps: 12, searchScheduler: 'dpm++2m', confirm: 2 },
  },
  balanced: {
    ...{ budget: 10, evolution: EVERY_GENERATION, gradient: { iterations: 20 } },
    ...{ gradientRefresh: Number.POSITIVE_INFINITY },
    ...{ searchSteps: 15, searchScheduler: 'dpm++2m', confirm: 3 },
  },
  thorough: {
    ...{ budget: 40, evolution: EVERY_GENERATION, gradient: { iterations: 40 }, gradientRefresh: 5 },
    ...{ searchSteps: 20, searchScheduler: 'dpm++2m', confirm: 6 },
  },
} as const satisfies Record<PresetName, PresetOptions>;

/**
 * `options` over those of their preset; without one, as they are. A preset's search steps are at most `steps`.
 * @throws {DpoError} INVALID_OPTION for a preset that there is not
 */
export function withPreset(options: StudyOptions): StudyOptions {
  const { preset, ...given } = options;
  if (preset === undefined) return given;
  if (!Object.hasOwn(PRESETS, preset)) throw unknownPreset(preset);
  const set: PresetOptions = PRESETS[preset];
  const steps = given.steps ?? Number.POSITIVE_INFINITY;
  return {
    ...set,
    ...(set.searchSteps !== undefined && { searchSteps: Math.min(set.searchSteps, steps) }),
    ...present(given),
    gradient: { ...set.gradient, ...present(given.gradient ?? {}) },
    evolution: { ...set.evolution, ...present(given.evolution ?? {}) },
  };
}

/**
 * The most UNet calls that a search by a preset takes for each searched seed, pictures of `steps` steps on held-out seeds not among
 * them. Gradients at fresh latents are counted as in the paper, by the steps before them, so that their own passes come on top.
 */
export function presetCalls(name: PresetName, steps: number): number {
  const { budget, gradient, gradientRefresh = 1 }: PresetOptions = PRESETS[name];
  const { iterations } = resolveSearchOptions(gradient ? { gradient } : {}).gradient;
  const passes = gradientRefresh === 1 ? 2 * iterations : 0;
  return budget! * steps + passes;
}

function present<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

function unknownPreset(preset: unknown): DpoError {
  const message = `The preset must be one of ${PRESET_NAMES.join(', ')}, got ${String(preset)}.`;
  return new DpoError('INVALID_OPTION', message, { details: { option: 'preset', value: preset } });
}

/** @file Sets of options that trade UNet calls for thoroughness. An option that is given wins over its preset. `docs/presets.md` shows what each costs. */
import { DpoError } from '../errors.ts';
import { resolveSearchOptions } from '../search/search-options.ts';
import { PRESET_NAMES, type PresetName } from './preset-names.ts';
import type { StudyOptions } from './study-options.ts';

/** What a preset may set. */
export type PresetOptions = Pick<StudyOptions, 'budget' | 'gradient' | 'evolution' | 'gradientRefresh'>;

/** A small first population leaves evaluations for breeding where there are few. */
const FEW = { population: 5, parents: 3, generations: Number.POSITIVE_INFINITY };

/** The paper's exact procedure, and cheaper or more thorough ones; what they find is measured by the experiment `faster-search`. */
export const PRESETS = {
  paper: { budget: 40, evolution: { generations: 2 }, gradientRefresh: 1 },
  quick: {
    ...{ budget: 5, evolution: FEW, gradient: { iterations: 10 } },
    gradientRefresh: Number.POSITIVE_INFINITY,
  },
  balanced: {
    ...{ budget: 10, evolution: FEW, gradient: { iterations: 20 } },
    gradientRefresh: Number.POSITIVE_INFINITY,
  },
  thorough: {
    ...{ budget: 80, evolution: { generations: Number.POSITIVE_INFINITY }, gradientRefresh: 1 },
  },
} as const satisfies Record<PresetName, PresetOptions>;

/**
 * `options` over those of their preset; without one, as they are.
 * @throws {DpoError} INVALID_OPTION for a preset that there is not
 */
export function withPreset(options: StudyOptions): StudyOptions {
  const { preset, ...given } = options;
  if (preset === undefined) return given;
  if (!Object.hasOwn(PRESETS, preset)) throw unknownPreset(preset);
  const set: PresetOptions = PRESETS[preset];
  return {
    ...set,
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

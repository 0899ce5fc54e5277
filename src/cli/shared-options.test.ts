import { describe, expect, test } from 'vitest';
import { MINILM_NAME } from '../checkpoint/minilm-folder.ts';
import { DEFAULT_GUIDANCE_SCALE } from '../diffusion/pipeline.ts';
import { SCHEDULER_NAMES } from '../diffusion/schedulers/scheduler-names.ts';
import {
  DEFAULT_SCHEDULER,
  DEFAULT_STEPS,
  TIMESTEP_SPACINGS,
} from '../diffusion/schedulers/scheduler-settings.ts';
import { SEARCH_METHODS } from '../search/search.ts';
import { resolveSearchOptions } from '../search/search-options.ts';
import { DEFAULT_BUDGET } from '../study/resolve-study-options.ts';
import { calibratedThreshold, PAPER_MIN_SIMILARITY } from '../study/similarity-thresholds.ts';
import { DEFAULT_MAX_CHOICES } from '../words/build-prompt-space.ts';
import { DEFAULT_ITERATIONS } from './default-iterations.ts';
import type { OptionSpec } from './option-spec.ts';
import { COMMAND_OPTIONS, OPTIONS, type OptionName } from './shared-options.ts';

const SPECS: Readonly<Record<string, OptionSpec<unknown>>> = OPTIONS;

describe('OPTIONS', () => {
  test('says the defaults that the library has', () => {
    const { gradient, evolution } = resolveSearchOptions();
    const library: Partial<Record<OptionName, number>> = {
      steps: DEFAULT_STEPS,
      guidance: DEFAULT_GUIDANCE_SCALE,
      budget: DEFAULT_BUDGET,
      maxChoices: DEFAULT_MAX_CHOICES,
      iterations: gradient.iterations,
      temperature: gradient.temperature,
      learningRate: gradient.learningRate,
      momentum: gradient.momentum,
      population: evolution.population,
      parents: evolution.parents,
      mutants: evolution.mutants,
      mutationProbability: evolution.mutationProbability,
      children: evolution.children,
    };
    const said = Object.keys(library).map((name) => [name, Number(SPECS[name].default)]);
    expect(Object.fromEntries(said)).toEqual(library);
    const thresholds = [calibratedThreshold(MINILM_NAME), PAPER_MIN_SIMILARITY];
    expect(OPTIONS.minSimilarity.default.match(/[\d.]+\d/g)?.map(Number)).toEqual(thresholds);
    expect(OPTIONS.similarityModel.description).toContain(MINILM_NAME);
    expect(OPTIONS.generations.default).toContain(String(evolution.generations));
    expect(DEFAULT_ITERATIONS).toBe(gradient.iterations);
  });

  test('offers the methods that there are', () => {
    expect(OPTIONS.method.kind.choices).toEqual(SEARCH_METHODS);
  });

  test('offers the schedulers and spacings that there are', () => {
    expect(OPTIONS.scheduler.kind.choices).toEqual([...SCHEDULER_NAMES, 'checkpoint']);
    expect(OPTIONS.scheduler.default).toBe(DEFAULT_SCHEDULER);
    expect(OPTIONS.spacing.kind.choices).toEqual(TIMESTEP_SPACINGS);
  });

  test('reads each default that is a value as that value', () => {
    for (const { default: said, kind } of Object.values(SPECS)) {
      if (said !== undefined && /^[\d.,]+$/.test(said)) expect(kind.read(said)).toBeDefined();
    }
  });

  test('gives no command an option twice', () => {
    for (const names of Object.values(COMMAND_OPTIONS)) expect(new Set(names).size).toBe(names.length);
  });
});

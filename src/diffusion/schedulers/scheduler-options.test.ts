/** @file The samplers under combinations of their options, against diffusers' own formulas in float64. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyticModel } from '../../../tests/parity/scheduler-parity.ts';
import { parseSchedulerConfig } from '../../checkpoint/scheduler-config.ts';
import { makeScheduler } from './make-scheduler.ts';
import { SCHEDULER_NAMES, type SchedulerName } from './scheduler-names.ts';

interface OptionsCase {
  readonly scheduler: SchedulerName;
  readonly steps: number;
  readonly eta: number;
  readonly config: Record<string, unknown>;
  readonly timesteps: readonly number[];
  readonly middle: readonly number[];
  readonly last: readonly number[];
}

const FILE = join(import.meta.dirname, '../../../tests/fixtures/scheduler-options.json');
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly OptionsCase[] };

/** The noise that the reference was given; `draw` 0 is the initial one. */
function noiseOf(draw: number): Float32Array {
  return Float32Array.from({ length: 6 }, (_, i) => 1.5 * Math.sin(12.9898 * (i + 1) + 78.233 * (draw + 1)));
}

describe.each(SCHEDULER_NAMES)('%s', (name) => {
  const own = cases.filter(({ scheduler }) => scheduler === name);

  it.each(own)(
    'does what diffusers does with $steps steps of $config',
    ({ config, steps, eta, ...expected }) => {
      const scheduler = makeScheduler(parseSchedulerConfig(config, 'f'), { scheduler: name, steps, eta });
      for (const [i, { timestep }] of scheduler.steps.entries())
        expect(timestep).toBeCloseTo(expected.timesteps[i], 3);
      expect(scheduler.steps).toHaveLength(expected.timesteps.length);
      const run = scheduler.start(noiseOf(0).map((value) => value * scheduler.initNoiseSigma));
      const trajectory = [run.sample];
      for (const [index, { timestep }] of scheduler.steps.entries())
        trajectory.push(run.advance(analyticModel(run.input, timestep), noiseOf(index + 1)));
      // Float32 latents that begin with a deviation of 10,000 keep fewer digits of a picture of 1.
      const tolerance = Math.max(2e-5, 2e-8 * scheduler.initNoiseSigma);
      expect(differenceOf(trajectory[trajectory.length >> 1], expected.middle)).toBeLessThan(tolerance);
      expect(differenceOf(run.sample, expected.last)).toBeLessThan(tolerance);
    },
  );

  it('has cases', () => expect(own.length).toBeGreaterThanOrEqual(10));
});

function differenceOf(actual: Float32Array, expected: readonly number[]): number {
  const difference = expected.map((value, i) => value - actual[i]);
  return Math.hypot(...difference) / Math.hypot(...expected);
}

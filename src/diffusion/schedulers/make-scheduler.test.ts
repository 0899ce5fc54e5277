import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedulerConfig } from '../../checkpoint/scheduler-config.ts';
import { DpoError } from '../../errors.ts';
import { makeScheduler } from './make-scheduler.ts';
import { SAMPLERS, SCHEDULER_NAMES, type SchedulerName } from './scheduler-names.ts';
import type { SchedulerOptions } from './scheduler-settings.ts';

const BETAS = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear', steps_offset: 1 };

function made(options: SchedulerOptions, json: Record<string, unknown> = {}) {
  return makeScheduler(
    parseSchedulerConfig({ _class_name: 'LMSDiscreteScheduler', ...BETAS, ...json }, 'f'),
    options,
  );
}

function refusal(make: () => unknown): DpoError {
  try {
    make();
  } catch (error) {
    if (error instanceof DpoError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('makeScheduler()', () => {
  it("follows the options in the file for the checkpoint's own scheduler alone", () => {
    const json = { _class_name: 'DPMSolverMultistepScheduler', final_sigmas_type: 'sigma_min' };
    const end = (scheduler: SchedulerName) =>
      made({ scheduler, steps: 5 }, json).steps.at(-1)!.next.terms.length;
    // A last step that ends in noise keeps some of the sample.
    expect([end('dpm++2m'), end('unipc')]).toEqual([2, 1]);
  });

  it('refuses what the own file asks for in vain, and leaves every other sampler', () => {
    const json = {
      _class_name: 'EulerDiscreteScheduler',
      use_beta_sigmas: true,
      interpolation_type: 'log_linear',
    };
    const error = refusal(() => made({ scheduler: 'checkpoint' }, json));
    expect(error.code).toBe('UNSUPPORTED_MODEL');
    expect(error.message).toMatch(/"use_beta_sigmas" is true.*"interpolation_type" is "log_linear"/);
    expect(refusal(() => made({ scheduler: 'euler' }, json)).message).toBe(error.message);
    for (const name of SCHEDULER_NAMES.filter((other) => other !== 'euler'))
      expect(made({ scheduler: name, steps: 4 }, json).steps.length).toBeGreaterThanOrEqual(4);
  });

  it('begins in pure noise only where the model can: a schedule of zero terminal signal', () => {
    const json = { rescale_betas_zero_snr: true, timestep_spacing: 'trailing' };
    const velocity = { ...json, prediction_type: 'v_prediction' };
    expect(made({ scheduler: 'ddim', steps: 4 }, velocity).steps[0].level.signal).toBe(0);
    expect(refusal(() => made({ scheduler: 'ddim', steps: 4 }, json)).message).toMatch(/pure noise/);
    expect(refusal(() => made({ scheduler: 'pndm', steps: 4 }, velocity)).message).toMatch(
      /PLMS cannot begin/,
    );
    // In sigmas, pure noise is 4096 times the picture.
    expect(made({ scheduler: 'euler', steps: 4 }, json).initNoiseSigma).toBeCloseTo(4096, 0);
    expect(made({ scheduler: 'ddim', steps: 4, timestepSpacing: 'leading' }, json).steps).toHaveLength(4);
  });

  it('names more steps than there is room for', () => {
    for (const scheduler of ['dpm++2m', 'unipc'] as const)
      expect(refusal(() => made({ scheduler, steps: 1000 })).message).toMatch(/1000 steps are too many/);
    expect(refusal(() => made({ scheduler: 'lcm', steps: 51 })).message).toMatch(/at most 50 steps/);
    const distilled = { _class_name: 'LCMScheduler', original_inference_steps: 100 };
    expect(made({ scheduler: 'lcm', steps: 51 }, distilled).steps).toHaveLength(51);
  });

  it('takes every sampler through one step and through many', () => {
    for (const scheduler of SCHEDULER_NAMES)
      for (const steps of [1, 2, 50]) {
        const { name, steps: rows } = made({ scheduler, steps });
        expect(name).toBe(SAMPLERS[scheduler].displayName);
        expect(rows.length).toBeGreaterThanOrEqual(steps);
      }
    for (const scheduler of ['ddim', 'ddpm', 'pndm', 'euler', 'euler-ancestral', 'heun'] as const)
      expect(made({ scheduler, steps: 1000 }).steps.length).toBeGreaterThanOrEqual(1000);
  });
});

/** Values of every kind, often the right ones. */
const CLASSES = Object.values(SAMPLERS).map(({ className }) => className);
const wild = fc.oneof(
  fc.anything(),
  fc.constantFrom(true, false, null, 0, 1, 2, 3, 1e-300, 0.5, 1e9, 'zero', 'sigma_min'),
);
const KEYS = [
  'num_train_timesteps',
  'beta_start',
  'beta_end',
  'beta_schedule',
  'trained_betas',
  'prediction_type',
  'steps_offset',
  'set_alpha_to_one',
  'clip_sample',
  'clip_sample_range',
  'timestep_spacing',
  'rescale_betas_zero_snr',
  'use_karras_sigmas',
  'algorithm_type',
  'solver_order',
  'solver_type',
  'lower_order_final',
  'euler_at_final',
  'final_sigmas_type',
  'variance_type',
  'original_inference_steps',
  'timestep_scaling',
  'skip_prk_steps',
  'disable_corrector',
  'use_flow_sigmas',
  'lambda_min_clipped',
];
const fitting = fc.record(
  {
    num_train_timesteps: fc.constantFrom(1, 2, 10, 1000),
    beta_start: fc.constantFrom(1e-300, 1e-17, 0.0001, 0.5, 1),
    beta_end: fc.constantFrom(1e-300, 0.012, 0.999, 1),
    beta_schedule: fc.constantFrom('linear', 'scaled_linear', 'squaredcos_cap_v2'),
    prediction_type: fc.constantFrom('epsilon', 'v_prediction'),
    steps_offset: fc.nat(2000),
    timestep_spacing: fc.constantFrom('leading', 'linspace', 'trailing'),
    rescale_betas_zero_snr: fc.boolean(),
    clip_sample: fc.boolean(),
    solver_order: fc.integer({ min: 1, max: 3 }),
    solver_type: fc.constantFrom('bh1', 'bh2', 'midpoint', 'heun'),
    lower_order_final: fc.boolean(),
    final_sigmas_type: fc.constantFrom('zero', 'sigma_min'),
    use_karras_sigmas: fc.boolean(),
    original_inference_steps: fc.integer({ min: 1, max: 2000 }),
  },
  { requiredKeys: [] },
);
const config = fc
  .tuple(
    fc.constantFrom(...CLASSES, 'X', '__proto__'),
    fitting,
    fc.dictionary(fc.constantFrom(...KEYS), wild, { maxKeys: 2 }),
  )
  .map(([name, good, bad]) => ({ _class_name: name, beta_start: 0.00085, ...good, ...bad }));

describe('a scheduler configuration with anything in it', () => {
  it('gives finite steps or a sentence', () => {
    fc.assert(
      fc.property(
        config,
        fc.constantFrom(...SCHEDULER_NAMES, 'checkpoint' as const),
        fc.integer({ min: 1, max: 30 }),
        (json, scheduler, steps) => {
          try {
            const { steps: rows } = makeScheduler(parseSchedulerConfig(json, 'f'), { scheduler, steps });
            for (const { timestep, next } of rows) {
              expect(Number.isFinite(timestep)).toBe(true);
              for (const { weight } of next.terms) expect(Number.isFinite(weight)).toBe(true);
            }
          } catch (error) {
            if (!(error instanceof DpoError)) throw error;
            expect(error.isUserError).toBe(true);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});

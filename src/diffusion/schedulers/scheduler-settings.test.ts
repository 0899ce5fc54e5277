import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedulerConfig } from '../../checkpoint/scheduler-config.ts';
import { DpoError } from '../../errors.ts';
import { SAMPLERS, SCHEDULER_NAMES } from './scheduler-names.ts';
import { resolveSchedulerSettings, type SchedulerOptions } from './scheduler-settings.ts';

const BETAS = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear' };

function resolved(options: SchedulerOptions, config: Record<string, unknown> = {}) {
  const json = { _class_name: 'PNDMScheduler', ...BETAS, ...config };
  return resolveSchedulerSettings(parseSchedulerConfig(json, 'test'), options);
}

function refusal(options: SchedulerOptions, config: Record<string, unknown> = {}): DpoError {
  try {
    resolved(options, config);
  } catch (error) {
    if (error instanceof DpoError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('resolveSchedulerSettings()', () => {
  it("takes the paper's sampler, whatever the checkpoint names", () => {
    expect(resolved({})).toEqual({
      scheduler: 'ddim',
      steps: 50,
      eta: 0,
      karrasSigmas: false,
      timestepSpacing: 'leading',
    });
  });

  it('takes the spacing from the checkpoint where it says one, and else what is usual with the sampler', () => {
    const spacings = (config: Record<string, unknown>) =>
      SCHEDULER_NAMES.map((scheduler) => resolved({ scheduler }, config).timestepSpacing);
    const usual = ['leading', 'leading', 'leading', ...Array(6).fill('linspace'), null];
    expect(spacings({})).toEqual(usual);
    expect(spacings({ timestep_spacing: 'trailing' })).toEqual([...Array(9).fill('trailing'), null]);
  });

  it("takes Karras' sigmas from the file of the checkpoint's own scheduler and of no other", () => {
    const own = { _class_name: 'DPMSolverMultistepScheduler', use_karras_sigmas: true };
    expect(resolved({ scheduler: 'dpm++2m' }, own).karrasSigmas).toBe(true);
    expect(resolved({ scheduler: 'dpm++2m-sde' }, own).karrasSigmas).toBe(true);
    expect(resolved({ scheduler: 'euler' }, own).karrasSigmas).toBe(false);
    expect(resolved({ scheduler: 'ddim' }, own).karrasSigmas).toBe(false);
    expect(resolved({ scheduler: 'dpm++2m', karrasSigmas: false }, own).karrasSigmas).toBe(false);
  });

  it.each([
    ['DDIMScheduler', {}, 'ddim'],
    ['DDPMScheduler', {}, 'ddpm'],
    ['PNDMScheduler', {}, 'pndm'],
    ['EulerDiscreteScheduler', {}, 'euler'],
    ['EulerAncestralDiscreteScheduler', {}, 'euler-ancestral'],
    ['HeunDiscreteScheduler', {}, 'heun'],
    ['DPMSolverMultistepScheduler', {}, 'dpm++2m'],
    ['DPMSolverMultistepScheduler', { algorithm_type: 'sde-dpmsolver++' }, 'dpm++2m-sde'],
    ['UniPCMultistepScheduler', {}, 'unipc'],
    ['LCMScheduler', {}, 'lcm'],
  ])("knows the checkpoint's own: %s with %j is %s", (className, config, expected) => {
    const options = { scheduler: 'checkpoint' } as const;
    expect(resolved(options, { _class_name: className, ...config }).scheduler).toBe(expected);
  });

  it("refuses a scheduler of the checkpoint's that is not built, by name, and no other", () => {
    const config = { _class_name: 'DEISMultistepScheduler' };
    const error = refusal({ scheduler: 'checkpoint' }, config);
    expect(error.code).toBe('UNSUPPORTED_MODEL');
    expect(error.message).toMatch(/DEISMultistepScheduler, is not built here; choose one of ddim, ddpm,/);
    expect(resolved({ scheduler: 'unipc' }, config).scheduler).toBe('unipc');
  });

  it.each<[SchedulerOptions, string]>([
    [{ steps: 0 }, 'The number of steps must be a whole number from 1 to 1000, got 0.'],
    [{ steps: 1001 }, 'The number of steps must be a whole number from 1 to 1000, got 1001.'],
    [{ steps: 1.5 }, 'The number of steps must be a whole number from 1 to 1000, got 1.5.'],
    [{ eta: -0.1 }, 'eta must lie between 0 and 1, got -0.1.'],
    [{ eta: Number.NaN }, 'eta must lie between 0 and 1, got NaN.'],
    [{ scheduler: 'euler', eta: 0.5 }, "eta is DDIM's alone and must be 0 with Euler, got 0.5."],
    [{ karrasSigmas: true }, "DDIM has no sigmas that could be Karras', as euler, "],
    [{ scheduler: 'lcm', karrasSigmas: true }, 'LCM has no sigmas'],
    [{ scheduler: 'lcm', timestepSpacing: 'leading' }, 'LCM has timesteps of its own and takes no spacing'],
    [{ timestepSpacing: 'even' as 'leading' }, 'must be one of leading, linspace, trailing, got even.'],
    [
      { timestepSpacing: null as unknown as 'leading', scheduler: 'lms' as 'ddim' },
      'The scheduler must be one of',
    ],
    [{ karrasSigmas: 1 as unknown as boolean }, 'Karras sigmas must be true or false, got 1.'],
  ])('refuses %j', (options, message) => {
    const error = refusal(options);
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toContain(message);
  });

  it('gives settings that resolve to themselves', () => {
    const options = fc.record({
      scheduler: fc.constantFrom(...SCHEDULER_NAMES),
      steps: fc.integer({ min: 1, max: 1000 }),
      karras: fc.boolean(),
    });
    fc.assert(
      fc.property(options, ({ scheduler, steps, karras }) => {
        const first = resolved({ scheduler, steps, karrasSigmas: karras && SAMPLERS[scheduler].hasSigmas });
        expect(resolved(first)).toEqual(first);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { schedulerReport } from './scheduler-report.ts';

const BETAS = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear' };

describe('schedulerReport()', () => {
  it.each([
    ['PNDMScheduler', { skip_prk_steps: true }, 'PLMS'],
    ['DPMSolverMultistepScheduler', { algorithm_type: 'sde-dpmsolver++' }, 'DPM++ 2M SDE'],
    ['LCMScheduler', {}, 'LCM'],
  ])('says what runs %s with %j', (className, options, sampler) => {
    const json = { _class_name: className, ...BETAS, ...options };
    expect(schedulerReport(json, 'f')).toEqual({ className, sampler, problem: null });
  });

  it.each([
    [{ _class_name: 'PNDMScheduler', ...BETAS }, /"skip_prk_steps" is false, accepted: true/],
    [{ _class_name: 'EDMEulerScheduler', ...BETAS }, /EDMEulerScheduler, is not built here/],
    [{ _class_name: 'FlowMatchEulerDiscreteScheduler' }, /not defined by betas/],
    [{ beta_start: 'small' }, /"beta_start" is "small"/],
  ])('says why nothing runs %j', (json, problem) => {
    const report = schedulerReport(json, 'f');
    expect(report.sampler).toBeNull();
    expect(report.problem).toMatch(problem);
  });
});

import { describe, expect, it } from 'vitest';
import { readSolverOptions } from './solver-options.ts';

const DPM = 'DPMSolverMultistepScheduler';
const UNIPC = 'UniPCMultistepScheduler';

describe('readSolverOptions()', () => {
  it("reads what diffusers writes for DPM-Solver++, with Python's minus infinity", () => {
    const json = {
      solver_order: 2,
      algorithm_type: 'sde-dpmsolver++',
      solver_type: 'heun',
      lower_order_final: false,
      use_karras_sigmas: true,
      lambda_min_clipped: Number.NEGATIVE_INFINITY,
      variance_type: null,
      use_lu_lambdas: false,
    };
    expect(readSolverOptions(json, DPM)).toEqual({
      given: {
        solverOrder: 2,
        algorithmType: 'sde-dpmsolver++',
        solverType: 'heun',
        lowerOrderFinal: false,
        karrasSigmas: true,
      },
      refused: [],
    });
  });

  it.each([
    [DPM, { solver_order: 3 }],
    [DPM, { algorithm_type: 'dpmsolver' }],
    [DPM, { lambda_min_clipped: -5.1 }],
    [DPM, { use_lu_lambdas: true }],
    [DPM, { variance_type: 'learned_range' }],
    [DPM, { use_exponential_sigmas: true }],
    [UNIPC, { predict_x0: false }],
    [UNIPC, { solver_order: 4 }],
    [UNIPC, { disable_corrector: [0] }],
    [UNIPC, { use_beta_sigmas: true }],
    ['EulerDiscreteScheduler', { timestep_type: 'continuous' }],
    ['EulerDiscreteScheduler', { sigma_max: 80 }],
    ['DDPMScheduler', { variance_type: 'learned_range' }],
    ['HeunDiscreteScheduler', { use_beta_sigmas: true }],
    ['PNDMScheduler', { skip_prk_steps: false }],
    [DPM, { solver_order: 'two' }],
    ['LCMScheduler', { original_inference_steps: -1 }],
  ])('names what is not built: %s with %j', (className, json) => {
    const { refused } = readSolverOptions(json, className);
    expect(refused.join()).toContain(`"${Object.keys(json)[0]}"`);
    expect(
      readSolverOptions(json, 'DDIMScheduler').refused.filter((text) => !text.includes('wrong kind')),
    ).toEqual([]);
  });

  it('takes the solver types of the other family for its own default, as diffusers does', () => {
    expect(readSolverOptions({ solver_type: 'bh2' }, DPM)).toEqual({ given: {}, refused: [] });
    expect(readSolverOptions({ solver_type: 'midpoint' }, UNIPC)).toEqual({ given: {}, refused: [] });
  });
});

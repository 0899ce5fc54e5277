import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundHalfEven, spacedTimesteps } from './timesteps.ts';

const PLACES = { total: 1000, offset: 0 } as const;

describe('spacedTimesteps()', () => {
  it('spreads five steps as table 2 of Lin et al. does', () => {
    const of = (spacing: 'leading' | 'linspace' | 'trailing', offset = 0) =>
      spacedTimesteps({ ...PLACES, steps: 5, spacing, offset });
    expect(of('leading', 1)).toEqual([801, 601, 401, 201, 1]);
    expect(of('linspace')).toEqual([999, 749, 500, 250, 0]);
    expect(of('trailing')).toEqual([999, 799, 599, 399, 199]);
  });

  it('counts the end as a place where a solver does', () => {
    const of = (spacing: 'leading' | 'linspace') =>
      spacedTimesteps({ ...PLACES, steps: 4, spacing, countsEnd: true });
    expect(of('leading')).toEqual([800, 600, 400, 200]);
    expect(of('linspace')).toEqual([999, 749, 500, 250]);
  });

  it('rounds a half that is not quite one as numpy does: 937.5 of 48 trailing steps to 937', () => {
    expect(spacedTimesteps({ ...PLACES, steps: 48, spacing: 'trailing' })[3]).toBe(936);
  });

  it('falls within the timesteps, for any number of steps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('leading', 'linspace', 'trailing' as const),
        fc.integer({ min: 1, max: 1000 }),
        fc.boolean(),
        fc.constantFrom(0, 1),
        (spacing, steps, rounds, offset) => {
          const timesteps = spacedTimesteps({ total: 1000, steps, spacing, rounds, offset });
          expect(timesteps).toHaveLength(steps);
          for (const [i, timestep] of timesteps.entries()) {
            expect(timestep).toBeGreaterThanOrEqual(0);
            expect(timestep).toBeLessThan(1000);
            // All steps of 1000 and an offset meet at the noisiest.
            if (i > 0) expect(timestep - timesteps[i - 1]).toBeLessThanOrEqual(offset > 0 ? 0 : -1e-9);
          }
        },
      ),
    );
  });
});

describe('roundHalfEven()', () => {
  it('rounds halves to the even neighbour', () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf } from './effect-of.ts';

describe('effectOf()', () => {
  it('is above 0 where the loss is higher without the word', () => {
    const { mean, interval } = effectOf({ with: [0.4, 0.5, 0.6], without: [0.5, 0.6, 0.7] }, 1);
    expect(mean).toBeCloseTo(0.1);
    expect(interval![0]).toBeCloseTo(0.1);
  });

  it('is above 0 where an attack has a lower loss without the word', () => {
    expect(effectOf({ with: [0.9, 0.8], without: [0.5, 0.6] }, -1).mean).toBeCloseTo(0.3);
  });

  it('has no interval from one seed', () => {
    expect(effectOf({ with: [0.4], without: [0.5] }, 1).interval).toBeNull();
  });

  it('is the opposite where the other is sought, its interval too', () => {
    const losses = fc.array(fc.tuple(unit(), unit()), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(losses, (pairs) => {
        const given = { with: pairs.map(([kept]) => kept), without: pairs.map(([, left]) => left) };
        const [improve, attack] = [effectOf(given, 1), effectOf(given, -1)];
        expect(attack.mean).toBeCloseTo(-improve.mean, 10);
        expect(attack.interval![0]).toBeCloseTo(-improve.interval![1], 10);
      }),
    );
  });
});

function unit() {
  return fc.double({ min: 0, max: 2, noNaN: true });
}

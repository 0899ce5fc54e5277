import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueStyle } from './report-block.ts';
import { numberText, valueText } from './value-text.ts';

const STYLES: readonly ValueStyle[] = [
  'text',
  'loss',
  'difference',
  'share',
  'points',
  'count',
  'decimal',
  'significant',
  'seconds',
];

describe('valueText()', () => {
  it('puts the interval behind its mean', () => {
    const estimate = { count: 3, mean: -0.0312, interval: [-0.04, -0.021] as const };
    expect(valueText(estimate, { as: 'difference' })).toBe('−0.031 (−0.040 to −0.021)');
    expect(valueText({ ...estimate, interval: null }, { as: 'difference' })).toBe('−0.031');
  });

  it('shows a dash for what is no number, never NaN or a sign before 0', () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom(...STYLES), (value, as) => {
        const text = numberText(value, as);
        expect(text).not.toMatch(/NaN|Infinity|undefined|^[+−-]0(\.0*)?( %)?$/);
        if (!Number.isFinite(value)) expect(text).toBe('–');
      }),
    );
  });

  it('reads as people do', () => {
    expect(numberText(0.1234, 'share')).toBe('12 %');
    expect(numberText(-0.1234, 'points')).toBe('−12.3');
    expect(numberText(0.05, 'points')).toBe('+5.0');
    expect(numberText(12345, 'count')).toBe('12\u202f345');
    expect(numberText(0.0123456, 'significant')).toBe('0.0123');
    expect(valueText('text', { as: 'text' })).toBe('text');
    expect(valueText(null, { as: 'loss' })).toBe('–');
  });
});

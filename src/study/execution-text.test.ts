import { describe, expect, it } from 'vitest';
import type { Execution } from '../runtime/executor.ts';
import { passedOverText, passedOverWarnings, placeOf, placeText } from './execution-text.ts';

const EXECUTION: Execution = {
  device: 'cpu',
  precision: 'float32',
  passedOver: [
    { device: 'cuda', reason: 'it could not be started (no driver). It needs one.', isInstalled: true },
    { device: 'coreml', reason: 'it is not available here', isInstalled: false },
    { device: 'directml', precision: 'float16', reason: 'it gives wrong numbers', isInstalled: true },
  ],
};

describe('where a pipeline runs', () => {
  it('is a device and a precision', () => {
    expect(placeOf(EXECUTION)).toEqual({ device: 'cpu', precision: 'float32' });
    expect(placeText({ device: 'cuda:1', precision: 'float16' })).toBe('cuda:1 in float16');
  });

  it('is a warning where a device ought to work and does not', () => {
    expect(passedOverWarnings(EXECUTION)).toEqual([
      'Computing on cpu in float32: cuda was passed over: it could not be started (no driver). It needs one.',
      'Computing on cpu in float32: directml in float16 was passed over: it gives wrong numbers.',
    ]);
    expect(passedOverText(EXECUTION.passedOver[1]!)).toBe(
      'coreml was passed over: it is not available here.',
    );
  });
});

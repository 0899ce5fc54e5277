import { describe, expect, it } from 'vitest';
import { refusalOnDevice } from './device-refusal.ts';

describe('a refusal', () => {
  it.each([
    "Could not find an implementation for Asin(7) node with name 'loss/Asin_12'",
    'Load model failed: Node (loss/Asin_12) Op (Asin) [ShapeInferenceError] no',
  ])('names the operation, where it stands and what to do: %s', (said) => {
    const { code, message, details } = refusalOnDevice('cuda', new Error(said));
    expect(code).toBe('DEVICE_UNAVAILABLE');
    expect(message).toBe(
      'The device "cuda" does not have the operation Asin that "loss/Asin_12" needs. Use --device cpu, which has all of them (in code: `device: \'cpu\'`).',
    );
    expect(details).toMatchObject({ device: 'cuda', op: 'Asin', node: 'loss/Asin_12' });
  });

  it('says in a line why the whole device does not start, and what it needs', () => {
    const said =
      '/a/b.cc:12 OrtApi x was false. Failed to get a WebGPU adapter: No supported adapters.\n  at here';
    expect(refusalOnDevice('webgpu', new Error(said)).message).toMatch(
      /^The device "webgpu" could not be started \(Failed to get a WebGPU adapter: No supported adapters\)\. It is part of/,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaledLora } from './scaled-lora.ts';

const nothing = () => false;

describe('scaledLora()', () => {
  test.each([
    ['style.safetensors', 'style.safetensors', 1],
    ['style.safetensors:0.7', 'style.safetensors', 0.7],
    ['style.safetensors:-1', 'style.safetensors', -1],
    ['C:\\loras\\style.safetensors', 'C:\\loras\\style.safetensors', 1],
    ['C:\\loras\\style.safetensors:0.7', 'C:\\loras\\style.safetensors', 0.7],
    ['a:b/style:1e-1', 'a:b/style', 0.1],
    ['odd.safetensors:x/style', 'odd.safetensors:x/style', 1],
  ])('reads %j', (text, path, scale) => {
    expect(scaledLora(text, nothing)).toEqual({ path, scale });
  });

  test.each(['', ' ', 'style.safetensors:', 'style.safetensors:much', 'style.safetensors:1e999'])(
    'does not take %j',
    (text) => {
      expect(scaledLora(text, nothing)).toBeUndefined();
    },
  );

  test('takes a whole name that is there for what it is', () => {
    expect(scaledLora('style:2', (path) => path === 'style:2')).toEqual({ path: 'style:2', scale: 1 });
  });

  test('reads back every scale after every name', () => {
    const scale = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), scale, (name, value) => {
        const path = `x${name}`;
        expect(scaledLora(`${path}:${value}`, nothing)).toEqual({ path, scale: Number(String(value)) });
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from './half-float.ts';

const everyPattern = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

/** The definition, in plain arithmetic: sign, significand, power of two. */
function decodeFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const isNan16 = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('float16', () => {
  it('widens all 65536 patterns exactly, subnormals, infinities and NaN among them', () => {
    const values = float16ToFloat32(everyPattern);
    const wrong = everyPattern.filter((bits) => !Object.is(values[bits], decodeFloat16(bits)));
    expect(wrong).toHaveLength(0);
  });

  it('narrows every value that it holds back to the same bits, NaN to NaN', () => {
    const bits = float32ToFloat16(float16ToFloat32(everyPattern));
    const wrong = everyPattern.filter((pattern) =>
      isNan16(pattern) ? !isNan16(bits[pattern]!) : bits[pattern] !== pattern,
    );
    expect(wrong).toHaveLength(0);
  });

  it('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.float({ min: -65000, max: 65000, noNaN: true }), (value) => {
        const bits = float32ToFloat16(Float32Array.of(value))[0]!;
        const magnitude = bits & 0x7fff;
        const error = Math.abs(Math.abs(value) - decodeFloat16(magnitude));
        for (const neighbour of [magnitude - 1, magnitude + 1].filter(
          (pattern) => pattern >= 0 && pattern < 0x7c00,
        )) {
          const other = Math.abs(Math.abs(value) - decodeFloat16(neighbour));
          expect(other > error || (other === error && magnitude % 2 === 0)).toBe(true);
        }
      }),
    );
  });

  it.each([
    [65519, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [-1e30, Number.NEGATIVE_INFINITY],
    [2 ** -25, 0],
    [2 ** -25 * 1.0001, 2 ** -24],
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  ])('turns %d into %d at the edges', (value, expected) => {
    expect(float16ToFloat32(float32ToFloat16(Float32Array.of(value)))[0]).toBe(expected);
  });
});

describe('bfloat16', () => {
  it('keeps every pattern there and back, NaN to NaN', () => {
    const bits = float32ToBfloat16(bfloat16ToFloat32(everyPattern));
    const isNan = (pattern: number) => (pattern & 0x7f80) === 0x7f80 && (pattern & 0x7f) !== 0;
    const wrong = everyPattern.filter((pattern) =>
      isNan(pattern) ? !isNan(bits[pattern]!) : bits[pattern] !== pattern,
    );
    expect(wrong).toHaveLength(0);
  });

  it('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, max: 2 ** 126, min: -(2 ** 126) }), (value) => {
        const bits = float32ToBfloat16(Float32Array.of(value));
        const error = Math.abs(value - bfloat16ToFloat32(bits)[0]!);
        for (const step of [-1, 1]) {
          const neighbour = Uint16Array.of(bits[0]! + step);
          const other = Math.abs(value - bfloat16ToFloat32(neighbour)[0]!);
          expect(Number.isNaN(other) || other > error || (other === error && bits[0]! % 2 === 0)).toBe(true);
        }
      }),
    );
  });
});

/** @file float16 and bfloat16 as bit patterns, to and from float32: exact one way, round-to-nearest-even the other. */

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** Values of the float16 numbers whose bits are `bits`; every one, NaN payloads included, is exact in float32. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const table = float16Table();
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i]!]!;
  return new Float32Array(out.buffer);
}

/** Values of the bfloat16 numbers whose bits are `bits`; exact, since they are the upper halves of float32 bits. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = bits[i]! << 16;
  return new Float32Array(out.buffer);
}

/** Bits of the float16 numbers nearest to `values`, ties to even; beyond ±65504 (rounded) infinity, NaN stays NaN. */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = float16Bits(bits[i]!, values[i]!);
  return out;
}

/** Bits of the bfloat16 numbers nearest to `values`, ties to even; NaN stays NaN. */
export function float32ToBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = bfloat16Bits(bits[i]!);
  return out;
}

// Bits of all 65536 float16 numbers as float32: conversion of a checkpoint is one lookup for each element.
let cachedTable: Uint32Array | undefined;

function float16Table(): Uint32Array {
  cachedTable ??= Uint32Array.from({ length: 0x10000 }, (_, bits) => widenFloat16(bits));
  return cachedTable;
}

function widenFloat16(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) {
    // Zero and subnormals: fraction · 2^-24, which is a normal float32.
    scratchFloat[0] = fraction * 2 ** -24;
    return sign | scratchBits[0]!;
  }
  const widened = exponent === 0x1f ? 0xff : exponent + 112;
  return sign | (widened << 23) | (fraction << 13);
}

// Whole checkpoints go through here, so rounding is integer arithmetic: half a unit less one, and one more where the unit is
// odd, carries exactly when round-half-to-even rounds up. The carry may move the exponent, as it should (also to infinity).
function float16Bits(bits: number, value: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00 | ((magnitude >>> 13) & 0x3ff);
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  // Below 2^-14: float64 holds the value in units of 2^-24 exactly, so one rounding decides.
  if (magnitude < 0x38800000) return sign | (Math.abs(value) * 2 ** 24 + TO_INTEGER - TO_INTEGER);
  // Rebias the exponent by -112.
  const rebiased = magnitude - (112 << 23);
  return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
}

/** Added to a small float64 and taken away again, it leaves the nearest integer, ties to even. */
const TO_INTEGER = 1.5 * 2 ** 52;

function bfloat16Bits(bits: number): number {
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return (bits >>> 16) | 0x40;
  const sign = (bits >>> 16) & 0x8000;
  return sign | ((magnitude + 0x7fff + ((magnitude >>> 16) & 1)) >>> 16);
}

/**
 * @file Gradients in half precision. A gradient is linear in its cotangent, so the cotangent is brought to a size at which halves
 * are exact, and the result is brought back: by powers of two, which change no digit. What still leaves the range of halves is
 * taken again, smaller.
 */
import { DpoError } from '../errors.ts';
import type { Precision } from '../runtime/executor.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';

/** The largest element of a scaled cotangent lies below this: halves end at 65504, and their digits at 2^-24. */
const FIRST_EXPONENT = 4;
const EXPONENT_STEP = 4;
/** Below this the small elements would be lost. */
const LAST_EXPONENT = -12;

type Gradients = Readonly<Record<string, FloatTensor>>;

/** Runs one network's gradients at a scale that its precision can hold, and remembers it. */
export class ScaledCotangent {
  /** How often a gradient left the range of halves and was taken again. */
  retries = 0;
  readonly #precision: Precision;
  #exponent = FIRST_EXPONENT;

  constructor(precision: Precision) {
    this.#precision = precision;
  }

  /**
   * `gradientsOf(cotangent)`, which must be linear, as it would be without limits of precision.
   * @throws {DpoError} EXECUTION_FAILED when no scale gives finite numbers
   */
  async run(
    cotangent: Float32Array,
    gradientsOf: (cotangent: Float32Array) => Promise<Gradients>,
  ): Promise<Gradients> {
    const largest = cotangent.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // What is zero or not finite is no matter of scale.
    if (this.#precision === 'float32' || !(largest > 0 && largest < Number.POSITIVE_INFINITY))
      return gradientsOf(cotangent);
    for (; this.#exponent >= LAST_EXPONENT; this.#lower()) {
      const scale = 2 ** (this.#exponent - Math.ceil(Math.log2(largest)));
      const gradients = await gradientsOf(cotangent.map((value) => value * scale));
      if (areFinite(gradients)) return timesAll(gradients, 1 / scale);
    }
    this.#exponent = FIRST_EXPONENT;
    throw new DpoError(
      'EXECUTION_FAILED',
      'The gradient has no finite value in float16 at any scale. Use --precision float32 (in code: `precision: "float32"`).',
    );
  }

  #lower(): void {
    this.retries++;
    this.#exponent -= EXPONENT_STEP;
  }
}

function areFinite(gradients: Gradients): boolean {
  return Object.values(gradients).every(({ data }) => data.every(Number.isFinite));
}

function timesAll(gradients: Gradients, factor: number): Gradients {
  const entries = Object.entries(gradients).map(
    ([name, { shape, data }]) =>
      [
        name,
        floatTensor(
          shape,
          data.map((value) => value * factor),
        ),
      ] as const,
  );
  return Object.fromEntries(entries);
}

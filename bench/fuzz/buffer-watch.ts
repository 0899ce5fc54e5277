/**
 * @file Watches what JavaScript asks for by size: array buffers, typed arrays, arrays of a given length, Node's buffers. That is how a
 * few bytes that claim to be many become memory. What Node's own file reading allocates goes by the file's real size and is not seen.
 */
import { CLIP_VOCABULARY_SIZE } from '../../src/checkpoint/clip-vocabulary.ts';

const NAMES = [
  ...([
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Array',
    'Uint8Array',
    'Int8Array',
    'Uint8ClampedArray',
    'Uint16Array',
  ] as const),
  ...([
    'Int16Array',
    'Uint32Array',
    'Int32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
  ] as const),
];
/** The tokenizer's table of the vocabulary that comes with us, for a scorer's folder without one: the same whatever the files say. */
const PACKAGED_TABLE_BYTES = CLIP_VOCABULARY_SIZE * 8;
const BUFFER_METHODS = ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const;

type Constructor = new (...args: unknown[]) => object;

/** Watches between `start` and `stop`. Nothing larger than `limit` bytes is made: the request throws, before it can harm the machine. */
export class BufferWatch {
  readonly #scope = globalThis as unknown as Record<string, Constructor>;
  readonly #originals = new Map<string, Constructor>();
  readonly #methods = new Map<string, unknown>();
  #largest = 0;
  #limit = Number.POSITIVE_INFINITY;

  start(limit: number): void {
    this.#largest = 0;
    this.#limit = limit;
    for (const name of NAMES) {
      const original = this.#scope[name]!;
      this.#originals.set(name, original);
      const elementBytes = (original as unknown as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT;
      const bytesEach = elementBytes ?? (name === 'Array' ? 8 : 1);
      this.#scope[name] = new Proxy(original, {
        construct: (target, args, newTarget) => {
          this.#note(args, bytesEach);
          return Reflect.construct(target, args, newTarget) as object;
        },
      });
    }
    for (const name of BUFFER_METHODS) {
      const original = Buffer[name];
      this.#methods.set(name, original);
      Buffer[name] = (size: number, ...rest: []) => {
        this.#note([size], 1);
        return original.call(Buffer, size, ...rest);
      };
    }
  }

  /** The most bytes that were asked for at once since `start`. */
  stop(): number {
    for (const [name, original] of this.#originals) this.#scope[name] = original;
    for (const [name, method] of this.#methods) Object.assign(Buffer, { [name]: method });
    return this.#largest;
  }

  #note([size]: readonly unknown[], bytesEach: number): void {
    if (typeof size !== 'number' || !(size >= 0) || size * bytesEach === PACKAGED_TABLE_BYTES) return;
    this.#largest = Math.max(this.#largest, size * bytesEach);
    if (size * bytesEach > this.#limit) throw new RangeError(`${size * bytesEach} bytes were asked for`);
  }
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import { float32ToBfloat16, float32ToFloat16 } from '../tensor/half-float.ts';
import { floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import {
  openSafetensors,
  readFloatTensor,
  readSafetensors,
  storedTensor,
  writeSafetensors,
} from './safetensors.ts';

const reference = fileURLToPath(new URL('../../tests/fixtures/sd1/reference.safetensors', import.meta.url));

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-safetensors-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** A file of a header (JSON, or raw text) and data. */
async function fileOf(
  header: unknown,
  data: Uint8Array = new Uint8Array(),
  claimed?: bigint,
): Promise<string> {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header), 'latin1');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  const path = join(dir, `${Math.floor(performance.now() * 1e6)}.safetensors`);
  await writeFile(path, Buffer.concat([length, text, data]));
  return path;
}

const entry = (dtype: string, shape: unknown, data_offsets: unknown) => ({ dtype, shape, data_offsets });

describe('readSafetensors()', () => {
  it('reads what PyTorch wrote: int64 ids, floats of several shapes', async () => {
    const tensors = await readSafetensors(reference);
    expect(tensors.get('ids.prompt')).toMatchObject({ dtype: 'int32', shape: [1, 77] });
    expect(tensors.get('ids.prompt')!.data[0]).toBe(912);
    expect(tensors.get('latents.trajectory')!.shape).toEqual([11, 4, 16, 16]);
    // The trajectory begins at the initial latents: two tensors at different offsets agree.
    const first = tensors.get('latents.trajectory')!.data.subarray(0, 1024);
    expect(first).toEqual(tensors.get('latents.initial')!.data);
  });

  it('gives back what writeSafetensors() wrote', async () => {
    const path = join(dir, 'round-trip.safetensors');
    const shape = fc.array(fc.nat(4), { maxLength: 3 });
    const tensor: fc.Arbitrary<Tensor> = fc
      .tuple(shape, fc.boolean(), fc.integer())
      .map(([sizes, isFloat, start]) => {
        const count = sizes.reduce((product, size) => product * size, 1);
        const values = Array.from({ length: count }, (_, i) => (start + i) | 0);
        return isFloat ? floatTensor(sizes, values) : intTensor(sizes, values);
      });
    const entries = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), tensor), {
      selector: ([key]) => key,
    });
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const tensors = new Map(list.filter(([key]) => key !== '__metadata__'));
        await writeSafetensors(path, tensors, { format: 'pt' });
        const read = await readSafetensors(path);
        expect(new Map([...read].sort())).toEqual(new Map([...tensors].sort()));
        expect((await openSafetensors(path)).metadata.get('format')).toBe('pt');
      }),
      { numRuns: 50 },
    );
  });

  it('widens half precision', async () => {
    const values = Float32Array.of(1.5, -0.25, 0, 65504);
    const data = Buffer.concat(
      [float32ToFloat16(values), float32ToBfloat16(values)].map((bits) => Buffer.from(bits.buffer)),
    );
    const path = await fileOf(
      { half: entry('F16', [4], [0, 8]), brain: entry('BF16', [2, 2], [8, 16]) },
      data,
    );
    const file = await openSafetensors(path);
    expect((await readFloatTensor(storedTensor(file, 'half')!)).data).toEqual(values);
    const brain = await readFloatTensor(storedTensor(file, 'brain')!);
    expect([...brain.data]).toEqual([1.5, -0.25, 0, 65536]);
    expect(brain.shape).toEqual([2, 2]);
  });

  it('refuses integers that 32 bits do not hold', async () => {
    const data = Buffer.from(BigInt64Array.of(2n ** 40n).buffer);
    const path = await fileOf({ ids: entry('I64', [1], [0, 8]) }, data);
    await expect(readSafetensors(path)).rejects.toThrow(/beyond 32 bits/);
  });
});

describe('openSafetensors()', () => {
  it('lists what is no weight without being troubled by it', async () => {
    const path = await fileOf(
      { position_ids: entry('I64', [1], [0, 8]), w: entry('F32', [], [8, 12]) },
      new Uint8Array(12),
    );
    const file = await openSafetensors(path);
    expect([...file.entries.keys()]).toEqual(['position_ids', 'w']);
    expect(storedTensor(file, 'w')).toMatchObject({ dtype: 'float32', shape: [], byteLength: 4, path });
    expect(storedTensor(file, 'absent')).toBeUndefined();
    expect(() => storedTensor(file, 'position_ids')).toThrow(/stored as I64; accepted: F32, F16 or BF16/);
  });

  it('accepts an empty file of the format, and tensors of no elements', async () => {
    expect((await openSafetensors(await fileOf({}))).entries.size).toBe(0);
    const path = await fileOf(
      { a: entry('F32', [0, 5], [0, 0]), b: entry('U8', [2], [0, 2]) },
      new Uint8Array(2),
    );
    expect((await openSafetensors(path)).entries.size).toBe(2);
  });

  const four = new Uint8Array(4);
  const hostile: [string, () => Promise<string>, RegExp][] = [
    ['a header length beyond the file', () => fileOf('{}', four, 7n), /claims 7 bytes, the file has 6/],
    ['an absurd header length', () => fileOf('{}', four, 2n ** 63n), /claims 9223372036854775808 bytes/],
    ['a header that is no JSON', () => fileOf('{"a":', four), /not JSON in UTF-8/],
    ['a header that is no UTF-8', () => fileOf('{"\xff":1}', four), /not JSON in UTF-8/],
    ['a header that is no object', () => fileOf('[]', four), /not a JSON object/],
    [
      'a key that stands twice',
      () =>
        fileOf(
          '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\\u0061":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}',
          four,
        ),
      /the key "a" twice/,
    ],
    [
      'an entry whose shape stands twice',
      () => fileOf('{"a":{"dtype":"U8","shape":[9],"shape":[4],"data_offsets":[0,4]}}', four),
      /the key "shape" twice/,
    ],
    ['negative offsets', () => fileOf({ a: entry('U8', [4], [-4, 0]) }, four), /whole numbers/],
    [
      'reversed offsets',
      () => fileOf({ a: entry('U8', [4], [4, 0]) }, four),
      /ends \(0\) before it begins \(4\)/,
    ],
    ['fractional offsets', () => fileOf({ a: entry('U8', [4], [0, 3.5]) }, four), /whole numbers/],
    [
      'offsets beyond the file',
      () => fileOf({ a: entry('U8', [8], [0, 8]) }, four),
      /ends at byte .* cut short/,
    ],
    [
      'overlapping tensors',
      () => fileOf({ a: entry('U8', [3], [0, 3]), b: entry('U8', [2], [2, 4]) }, four),
      /"b" overlaps/,
    ],
    [
      'a hole',
      () => fileOf({ a: entry('U8', [2], [2, 4]) }, four),
      /2 bytes before tensor "a" belong to no tensor/,
    ],
    ['trailing bytes', () => fileOf({ a: entry('U8', [2], [0, 2]) }, four), /its last 2 bytes/],
    ['a shape of another size', () => fileOf({ a: entry('F32', [2], [0, 4]) }, four), /takes 8/],
    [
      'a shape that overflows to the right size',
      () => fileOf({ a: entry('F32', [2 ** 32, 2 ** 32, 1], [0, 4]) }, four),
      /takes Infinity/,
    ],
    ['a negative shape', () => fileOf({ a: entry('F32', [-1, -1], [0, 4]) }, four), /whole numbers/],
    ['a fractional shape', () => fileOf({ a: entry('F32', [0.5, 2], [0, 4]) }, four), /whole numbers/],
    [
      'a shape beyond exact integers',
      () => fileOf({ a: entry('U8', [2 ** 60], [0, 4]) }, four),
      /whole numbers/,
    ],
    [
      'an unknown type',
      () => fileOf({ a: entry('constructor', [4], [0, 4]) }, four),
      /unknown type "constructor"/,
    ],
    ['an entry that is no object', () => fileOf({ a: 5 }, four), /tensor "a" needs/],
    [
      'a header nested absurdly deep',
      () => fileOf({ a: JSON.parse('['.repeat(99) + ']'.repeat(99)) }),
      /nested deeper/,
    ],
    [
      'a name without end',
      () => fileOf({ ['k'.repeat(5000)]: entry('F32', [1], [0, 4]) }, four),
      /a name of 5000 characters, "k/,
    ],
    ['metadata that is no strings', () => fileOf({ __metadata__: { a: 1 } }), /__metadata__/],
  ];

  it.each(hostile)('refuses %s', async (_, make, message) => {
    const error = await openSafetensors(await make()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DpoError);
    expect(error).toMatchObject({ code: 'INVALID_CHECKPOINT', message: expect.stringMatching(message) });
  });

  it('refuses a file shorter than a header length, a folder, and one that is not there', async () => {
    const short = join(dir, 'short.safetensors');
    await writeFile(short, 'abc');
    await expect(openSafetensors(short)).rejects.toThrow(/has 3 bytes, fewer than the 8/);
    await expect(openSafetensors(dir)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    await expect(openSafetensors(join(dir, 'none'))).rejects.toThrow(/there is no such file/);
  });

  it('never fails but with a DpoError, however a file is damaged', async () => {
    const whole = (await readFile(reference)).subarray(0, 6000);
    const path = join(dir, 'fuzz.safetensors');
    const mutation = fc.record({
      at: fc.nat(whole.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { maxLength: 6 }), fc.nat(whole.length), async (mutations, cut) => {
        const bytes = Buffer.from(whole);
        for (const { at, bytes: change } of mutations) bytes.set(change.subarray(0, bytes.length - at), at);
        await writeFile(path, bytes.subarray(0, bytes.length - (cut % 2 ? cut : 0)));
        const error = await readSafetensors(path).catch((caught: unknown) => caught);
        // The reference was cut to its header and a little data, so no mutation can make it whole.
        expect(error).toBeInstanceOf(DpoError);
      }),
      { numRuns: 300 },
    );
  });

  it('reads or refuses any small header made of likely pieces', async () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.double(), fc.constantFrom(2 ** 53, 1e308));
    const anyEntry = fc.record(
      {
        dtype: fc.constantFrom('F32', 'F16', 'U8', 'I64', '__proto__'),
        shape: fc.array(number, { maxLength: 3 }),
        data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.oneof(anyEntry, fc.jsonValue())),
        fc.nat(16),
        async (header, size) => {
          const error = await openSafetensors(await fileOf(header, new Uint8Array(size))).catch(
            (caught: unknown) => caught,
          );
          expect(error instanceof DpoError || !(error instanceof Error)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('readFloatTensor()', () => {
  it('refuses an address beyond the file before it reserves memory for it', async () => {
    const path = await fileOf({ a: entry('F32', [1], [0, 4]) }, new Uint8Array(4));
    const stored = storedTensor(await openSafetensors(path), 'a')!;
    await writeFile(path, 'the file was replaced');
    await expect(readFloatTensor({ ...stored, shape: [2 ** 40], byteLength: 2 ** 42 })).rejects.toThrow(
      /ends at byte/,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { StoredDType, WeightSource } from '../tensor/stored-tensor.ts';
import { type ProgramMemory, programMemory, residentBytes } from './resident-bytes.ts';

const MB = 1e6;
const MODES = ['fast', 'balanced', 'low'] as const;

/** A file of which each key is 1000 x 1000 numbers. */
function weights(dtype: StoredDType): WeightSource {
  const bytes = dtype === 'float32' ? 4e6 : 2e6;
  const keys = ['a', 'b'];
  return {
    name: 'file',
    keys: () => keys,
    find: (key) => ({
      key,
      dtype,
      shape: [1000, 1000],
      path: '/file',
      offset: keys.indexOf(key) * bytes,
      byteLength: bytes,
    }),
  };
}

function product(dtype: StoredDType, keys: readonly string[]): ProgramMemory {
  const g = new GraphBuilder();
  const times = (y: Node, key: string): Node => g.matMul(y, g.parameter(weights(dtype), key, [1000, 1000]));
  return programMemory(graphOf({ y: keys.reduce(times, g.input('x', [1, 1000])) }));
}

const without = residentBytes([], () => 'low');

describe('programMemory()', () => {
  it('counts weights as they are stored and as they are unpacked', () => {
    const [full, half] = (['float32', 'float16'] as const).map((dtype) => product(dtype, ['a', 'b']));
    expect([...full.weights.values()]).toEqual([4e6, 4e6]);
    expect([...half.weights.values()]).toEqual([2e6, 2e6]);
    expect([full, half].map(({ unpackedBytes }) => unpackedBytes)).toEqual([8e6, 8e6]);
    expect([full, half].map(({ widenedBytes }) => widenedBytes)).toEqual([0, 8e6]);
  });

  it('leaves out a table of which rows are looked up, unless it has to be widened', () => {
    const lookup = (dtype: StoredDType) => {
      const g = new GraphBuilder();
      const table = g.parameter(weights(dtype), 'a', [1000, 1000]);
      return programMemory(graphOf({ rows: g.gather(table, g.input('ids', [3], 'int32')) }));
    };
    expect(lookup('float32')).toMatchObject({ unpackedBytes: 0, widenedBytes: 0 });
    expect(lookup('float16')).toMatchObject({ unpackedBytes: 4e6, widenedBytes: 4e6 });
    for (const dtype of ['float32', 'float16'] as const) expect(lookup(dtype).weights.size).toBe(0);
  });
});

describe('residentBytes()', () => {
  it('counts weights that two programs map once, and unpacked ones for each', () => {
    const programs = [product('float32', ['a', 'b']), product('float32', ['b', 'a'])];
    const balanced = residentBytes(programs, () => 'balanced') - without;
    const fast = residentBytes(programs, () => 'fast') - without;
    expect(balanced / MB).toBeGreaterThan(8);
    expect(balanced / MB).toBeLessThan(8 + 7);
    expect(fast / MB).toBeGreaterThan(16);
    expect(fast / MB).toBeLessThan(16 + 7);
  });

  it('takes the largest alone where one program is open at a time', () => {
    const [small, large] = [product('float32', ['a']), product('float32', ['a', 'b'])];
    const low = residentBytes([small, large, small], () => 'low') - without;
    expect(low / MB).toBeGreaterThan(8);
    expect(low / MB).toBeLessThan(8.5);
  });

  it('never says less of more programs, or of larger values', () => {
    const amount = fc.integer({ min: 0, max: 1e10 });
    const program = fc
      .record({ nodes: fc.nat(1e5), valueBytes: amount, unpackedBytes: amount, stored: amount })
      .map(
        ({ stored, ...rest }): ProgramMemory => ({
          ...rest,
          cost: { flops: 0, productFlops: 0, parameters: 0, weightBytes: stored },
          weights: new Map([[`${stored}`, stored]]),
          widenedBytes: rest.unpackedBytes,
        }),
      );
    fc.assert(
      fc.property(fc.array(program), program, fc.constantFrom(...MODES), (programs, more, mode) => {
        const bytes = (list: readonly ProgramMemory[]) => residentBytes(list, () => mode);
        expect(bytes([...programs, more])).toBeGreaterThanOrEqual(bytes(programs));
        // From small to large values the arena's factor falls, so only doubled ones are larger for certain.
        const larger = { ...more, valueBytes: 2 * more.valueBytes };
        expect(bytes([...programs, larger])).toBeGreaterThanOrEqual(bytes([...programs, more]));
      }),
    );
  });
});

import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import type { StoredTensor } from '../../tensor/stored-tensor.ts';
import { floatTensor, intTensor } from '../../tensor/tensor.ts';
import { createWebExecutor } from './web-executor.ts';

ort.env.wasm.numThreads = 1;

const STORED: StoredTensor = {
  key: 'w',
  dtype: 'float32',
  shape: [2, 2],
  path: 'https://somewhere/model.safetensors',
  offset: 100,
  byteLength: 16,
};
const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);

/** `x w`, and `x w` plus the same weight read as its second row. */
function product(factor = 1) {
  const g = new GraphBuilder();
  const weights = { name: 'weights', find: () => STORED, keys: () => ['w'] };
  const row: StoredTensor = { ...STORED, shape: [1, 2], offset: 108, byteLength: 8 };
  const rows = { name: 'weights', find: () => row, keys: () => ['w'] };
  const x = g.input('x', [1, 2]);
  const y = g.mul(g.matMul(x, g.parameter(weights, 'w', [2, 2])), factor);
  return graphOf({ y, sum: g.add(y, g.parameter(rows, 'w', [1, 2])) });
}

function executorOver(read: (stored: StoredTensor) => Uint8Array) {
  const asked: number[] = [];
  const executor = createWebExecutor(ort, {
    readWeight: async (stored) => {
      asked.push(stored.offset);
      return read(stored);
    },
  });
  return { executor, asked };
}

const part = ({ offset, byteLength }: StoredTensor) => bytes.slice(offset - 100, offset - 100 + byteLength);

describe('the executor for a web page', () => {
  it('fetches the weights that a program reads, each by its range, and runs it', async () => {
    const { executor, asked } = executorOver(part);
    const program = await executor.compile(product());
    expect(asked).toEqual([100, 108]);
    const { y, sum } = await program.run({ x: floatTensor([1, 2], [1, 10]) });
    expect([y.shape, [...y.data], [...sum.data]]).toEqual([
      [1, 2],
      [31, 42],
      [34, 46],
    ]);
    await executor.release();
  });

  it('compiles equal graphs once, and runs them one after another', async () => {
    const { executor, asked } = executorOver(part);
    const program = await executor.compile(product());
    expect(await executor.compile(product())).toBe(program);
    expect(asked).toHaveLength(2);
    expect(await executor.compile(product(2))).not.toBe(program);
    expect(await executor.compile(product(), { precision: 'float16' })).not.toBe(program);
    const results = await Promise.all(
      [1, 2, 3].map((value) => program.run({ x: floatTensor([1, 2], [value, 0]) })),
    );
    expect(results.map(({ y }) => y.data[1])).toEqual([2, 4, 6]);
    await executor.release();
  });

  it('says which weight came short, and which input is wrong', async () => {
    const short = executorOver(() => bytes.slice(0, 4)).executor;
    await expect(short.compile(product())).rejects.toThrow(
      '"w" in https://somewhere/model.safetensors takes 16 bytes',
    );
    const { executor } = executorOver(part);
    const program = await executor.compile(product());
    await expect(program.run({})).rejects.toThrow('needs a value for its input "x"');
    await expect(program.run({ x: intTensor([1, 2], [1, 2]) })).rejects.toThrow(
      'must be float32 of shape [1,2]',
    );
    expect((await program.run({ x: floatTensor([1, 2], [0, 1]) })).y.data[0]).toBe(3);
    await executor.release();
  });
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWeights } from '../../checkpoint/weight-source.ts';
import { DpoError } from '../../errors.ts';
import { graphOf, type Node } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import { float32ToBfloat16, float32ToFloat16 } from '../../tensor/half-float.ts';
import type { StoredDType, StoredTensor } from '../../tensor/stored-tensor.ts';
import { floatTensor, intTensor, type Shape } from '../../tensor/tensor.ts';
import type { DeviceName, MemoryMode } from '../executor.ts';
import { createOrtExecutor } from './ort-executor.ts';

const executor = createOrtExecutor({ threads: 1 });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dpo-diff-executor-'));
});
afterEach(() => executor.release());
afterAll(() => rm(folder, { recursive: true }));

/** The error that `promise` rejects with. */
async function rejection(promise: Promise<unknown>): Promise<DpoError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DpoError);
  return error as DpoError;
}

describe('outputs that are no operation', () => {
  it('gives back an input, a constant and an input under its own name', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2]);
    const graph = graphOf({ y: x, x, seven: g.scalar(7), twice: g.add(x, x), again: g.add(x, x) });
    const program = await executor.compile(graph);
    const results = await program.run({ x: floatTensor([2], [1, 2]) });
    const plain = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
    expect(plain).toEqual({ y: [1, 2], x: [1, 2], seven: [7], twice: [2, 4], again: [2, 4] });
    expect(results.seven.shape).toEqual([]);
  });

  it('refuses integer outputs, which no program gives', () => {
    const g = new GraphBuilder();
    const graph = graphOf({ ids: g.input('ids', [3], 'int32') });
    expect(() => executor.compile(graph)).toThrow(/output "ids" is int32/);
  });
});

/** Values that bfloat16 holds exactly, so that no dtype rounds. */
const VALUES = Float32Array.of(0.5, -1.25, 3, 0.0078125, -2, 64);
const DTYPES = ['float32', 'float16', 'bfloat16'] as const;

const SAFETENSORS_NAMES = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

/** The file `name` with `VALUES` as its tensor `weight`, which begins at an odd byte, as old files have it. */
async function weightAtOddByte(dtype: StoredDType, name: string): Promise<StoredTensor> {
  const values = { float32: VALUES, float16: float32ToFloat16(VALUES), bfloat16: float32ToBfloat16(VALUES) };
  const data = Buffer.from(values[dtype].buffer);
  const entry = { dtype: SAFETENSORS_NAMES[dtype], shape: [2, 3], data_offsets: [0, data.length] };
  const header = Buffer.from(JSON.stringify({ weight: entry }).padEnd(169));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const path = join(folder, `${name}.safetensors`);
  await writeFile(path, Buffer.concat([length, header, data]));
  const stored = (await openWeights(path)).find('weight')!;
  expect(stored.offset).toBe(177);
  return stored;
}

function parameterOf(g: GraphBuilder, stored: StoredTensor): Node {
  const weights = { name: stored.path, find: () => stored, keys: () => ['weight'] };
  return g.parameter(weights, 'weight', stored.shape);
}

async function evaluated(stored: StoredTensor, memory: MemoryMode) {
  const g = new GraphBuilder();
  const weight = parameterOf(g, stored);
  const graph = graphOf({ weight, product: g.matMul(g.input('x', [1, 2]), weight) });
  const program = await executor.compile(graph, { memory });
  const { weight: read, product } = await program.run({ x: floatTensor([1, 2], [2, 4]) });
  return { read: [...read.data], product: [...product.data] };
}

const EXPECTED = { read: [...VALUES], product: [1.03125, -10.5, 262] };

describe('weights by offset into a file', () => {
  it.each(DTYPES)('reads %s at an odd byte, with much and with little memory', async (dtype) => {
    const stored = await weightAtOddByte(dtype, dtype);
    expect(await evaluated(stored, 'fast')).toEqual(EXPECTED);
    expect(await evaluated(stored, 'low')).toEqual(EXPECTED);
  });

  it('follows links out of the folder, as downloaded checkpoints have them', async () => {
    const stored = await weightAtOddByte('float16', 'blob');
    const link = join(folder, 'snapshot', 'model.safetensors');
    await mkdir(join(folder, 'snapshot'));
    await symlink(stored.path, link);
    expect(await evaluated({ ...stored, path: link }, 'fast')).toEqual(EXPECTED);
  });

  it('reads a folder whose name has spaces and letters of other scripts', async () => {
    const place = join(folder, 'my models é 模型');
    await mkdir(place);
    const stored = await weightAtOddByte('float32', join('my models é 模型', 'a b'));
    expect(await evaluated(stored, 'fast')).toEqual(EXPECTED);
  });

  it('says why a file that has gone cannot be read', async () => {
    const stored = { ...(await weightAtOddByte('float32', 'gone')), path: join(folder, 'nowhere') };
    const error = await rejection(evaluated(stored, 'fast'));
    expect(error.code).toBe('EXECUTION_FAILED');
    expect(error.message).toMatch(/^onnxruntime refused the graph: .*nowhere/);
  });
});

describe('the programs of an executor', () => {
  const doubled = (shape: Shape, factor = 2) => {
    const g = new GraphBuilder();
    return graphOf({ y: g.mul(g.input('x', shape), factor) });
  };

  it('compiles equal graphs once', async () => {
    const first = await executor.compile(doubled([2]));
    expect(await executor.compile(doubled([2]))).toBe(first);
    expect(await executor.compile(doubled([3]))).not.toBe(first);
    expect(await executor.compile(doubled([2], 3))).not.toBe(first);
    expect(await executor.compile(doubled([2]), { memory: 'low' })).not.toBe(first);
  });

  it('opens programs one at a time with little memory, and again when they are needed', async () => {
    const low = { memory: 'low' } as const;
    const [twice, thrice] = [
      await executor.compile(doubled([1]), low),
      await executor.compile(doubled([1], 3), low),
    ];
    const x = floatTensor([1], [5]);
    const results = await Promise.all([twice, thrice, twice, thrice].map((program) => program.run({ x })));
    expect(results.map(({ y }) => y.data[0])).toEqual([10, 15, 10, 15]);
  });

  it('goes on after a run that failed, with little memory', async () => {
    const program = await executor.compile(doubled([2]), { memory: 'low' });
    await expect(program.run({ x: floatTensor([3], [1, 2, 3]) })).rejects.toThrow(
      'must be float32 of shape [2]',
    );
    expect((await program.run({ x: floatTensor([2], [1, 2]) })).y.data).toEqual(Float32Array.of(2, 4));
  });

  it('keeps weights at different places apart', async () => {
    const one = await weightAtOddByte('float32', 'one');
    const compile = (stored: StoredTensor) =>
      executor.compile(graphOf({ y: parameterOf(new GraphBuilder(), stored) }));
    const first = await compile(one);
    expect(await compile({ ...one, key: 'weight' })).toBe(first);
    expect(await compile({ ...one, offset: 173 })).not.toBe(first);
    expect(await compile(await weightAtOddByte('float32', 'two'))).not.toBe(first);
  });

  it('says which input is missing, misshapen or of another type', async () => {
    const program = await executor.compile(doubled([2, 3]));
    const messages = await Promise.all(
      [{}, { x: floatTensor([3, 2]) }, { x: intTensor([2, 3], new Int32Array(6)) }].map(
        async (inputs) => (await rejection(program.run(inputs))).message,
      ),
    );
    expect(messages).toEqual([
      'The program needs a value for its input "x".',
      'Input "x" must be float32 of shape [2,3], got float32 of shape [3,2].',
      'Input "x" must be float32 of shape [2,3], got int32 of shape [2,3].',
    ]);
  });

  it('lets other work have a turn between two runs', async () => {
    const program = await executor.compile(doubled([1]));
    let turns = 0;
    const ticking = setInterval(() => turns++, 0);
    for (let i = 0; i < 200 && turns === 0; i++) await program.run({ x: floatTensor([1]) });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
  });

  it('gives everything back, and then no program runs', async () => {
    const program = await executor.compile(doubled([4]));
    await executor.release();
    const error = await rejection(program.run({ x: floatTensor([4]) }));
    expect(error.code).toBe('EXECUTION_FAILED');
    expect(await executor.compile(doubled([4]))).not.toBe(program);
  });
});

describe('devices', () => {
  const other: readonly DeviceName[] = ['cuda', 'coreml', 'directml'];
  const missing = other.filter((device) => {
    try {
      createOrtExecutor({ device });
      return false;
    } catch {
      return true;
    }
  });

  it.each(missing)('says what to install for %s', (device) => {
    let error: unknown;
    try {
      createOrtExecutor({ device });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DpoError);
    const { code, message, details } = error as DpoError;
    expect(code).toBe('DEVICE_UNAVAILABLE');
    expect(message).toContain(`The device "${device}" is not available here (available: cpu`);
    expect(message).toMatch(/onnxruntime-node (installed|on macOS|on Windows)/);
    expect(details).toMatchObject({ device, available: expect.arrayContaining(['cpu']) });
  });

  it('is at least one that is missing, on any machine', () => {
    expect(missing.length).toBeGreaterThan(0);
  });

  it('runs on the processor unless told otherwise', () => {
    expect(createOrtExecutor().device).toBe('cpu');
  });
});

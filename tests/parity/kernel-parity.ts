/** @file References that need no model: PyTorch's noise and its antialiased resizing, and token ids. */
import { join } from 'node:path';
import { z } from 'zod';
import { ClipTokenizer } from '../../src/checkpoint/clip-tokenizer.ts';
import { readJson } from '../../src/checkpoint/read-json.ts';
import { floatTensor, readSafetensors, type Tensor, TorchGenerator } from '../../src/index.ts';
import { resizeMatrix } from '../../src/tensor/resize-matrix.ts';
import { compare, type ParityReport, type ParityRow } from './parity-folder.ts';

/** `noise.safetensors`: `randn.seedS.AxB…`, of large ones the first or last elements. */
export async function checkNoise(folder: string): Promise<ParityReport> {
  return compareAll(await readSafetensors(join(folder, 'noise.safetensors')), 'noise', (name, expected) => {
    const match = /^randn\.seed(\d+)\.(\d+(?:x\d+)*)(?:\.(head|tail))?$/.exec(name);
    if (!match) return undefined;
    const [, seed, shape, part] = match as unknown as [string, string, string, string | undefined];
    const { data } = new TorchGenerator(BigInt(seed)).randn(shape.split('x').map(Number));
    const count = expected.data.length;
    return floatTensor(expected.shape, part === 'tail' ? data.slice(-count) : data.slice(0, count));
  });
}

/** `resize.safetensors`: `KIND.HxW.to.HxW.in` to `….out`, of which there may be the first rows only. */
export async function checkResizing(folder: string): Promise<ParityReport> {
  const tensors = await readSafetensors(join(folder, 'resize.safetensors'));
  const outputs = new Map([...tensors].filter(([name]) => !name.endsWith('.in')));
  return compareAll(outputs, 'resize', (name, expected) => {
    const match = /^((bicubic|bilinear)\.\d+x\d+\.to\.(\d+)x(\d+))\.out$/.exec(name);
    const input = match && tensors.get(`${match[1]}.in`);
    if (!input) return undefined;
    const kind = match[2] as 'bicubic' | 'bilinear';
    const resized = resize(input, kind, Number(match[3]), Number(match[4]));
    return floatTensor(expected.shape, resized.slice(0, expected.data.length));
  });
}

function resize(
  { shape, data }: Tensor,
  kind: 'bicubic' | 'bilinear',
  height: number,
  width: number,
): Float32Array {
  const [rows, columns] = shape as [number, number];
  const [vertical, horizontal] = [
    resizeMatrix(rows, height, kind).data,
    resizeMatrix(columns, width, kind).data,
  ];
  const narrowed = new Float64Array(rows * width);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < columns; i++)
        narrowed[y * width + x]! += horizontal[x * columns + i]! * data[y * columns + i]!;
    }
  }
  const out = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += vertical[y * rows + i]! * narrowed[i * width + x]!;
      out[y * width + x] = sum;
    }
  }
  return out;
}

const casesSchema = z.array(z.object({ text: z.string(), ids: z.array(z.int()) }));

/** `tokenizer_cases.json`: texts and their ids, without the markers, by the tokenizer of the folder. */
export async function checkTokenizer(folder: string): Promise<ParityReport> {
  const cases = casesSchema.parse(await readJson(join(folder, 'tokenizer_cases.json')));
  const tokenizer = await ClipTokenizer.load(join(folder, 'tokenizer'));
  const rows = cases.map(({ text, ids }, i): ParityRow => {
    const ok = tokenizer.encode(text).join() === ids.join();
    return { name: `tokens.${i}`, error: ok ? 0 : 1, tolerance: 0, ok, isGiven: false };
  });
  return { rows, values: new Map() };
}

function compareAll(
  tensors: ReadonlyMap<string, Tensor>,
  prefix: string,
  ours: (name: string, expected: Tensor) => Tensor | undefined,
): ParityReport {
  const values = new Map<string, Tensor>();
  const rows = [...tensors].map(([name, expected]) => {
    const value = ours(name, expected);
    if (value) values.set(`${prefix}.${name}`, value);
    return { ...compare(`${prefix}.${name}`, expected, value), isGiven: false };
  });
  return { rows, values };
}

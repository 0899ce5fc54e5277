/** @file The tiny Stable Diffusion 1.x pipeline with random weights, its scorer, and PyTorch's values for it. */
import { join } from 'node:path';
import { type ClipFolder, openClipFolder } from '../../src/checkpoint/clip-folder.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import { type FloatTensor, floatTensor, type IntTensor } from '../../src/tensor/tensor.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/sd1');

export interface Sd1Fixture {
  readonly model: DiffusersFolder;
  readonly scorer: ClipFolder;
  /** PyTorch's value of a tensor of `reference.safetensors`. */
  readonly known: (name: string) => FloatTensor;
  readonly knownIds: (name: string) => IntTensor;
}

export async function openSd1Fixture(): Promise<Sd1Fixture> {
  const model = await openDiffusersFolder(FOLDER);
  const scorer = await openClipFolder(join(FOLDER, 'scorer'), model.tokenizer);
  const reference = await readSafetensors(join(FOLDER, 'reference.safetensors'));
  return {
    model,
    scorer,
    known: (name) => reference.get(name) as FloatTensor,
    knownIds: (name) => reference.get(name) as IntTensor,
  };
}

/** `tensor[start:end]` along the first axis. */
export function rowsOf({ shape, data }: FloatTensor, start: number, end: number): FloatTensor {
  const size = data.length / shape[0]!;
  return floatTensor([end - start, ...shape.slice(1)], data.slice(start * size, end * size));
}

/** Tensors that agree in all but the first axis, one below the other. */
export function stacked(...tensors: readonly FloatTensor[]): FloatTensor {
  const rows = tensors.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const data = tensors.flatMap((tensor) => [...tensor.data]);
  return floatTensor([rows, ...tensors[0]!.shape.slice(1)], data);
}

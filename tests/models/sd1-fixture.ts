/** @file The tiny Stable Diffusion 1.x pipeline with random weights, and the joining and cutting of PyTorch's values for it. */
import { type FloatTensor, floatTensor } from '../../src/tensor/tensor.ts';
import { type FamilyFixture, openFamilyFixture } from './family-fixture.ts';

export const openSd1Fixture = (): Promise<FamilyFixture> => openFamilyFixture('sd1');

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

/** @file The tiny pipelines with random weights, one a family, each with its scorer and PyTorch's values for it. */
import { join } from 'node:path';
import { type ClipFolder, openClipFolder } from '../../src/checkpoint/clip-folder.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import type { FloatTensor, IntTensor } from '../../src/tensor/tensor.ts';

export type FamilyFixtureName = 'sd1' | 'sd2' | 'sdxl';

export interface FamilyFixture {
  readonly model: DiffusersFolder;
  readonly scorer: ClipFolder;
  /** PyTorch's value of a tensor of `reference.safetensors`. */
  readonly known: (name: string) => FloatTensor;
  readonly knownIds: (name: string) => IntTensor;
}

export async function openFamilyFixture(name: FamilyFixtureName): Promise<FamilyFixture> {
  const folder = join(import.meta.dirname, '../fixtures', name);
  const model = await openDiffusersFolder(folder);
  const scorer = await openClipFolder(join(folder, 'scorer'), model.tokenizer);
  const reference = await readSafetensors(join(folder, 'reference.safetensors'));
  return {
    model,
    scorer,
    known: (tensor) => reference.get(tensor) as FloatTensor,
    knownIds: (tensor) => reference.get(tensor) as IntTensor,
  };
}

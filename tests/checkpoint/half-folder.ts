/** @file A model's folder with every weight rounded to half precision, as its half-precision release would be. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors, readFloatTensor, storedTensor } from '../../src/checkpoint/safetensors.ts';
import { writeTensors } from '../../src/checkpoint/write-tensors.ts';
import { float32ToBfloat16, float32ToFloat16 } from '../../src/tensor/half-float.ts';

export interface HalfFolderOptions {
  /** @default 'F16' */
  readonly dtype?: 'F16' | 'BF16' | undefined;
  /** Put before `.safetensors` in the names of weight files: `fp16`. @default nothing */
  readonly variant?: string;
}

/** The model's own subfolders: what else lies beside them (references, adapters) is no part of the copy. */
const PARTS = [
  'text_encoder',
  'text_encoder_2',
  'unet',
  'vae',
  'scheduler',
  'tokenizer',
  'tokenizer_2',
  'scorer',
];

/** Writes the model in `from` to the folder `to`. */
export async function writeHalfFolder(
  from: string,
  to: string,
  options: HalfFolderOptions = {},
): Promise<void> {
  const parts = (await readdir(from)).filter((name) => PARTS.includes(name));
  await mkdir(to, { recursive: true });
  await copyFile(from, to, 'model_index.json');
  for (const part of parts) {
    await mkdir(join(to, part), { recursive: true });
    for (const name of await readdir(join(from, part))) {
      if (name.endsWith('.safetensors'))
        await writeHalves(join(from, part, name), join(to, part, name), options);
      else await copyFile(join(from, part), join(to, part), name);
    }
  }
}

async function copyFile(from: string, to: string, name: string): Promise<void> {
  await writeFile(join(to, name), await readFile(join(from, name)));
}

async function writeHalves(
  from: string,
  to: string,
  { dtype = 'F16', variant }: HalfFolderOptions,
): Promise<void> {
  const file = await openSafetensors(from);
  const headers = [...file.entries.values()].filter((entry) => /^B?F/.test(entry.dtype));
  const path = variant === undefined ? to : to.replace(/\.safetensors$/, `.${variant}.safetensors`);
  const narrow = dtype === 'F16' ? float32ToFloat16 : float32ToBfloat16;
  await writeTensors(
    path,
    headers.map(({ key, shape }) => ({ key, dtype, shape })),
    async ({ key }) => {
      const { data } = await readFloatTensor(storedTensor(file, key)!);
      return new Uint8Array(narrow(data).buffer);
    },
  );
}

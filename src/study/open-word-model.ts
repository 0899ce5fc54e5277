/** @file As much of a model as its words need: no weights are loaded from the hub for it. */
import { join } from 'node:path';
import { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { readConfig } from '../checkpoint/diffusers-folder.ts';
import { parseTextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import { type OpenModelOptions, openModel } from './load-pipeline.ts';
import { type DownloadOptions, hubNameOf, locateModel } from './locate-model.ts';
import type { SpaceSource } from './study-space.ts';

/**
 * Opens the words of a model: a path, a name on the hub, or the embedded model.
 * @throws {DpoError} as `loadPipeline` does
 */
export async function openWordModel(
  nameOrPath: string | undefined,
  options: DownloadOptions & OpenModelOptions = {},
): Promise<SpaceSource> {
  const name = nameOrPath === undefined ? undefined : hubNameOf(nameOrPath);
  if (name === undefined) return { model: await openModel(nameOrPath, options) };
  if (name.file === undefined) {
    return tokenizerOf(await locateModel(nameOrPath!, { ...options, role: 'words' }));
  }
  // A whole model in one file has its words in no file of their own, but its header tells which model it is.
  const { mirrorHeaders } = await import('../checkpoint/hub/header-mirror.ts');
  const mirror = await mirrorHeaders(name, options);
  try {
    return { model: await openModel(mirror.path, options) };
  } finally {
    await mirror.remove();
  }
}

async function tokenizerOf(dir: string): Promise<SpaceSource> {
  const { maxPositionEmbeddings } = await readConfig(
    join(dir, 'text_encoder', 'config.json'),
    parseTextEncoderConfig,
  );
  const tokenizer = await ClipTokenizer.load(join(dir, 'tokenizer'), { maxLength: maxPositionEmbeddings });
  return { model: { dir, tokenizer } };
}

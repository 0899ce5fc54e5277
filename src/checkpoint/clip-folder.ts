/** @file A CLIP model with both towers in Hugging Face's layout: the scorer. */
import { join, resolve } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type ClipConfig, parseClipConfig } from './clip-config.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { readConfig } from './diffusers-folder.ts';
import { checkVocabulary } from './model-agreement.ts';
import { modelName } from './model-name.ts';
import { type PreprocessorConfig, parsePreprocessorConfig } from './preprocessor-config.ts';
import { hasTokenizer } from './tokenizer-files.ts';
import { listFolder, openComponentWeights } from './weights-file.ts';

/** A scorer on disk, checked as far as that goes without reading weights. */
export interface ClipFolder {
  /** Absolute. */
  readonly dir: string;
  /** For display. */
  readonly name: string;
  readonly config: ClipConfig;
  readonly weights: WeightSource;
  readonly preprocessor: PreprocessorConfig;
  readonly tokenizer: ClipTokenizer;
}

/**
 * Opens the scorer in `dir`.
 * @param fallbackTokenizer used where the folder has no tokenizer of its own; it must be of the same vocabulary
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openClipFolder(dir: string, fallbackTokenizer?: ClipTokenizer): Promise<ClipFolder> {
  const root = resolve(dir);
  const names = await listFolder(root);
  const missing = ['config.json', 'preprocessor_config.json'].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const message = `${root} is not a CLIP model in Hugging Face's layout: it lacks ${missing.join(', ')}.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir: root, missing } });
  }
  const config = await readConfig(join(root, 'config.json'), parseClipConfig);
  const preprocessor = await readConfig(join(root, 'preprocessor_config.json'), (json, file) =>
    parsePreprocessorConfig(json, file, config.vision.imageSize),
  );
  checkCrop(preprocessor, config, root);
  const weights = await openComponentWeights(root, 'model');
  const tokenizer = await openTokenizer(root, config, fallbackTokenizer);
  return { dir: root, name: modelName(root), config, weights, preprocessor, tokenizer };
}

function checkCrop(preprocessor: PreprocessorConfig, config: ClipConfig, dir: string): void {
  const { size, cropSize } = preprocessor;
  const side = config.vision.imageSize;
  if (cropSize.height !== side || cropSize.width !== side || size < side) {
    const found = `resizes to ${size} and crops ${cropSize.height}x${cropSize.width}`;
    const message = `The image preparation in ${dir} ${found}, but its vision tower reads ${side}x${side} pixels.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
}

async function openTokenizer(
  dir: string,
  config: ClipConfig,
  fallback?: ClipTokenizer,
): Promise<ClipTokenizer> {
  const maxLength = config.text.maxPositionEmbeddings;
  if (!hasTokenizer(dir) && fallback === undefined) {
    const message = `${dir} holds no tokenizer: expected vocab.json and merges.txt, or tokenizer.json.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
  const tokenizer = hasTokenizer(dir)
    ? await ClipTokenizer.load(dir, { maxLength })
    : fallback!.limitedTo(maxLength);
  checkVocabulary(tokenizer, config.text, dir);
  return tokenizer;
}

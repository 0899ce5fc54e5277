/** @file A CLIP model with both towers, and the folder in Hugging Face's layout that holds it. */
import { join, resolve } from 'node:path';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type ClipConfig, parseClipConfig } from './clip-config.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { CLIP_VOCABULARY_SIZE, clipVocabulary } from './clip-vocabulary.ts';
import { requireObject } from './config-schema.ts';
import { readConfig } from './diffusers-folder.ts';
import { checkVocabulary } from './model-agreement.ts';
import { modelName } from './model-name.ts';
import { clipPreprocessor, type PreprocessorConfig, parsePreprocessorConfig } from './preprocessor-config.ts';
import type { TextEncoderConfig } from './text-encoder-config.ts';
import { hasTokenizer } from './tokenizer-files.ts';
import { listFolder, openComponentWeights } from './weights-file.ts';

/** A scorer on disk, checked as far as that goes without reading weights. */
export interface ClipFolder {
  /** Absolute; a file where the whole model is one. */
  readonly dir: string;
  /** For display. */
  readonly name: string;
  readonly config: ClipConfig;
  readonly weights: WeightSource;
  readonly preprocessor: PreprocessorConfig;
  readonly tokenizer: ClipTokenizer;
}

/** A CLIP model without its tokenizer, which may have to come from elsewhere. */
export interface ClipTowers extends Omit<ClipFolder, 'tokenizer'> {
  /** The folder where its tokenizer is, if it has one. */
  readonly tokenizerDir: string;
}

/** Adds the tokenizer: the model's own, or else `fallback`. @throws {DpoError} INVALID_CHECKPOINT when neither fits */
export async function withTokenizer(towers: ClipTowers, fallback?: ClipTokenizer): Promise<ClipFolder> {
  const { tokenizerDir, ...clip } = towers;
  return { ...clip, tokenizer: await clipTokenizer(tokenizerDir, clip.config.text, fallback) };
}

/**
 * Opens the scorer in `dir`. Without `preprocessor_config.json` (PickScore has none) pictures are prepared as CLIP's own are.
 * @param fallbackTokenizer used where the folder has no tokenizer of its own; it must be of the same vocabulary
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL
 */
export async function openClipFolder(dir: string, fallbackTokenizer?: ClipTokenizer): Promise<ClipFolder> {
  return withTokenizer(await openClipTowers(dir), fallbackTokenizer);
}

/** The same without a tokenizer. */
export async function openClipTowers(dir: string): Promise<ClipTowers> {
  const root = resolve(dir);
  const names = await listFolder(root);
  if (!names.includes('config.json')) {
    const message = `${root} is not a CLIP model in Hugging Face's layout: it lacks config.json.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir: root, missing: ['config.json'] } });
  }
  const config = await readConfig(join(root, 'config.json'), parseClipConfig);
  const preprocessor = await readPreprocessor(root, names, config.vision.imageSize);
  checkCrop(preprocessor, config, root);
  const weights = await openComponentWeights(root, 'model');
  return { dir: root, name: modelName(root), config, weights, preprocessor, tokenizerDir: root };
}

/** Newer files keep the image's part inside that of the whole processor. */
async function readPreprocessor(
  root: string,
  names: readonly string[],
  imageSize: number,
): Promise<PreprocessorConfig> {
  if (names.includes('preprocessor_config.json')) {
    return readConfig(join(root, 'preprocessor_config.json'), (json, file) =>
      parsePreprocessorConfig(json, file, imageSize),
    );
  }
  if (!names.includes('processor_config.json')) return clipPreprocessor(imageSize);
  return readConfig(join(root, 'processor_config.json'), (json, file) =>
    parsePreprocessorConfig(
      requireObject(json, file).image_processor ?? {},
      `${file}, image_processor`,
      imageSize,
    ),
  );
}

function checkCrop(preprocessor: PreprocessorConfig, config: ClipConfig, dir: string): void {
  const { size, cropSize } = preprocessor;
  const side = config.vision.imageSize;
  const shortest = typeof size === 'number' ? size : Math.min(size.height, size.width);
  if (cropSize.height !== side || cropSize.width !== side || shortest < side) {
    const resized = typeof size === 'number' ? size : `${size.height}x${size.width}`;
    const found = `resizes to ${resized} and crops ${cropSize.height}x${cropSize.width}`;
    const message = `The image preparation in ${dir} ${found}, but its vision tower reads ${side}x${side} pixels.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
}

/**
 * The tokenizer in `dir`, or else `fallback` where it is of the same vocabulary as the text tower, or else OpenAI's.
 * @throws {DpoError} INVALID_CHECKPOINT when neither fits
 */
async function clipTokenizer(
  dir: string,
  text: TextEncoderConfig,
  fallback?: ClipTokenizer,
): Promise<ClipTokenizer> {
  const maxLength = text.maxPositionEmbeddings;
  if (hasTokenizer(dir)) {
    const tokenizer = await ClipTokenizer.load(dir, { maxLength });
    checkVocabulary(tokenizer, text, dir);
    return tokenizer;
  }
  if (fallback?.idBound === text.vocabSize) return fallback.limitedTo(maxLength);
  // Every CLIP of OpenAI's and OpenCLIP's size has OpenAI's vocabulary, whatever its folder leaves out.
  if (text.vocabSize === CLIP_VOCABULARY_SIZE)
    return ClipTokenizer.load(dir, { maxLength, vocabulary: clipVocabulary() });
  const other =
    fallback === undefined
      ? ''
      : `; the text encoder's own has ${fallback.idBound} tokens, and this scorer reads ${text.vocabSize}`;
  const message = `${dir} holds no tokenizer: expected vocab.json and merges.txt, or tokenizer.json${other}. Put the files of the scorer's own tokenizer there (for every CLIP of OpenAI and OpenCLIP, those of openai/clip-vit-base-patch32).`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}

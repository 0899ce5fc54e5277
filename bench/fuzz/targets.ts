/** @file What is fuzzed: each line a door through which files come in, with sound inputs and how often it is tried. */
import { join } from 'node:path';
import { parseClipConfig } from '../../src/checkpoint/clip-config.ts';
import { openClipFolder } from '../../src/checkpoint/clip-folder.ts';
import { ClipTokenizer } from '../../src/checkpoint/clip-tokenizer.ts';
import { openDiffusersFolder, readConfig } from '../../src/checkpoint/diffusers-folder.ts';
import { matchLora } from '../../src/checkpoint/lora/match-lora.ts';
import { readLora } from '../../src/checkpoint/lora/read-lora.ts';
import { parsePreprocessorConfig } from '../../src/checkpoint/preprocessor-config.ts';
import { openSafetensors, readSafetensors } from '../../src/checkpoint/safetensors.ts';
import { parseSchedulerConfig } from '../../src/checkpoint/scheduler-config.ts';
import { openSingleFile } from '../../src/checkpoint/single-file/open-single-file.ts';
import { parseTextEncoderConfig } from '../../src/checkpoint/text-encoder-config.ts';
import { parseUnetConfig } from '../../src/checkpoint/unet-config.ts';
import { parseVaeConfig } from '../../src/checkpoint/vae-config.ts';
import { openWeights } from '../../src/checkpoint/weight-source.ts';
import { loadVocabulary } from '../../src/words/vocabulary.ts';
import {
  byKey,
  type Corpus,
  cutSafetensors,
  eachModelsFile,
  eachModelsFolder,
  fastTokenizers,
  MODELS,
  modelFolders,
  shardedWeights,
} from './corpus.ts';

export interface Target {
  readonly name: string;
  /** Of all cases, relative to the other targets. */
  readonly share: number;
  /** Sound inputs; made when first asked for. */
  readonly corpora: () => Corpus[];
  /** Opens what lies in `dir` and uses it a little. Anything but success or a DpoError for the user is a bug. */
  readonly open: (dir: string) => Promise<unknown>;
}

export const TARGETS: readonly Target[] = [
  {
    name: 'safetensors',
    share: 30,
    corpora: safetensorsFiles,
    open: (dir) => readAll(join(dir, 'm.safetensors')),
  },
  {
    name: 'shard index',
    share: 10,
    corpora: shardedWeights,
    open: (dir) => useWeights(join(dir, 'model.safetensors.index.json')),
  },
  config('unet', 'unet/config.json', parseUnetConfig),
  config('vae', 'vae/config.json', parseVaeConfig),
  config('text encoder', 'text_encoder/config.json', parseTextEncoderConfig),
  config('clip', 'scorer/config.json', parseClipConfig),
  config('preprocessor', 'scorer/preprocessor_config.json', parsePreprocessorConfig),
  config('scheduler', 'scheduler/scheduler_config.json', parseSchedulerConfig),
  {
    name: 'vocabulary.json',
    share: 4,
    corpora: () => eachModelsFile('vocabulary.json', 'vocabulary.json'),
    open: async (dir) => loadVocabulary(dir),
  },
  { name: 'tokenizer', share: 10, corpora: () => eachModelsFolder('tokenizer'), open: useTokenizer },
  { name: 'lora', share: 12, corpora: loraFiles, open: (dir) => useLora(join(dir, 'm.safetensors')) },
  {
    name: 'single file',
    share: 3,
    corpora: () => eachModelsFile('single_file.safetensors', 'm.safetensors'),
    open: useSingleFile,
  },
  { name: 'tokenizer.json', share: 4, corpora: fastTokenizers, open: useTokenizer },
  {
    name: 'model folder',
    share: 8,
    corpora: modelFolders,
    open: async (dir) => useText((await openDiffusersFolder(dir)).tokenizer),
  },
  {
    name: 'scorer folder',
    share: 4,
    corpora: () => eachModelsFolder('scorer'),
    open: (dir) => openClipFolder(dir),
  },
];

/** A configuration file through its reader, as the folders are read. */
function config(name: string, path: string, parse: (json: unknown, file: string) => unknown): Target {
  return {
    name: `${name} config`,
    share: 5,
    corpora: () => eachModelsFile(path, 'config.json'),
    open: (dir) => readConfig(join(dir, 'config.json'), parse),
  };
}

function safetensorsFiles(): Corpus[] {
  const cut = (bytes: Buffer) => cutSafetensors(bytes, 12);
  return [
    'unet/diffusion_pytorch_model.safetensors',
    'single_file.safetensors',
    'lora/kohya.safetensors',
    'reference.half.safetensors',
  ].flatMap((path) => eachModelsFile(path, 'm.safetensors', cut));
}

async function readAll(path: string): Promise<void> {
  await openSafetensors(path);
  await useWeights(path);
  await readSafetensors(path);
}

async function useWeights(path: string): Promise<void> {
  const weights = await openWeights(path);
  for (const key of weights.keys()) weights.find(key);
}

async function useTokenizer(dir: string): Promise<void> {
  useText(await ClipTokenizer.load(dir));
}

/** Texts that try the pattern, the merges and the limit. */
const TEXTS = [
  '',
  'a red cat',
  "it's 42 (x:1.2) <|endoftext|>!",
  'naïve ÀÉ 猫\0😀\ud800',
  'ab'.repeat(60),
  '!'.repeat(90),
];

function useText(tokenizer: ClipTokenizer): void {
  for (const text of TEXTS) {
    const { ids, tokenCount } = tokenizer.tokenize(text);
    const isSound =
      ids.length === tokenizer.maxLength && ids.every((id) => id >= 0 && id < tokenizer.idBound);
    if (!isSound || tokenCount < 0)
      throw new Error(`bad ids for ${JSON.stringify(text)}: ${ids.slice(0, 8)}`);
  }
}

/** LoRAs in every style of keys, with a few whole layers each. */
function loraFiles(): Corpus[] {
  return ['kohya', 'peft', 'peft_alpha', 'attention_processor'].flatMap((style) =>
    eachModelsFile(`lora/${style}.safetensors`, 'm.safetensors', (bytes) =>
      cutSafetensors(bytes, 12, 0, byKey),
    ),
  );
}

/** The layers are looked for in the model that the fixtures' first LoRAs belong to. */
const loraModel = openDiffusersFolder(MODELS[0]!);

async function useLora(path: string): Promise<void> {
  const { unet, textEncoder } = await loraModel;
  const targets = new Map([['unet', unet.weights] as const, ['text_encoder', textEncoder.weights] as const]);
  matchLora(await readLora(path), targets, unet.config.layersPerBlock);
}

/** With a folder's configuration: the published ones have other sizes than the fixtures. */
async function useSingleFile(dir: string): Promise<void> {
  const model = await openSingleFile(join(dir, 'm.safetensors'), { pipelineConfig: MODELS[0]! });
  for (const key of model.unet.weights.keys()) model.unet.weights.find(key);
}

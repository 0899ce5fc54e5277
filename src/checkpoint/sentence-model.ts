/**
 * @file A sentence encoder on disk: a folder of the sentence-transformers library (`modules.json` lists what follows the network), or an
 * encoder's own folder in Hugging Face's layout, of which the hidden states are averaged.
 */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type BertConfig, parseBertConfig } from './bert-config.ts';
import { parseConfig, positiveInteger, requireObject, requireSupported } from './config-schema.ts';
import { modelName } from './model-name.ts';
import { MAX_CONFIG_BYTES, readJson } from './read-json.ts';
import { type SentenceModules, sentenceModules } from './sentence-modules.ts';
import { SentenceTokenizer } from './sentence-tokenizer.ts';
import { parseT5Config, type T5Config } from './t5-config.ts';
import { listFolder, openComponentWeights } from './weights-file.ts';

/** How a text's hidden states become one vector: their mean, or that of the first token. */
export type Pooling = 'mean' | 'cls';

/** A layer after the pooling (sentence-T5 has one); its keys are `linear.weight` and `linear.bias`. */
export interface DenseLayer {
  readonly weights: WeightSource;
  readonly outFeatures: number;
  readonly bias: boolean;
  readonly activation: 'identity' | 'tanh';
}

export type SentenceNetworkConfig =
  | { readonly kind: 'bert'; readonly config: BertConfig }
  | { readonly kind: 't5'; readonly config: T5Config };

/** A sentence encoder, checked as far as that goes without reading weights. */
export interface SentenceModel {
  /** Absolute. */
  readonly dir: string;
  /** For display and in every record. */
  readonly name: string;
  readonly network: SentenceNetworkConfig;
  readonly weights: WeightSource;
  readonly tokenizer: SentenceTokenizer;
  readonly pooling: Pooling;
  readonly dense: readonly DenseLayer[];
}

/** The networks that we run, by `model_type`. */
export const SENTENCE_NETWORKS: readonly string[] = ['bert', 't5'];

/** A longer text is cut; prompts have at most a few hundred tokens, and T5's files set no limit. */
const MAX_TOKENS = 512;

/**
 * Opens the sentence encoder in `dir`.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT, or UNSUPPORTED_MODEL naming the network, the pooling or the layer that is not run
 */
export async function openSentenceModel(dir: string): Promise<SentenceModel> {
  const root = resolve(dir);
  const modules = await modulesOf(root);
  const transformer = join(root, modules.transformer);
  const network = await openNetwork(transformer);
  const tokenizer = await SentenceTokenizer.load(transformer, await limitOf(transformer, network));
  checkVocabulary(tokenizer, network, root);
  return {
    dir: root,
    name: modelName(root),
    network,
    weights: await openComponentWeights(transformer, 'model'),
    tokenizer,
    pooling: modules.pooling === undefined ? 'mean' : await poolingIn(join(root, modules.pooling)),
    dense: await Promise.all(modules.dense.map((path) => openDense(join(root, path)))),
  };
}

/** Without a list of modules the folder is the network's own. */
async function modulesOf(root: string): Promise<SentenceModules> {
  const names = await listFolder(root);
  if (names.includes('modules.json')) {
    const path = join(root, 'modules.json');
    return sentenceModules(await readJson(path, MAX_CONFIG_BYTES), path);
  }
  if (names.includes('config.json')) return { transformer: '', pooling: undefined, dense: [] };
  const message = `${root} is no sentence encoder: expected modules.json (sentence-transformers), or config.json with model.safetensors and tokenizer.json.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir: root } });
}

async function openNetwork(dir: string): Promise<SentenceNetworkConfig> {
  const path = join(dir, 'config.json');
  const json = requireObject(await readJson(path, MAX_CONFIG_BYTES), path);
  requireNetwork(json, path);
  return json.model_type === 'bert'
    ? { kind: 'bert', config: parseBertConfig(json, path) }
    : { kind: 't5', config: parseT5Config(json, path) };
}

/** @throws {DpoError} UNSUPPORTED_MODEL where `model_type` is none of `SENTENCE_NETWORKS` */
export function requireNetwork(json: Readonly<Record<string, unknown>>, file: string): void {
  // A missing key passes other checks, but here nothing else says which network it is.
  const { model_type = null } = json;
  const requirement = { key: 'model_type', accepted: SENTENCE_NETWORKS };
  requireSupported({ model_type }, [requirement], 'sentence encoder', file);
}

/** A token beyond the table of embeddings would read what is none. */
function checkVocabulary(
  { idBound }: SentenceTokenizer,
  { config }: SentenceNetworkConfig,
  dir: string,
): void {
  if (idBound <= config.vocabSize) return;
  const message = `The tokenizer in ${dir} has ${idBound} tokens, but its encoder embeds ${config.vocabSize}: they are not of one model.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}

async function limitOf(dir: string, network: SentenceNetworkConfig): Promise<number> {
  const positions = network.kind === 'bert' ? network.config.maxPositionEmbeddings : MAX_TOKENS;
  return Math.min(await lengthLimit(dir), positions);
}

const lengthSchema = z.object({ max_seq_length: z.int().min(3).nullish() });
// Where there is no limit it is an absurdly large number.
const tokenizerLengthSchema = z.object({ model_max_length: z.number().min(3).nullish() });

/** Newer folders leave it to the tokenizer. */
async function lengthLimit(dir: string): Promise<number> {
  const names = await listFolder(dir);
  const read = async <S extends z.ZodType>(file: string, schema: S): Promise<z.output<S> | undefined> => {
    if (!names.includes(file)) return undefined;
    const path = join(dir, file);
    return parseConfig(schema, await readJson(path, MAX_CONFIG_BYTES), path);
  };
  const own = await read('sentence_bert_config.json', lengthSchema);
  const tokenizer = await read('tokenizer_config.json', tokenizerLengthSchema);
  return Math.min(MAX_TOKENS, own?.max_seq_length ?? tokenizer?.model_max_length ?? MAX_TOKENS);
}

const POOLING_MODES = {
  pooling_mode_cls_token: 'cls',
  pooling_mode_mean_tokens: 'mean',
  pooling_mode_max_tokens: 'max',
  pooling_mode_mean_sqrt_len_tokens: 'mean_sqrt_len',
  pooling_mode_weightedmean_tokens: 'weightedmean',
  pooling_mode_lasttoken: 'lasttoken',
};

/** Older files have a flag for each mode, newer ones a name; several modes would be laid side by side. */
async function poolingIn(dir: string): Promise<Pooling> {
  const path = join(dir, 'config.json');
  const json = requireObject(await readJson(path, MAX_CONFIG_BYTES), path);
  const flags = Object.entries(POOLING_MODES).filter(([key]) => json[key] === true);
  const mode = json.pooling_mode ?? flags.map(([, name]) => name).join('+');
  requireSupported(
    { pooling_mode: mode },
    [{ key: 'pooling_mode', accepted: ['mean', 'cls'] }],
    'pooling',
    path,
  );
  return mode as Pooling;
}

const ACTIVATIONS: Readonly<Record<string, DenseLayer['activation']>> = {
  'torch.nn.modules.linear.Identity': 'identity',
  'torch.nn.modules.activation.Tanh': 'tanh',
};

const denseSchema = z.object({
  out_features: positiveInteger,
  bias: z.boolean().default(true),
  activation_function: z.string().default('torch.nn.modules.activation.Tanh'),
});

async function openDense(dir: string): Promise<DenseLayer> {
  const path = join(dir, 'config.json');
  const json = await readJson(path, MAX_CONFIG_BYTES);
  const requirements = [{ key: 'activation_function', accepted: Object.keys(ACTIVATIONS) }];
  const config = parseConfig(denseSchema, requireSupported(json, requirements, 'dense layer', path), path);
  return {
    weights: await openComponentWeights(dir, 'model'),
    outFeatures: config.out_features,
    bias: config.bias,
    activation: ACTIVATIONS[config.activation_function]!,
  };
}

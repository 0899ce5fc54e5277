/** @file Sound inputs for damage to start from: the fixtures of the tests, with most of their weights left out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files by their paths within a folder, as a target opens it. */
export type Corpus = ReadonlyMap<string, Buffer>;

const FIXTURES = fileURLToPath(new URL('../../tests/fixtures/', import.meta.url));
const EMBEDDED = fileURLToPath(new URL('../../pocket/model/', import.meta.url));

/** Folders with whole models. */
export const MODELS: readonly string[] = [
  join(FIXTURES, 'sd1'),
  join(FIXTURES, 'sd2'),
  join(FIXTURES, 'sdxl'),
  EMBEDDED,
];

/** One file from each model that has it, under `name`. */
export function eachModelsFile(path: string, name: string, cut: (bytes: Buffer) => Buffer = same): Corpus[] {
  return MODELS.map((model) => join(model, path))
    .filter((file) => existsSync(file))
    .map((file) => new Map([[name, cut(readFileSync(file))]]));
}

/** A folder from each model that has it, with what lies in it. */
export function eachModelsFolder(folder: string): Corpus[] {
  return MODELS.map((model) => join(model, folder))
    .filter((path) => existsSync(path))
    .map((path) => folderCorpus(path));
}

/** Every file below `root` but those whose names match `without`, weights cut. */
export function folderCorpus(root: string, without = /^$/): Corpus {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  const files = names.filter((name) => /\.(json|txt|safetensors)$/.test(name) && !without.test(name));
  return new Map(files.map((name) => [name, cutFile(name, readFileSync(join(root, name)))]));
}

/** Folders of the models with all that a pipeline opens, and nothing besides. */
export function modelFolders(): Corpus[] {
  return ['sd1', 'sd2', 'sdxl'].map((model) =>
    folderCorpus(join(FIXTURES, model), /^(lora|scorer)\/|^(reference|single_file|tokenizer_cases)/),
  );
}

/** The tokenizers once more, each in the one file that newer tools write. */
export function fastTokenizers(): Corpus[] {
  return eachModelsFolder('tokenizer').map((corpus) => {
    const text = (name: string) => corpus.get(name)!.toString('utf8');
    const merges = text('merges.txt').trim().split('\n').slice(1);
    const model = { type: 'BPE', vocab: JSON.parse(text('vocab.json')) as unknown, merges };
    return new Map([
      ['tokenizer.json', Buffer.from(JSON.stringify({ version: '1.0', model }))],
      ['tokenizer_config.json', corpus.get('tokenizer_config.json')!],
    ]);
  });
}

/** Weights in two shards with the index that lists them. */
export function shardedWeights(): Corpus[] {
  return eachModelsFile('unet/diffusion_pytorch_model.safetensors', 'whole').map((corpus) => {
    const shards = [0, 3].map((first) => cutSafetensors(corpus.get('whole')!, 3, first));
    const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    const entries = shards.flatMap((shard, i) => keysOf(shard).map((key) => [key, names[i]] as const));
    const index = { metadata: { total_size: 1 }, weight_map: Object.fromEntries(entries) };
    return new Map([
      ['model.safetensors.index.json', Buffer.from(JSON.stringify(index, null, 2))],
      ...names.map((name, i) => [name, shards[i]!] as const),
    ]);
  });
}

function cutFile(name: string, bytes: Buffer): Buffer {
  return name.endsWith('.safetensors') ? cutSafetensors(bytes, 6) : bytes;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

type TensorOrder = (one: readonly [string, Entry], other: readonly [string, Entry]) => number;

const bySize: TensorOrder = ([, one], [, other]) => byteLength(one) - byteLength(other);
/** Keeps what belongs together. */
export const byKey: TensorOrder = ([one], [other]) => (one < other ? -1 : 1);

/** `count` tensors from the `first` on, the smallest unless told otherwise, and the metadata, as a sound file. */
export function cutSafetensors(bytes: Buffer, count: number, first = 0, order = bySize): Buffer {
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8')) as Record<string, Entry>;
  const { __metadata__, ...tensors } = header;
  const kept = Object.entries(tensors)
    .sort(order)
    .slice(first, first + count);
  const parts: Buffer[] = [];
  let position = 0;
  const entries = kept.map(([key, entry]) => {
    const [begin, end] = entry.data_offsets;
    parts.push(bytes.subarray(8 + length + begin, 8 + length + end));
    const data_offsets = [position, position + end - begin];
    position += end - begin;
    return [key, { ...entry, data_offsets }] as const;
  });
  const metadata = __metadata__ === undefined ? {} : { __metadata__ };
  const json = Buffer.from(JSON.stringify({ ...metadata, ...Object.fromEntries(entries) }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([size, json, ...parts]);
}

interface Entry {
  readonly data_offsets: readonly [number, number];
}

function byteLength({ data_offsets: [begin, end] }: Entry): number {
  return end - begin;
}

function keysOf(safetensors: Buffer): string[] {
  const length = Number(safetensors.readBigUInt64LE());
  const header = JSON.parse(safetensors.subarray(8, 8 + length).toString('utf8')) as object;
  return Object.keys(header).filter((key) => key !== '__metadata__');
}

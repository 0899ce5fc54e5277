/** @file Which files are needed, shards included: reads the few files that say it, and refuses what could not be run. */
import { posix } from 'node:path';
import { type JsonObject, parseConfig, requireObject } from '../config-schema.ts';
import { requireNetwork } from '../sentence-model.ts';
import { sentenceModules } from '../sentence-modules.ts';
import { shardListSchema } from '../weight-source.ts';
import type { HubName } from './hub-name.ts';
import {
  LORA_FILE,
  type Need,
  type NeededFiles,
  neededForFile,
  neededForPipeline,
  neededForScorer,
  neededForSentenceEncoder,
} from './needed-files.ts';
import { checkPipelineClass, checkScorerConfig } from './supported-formats.ts';

export interface Selection extends Pick<NeededFiles, 'missing' | 'pickled' | 'absent'> {
  /** Small files first, then weights. */
  readonly files: readonly string[];
}

/** The JSON of the file at a path in the repository. */
export type ReadRepositoryJson = (path: string) => Promise<unknown>;

/**
 * Chooses among `names`.
 * @throws {DpoError} UNSUPPORTED_MODEL for another pipeline or network; what `read` throws
 */
export async function selectFiles(
  names: ReadonlySet<string>,
  name: HubName,
  need: Need,
  read: ReadRepositoryJson,
): Promise<Selection> {
  const needed = await neededFiles(names, name, need, read);
  const shards = (await Promise.all(needed.shardLists.map((list) => shardsOf(list, read)))).flat();
  const files = new Set([...needed.small, ...needed.weights, ...shards]);
  const missing = [...needed.missing, ...[...files].filter((path) => !names.has(path))];
  return { files: [...files], missing, pickled: needed.pickled, absent: needed.absent };
}

async function neededFiles(
  names: ReadonlySet<string>,
  name: HubName,
  need: Need,
  readJson: ReadRepositoryJson,
): Promise<NeededFiles> {
  const read = async (path: string): Promise<JsonObject> => requireObject(await readJson(path), path);
  if (name.file !== undefined) return neededForFile(names, name.file);
  if (need.role === 'lora') return neededForFile(names, LORA_FILE);
  if (need.role === 'scorer') {
    if (names.has('config.json')) checkScorerConfig(await read('config.json'), name);
    return neededForScorer(names, need);
  }
  if (need.role === 'sentence') {
    const modules = names.has('modules.json')
      ? sentenceModules(await readJson('modules.json'), 'modules.json')
      : undefined;
    const config = posix.join(modules?.transformer ?? '', 'config.json');
    if (names.has(config))
      requireNetwork(requireObject(await readJson(config), config), `${name.repo}, ${config}`);
    return neededForSentenceEncoder(names, modules, need);
  }
  if (!names.has('model_index.json')) return neededForFile(names, 'model_index.json');
  const index = await read('model_index.json');
  checkPipelineClass(index, name);
  return neededForPipeline(names, index, need);
}

async function shardsOf(list: string, read: ReadRepositoryJson): Promise<readonly string[]> {
  const { weight_map } = parseConfig(shardListSchema, await read(list), list);
  return [...new Set(Object.values(weight_map))].map((shard) => posix.join(posix.dirname(list), shard));
}

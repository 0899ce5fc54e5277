/** @file `modules.json` of the sentence-transformers library: which folders make up a sentence encoder, and in what order. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { parseConfig } from './config-schema.ts';
import { quoted } from './short-json.ts';

/** Folders inside the encoder's. */
export interface SentenceModules {
  /** The empty string is the encoder's own folder. */
  readonly transformer: string;
  /** Undefined where the library pools by its default, the mean. */
  readonly pooling: string | undefined;
  /** Layers after the pooling, in their order. */
  readonly dense: readonly string[];
}

// A path that climbs out of the folder would read files that are none of the model's.
const folder = z.string().regex(/^(?!.*\.\.)[\w-]*(\/[\w-]+)*$/, 'expected a folder inside the model');
const modulesSchema = z.array(z.object({ path: folder, type: z.string().max(200) })).min(1);

/** In the order in which they may stand. */
const KINDS = ['Transformer', 'Pooling', 'Dense', 'Normalize'];

/**
 * The folders that `modules.json` lists. Vectors are brought to length 1 whether it says so or not: only their angles are compared.
 * @throws {DpoError} INVALID_CHECKPOINT, or UNSUPPORTED_MODEL for other modules or another order
 */
export function sentenceModules(json: unknown, file: string): SentenceModules {
  const modules = parseConfig(modulesSchema, json, file).map(({ path, type }) => ({
    path,
    kind: type.slice(type.lastIndexOf('.') + 1),
  }));
  const kinds = modules.map(({ kind }) => kind);
  const places = kinds.map((kind) => KINDS.indexOf(kind));
  const isOrdered = places.every((place, i) => place >= 0 && (i === 0 || place >= places[i - 1]!));
  const count = (kind: string) => kinds.filter((other) => other === kind).length;
  if (!isOrdered || count('Transformer') !== 1 || count('Pooling') > 1) throw otherModules(kinds, file);
  return {
    transformer: modules[0]!.path,
    pooling: modules.find(({ kind }) => kind === 'Pooling')?.path,
    dense: modules.filter(({ kind }) => kind === 'Dense').map(({ path }) => path),
  };
}

function otherModules(kinds: readonly string[], file: string): DpoError {
  const found = kinds.slice(0, 8).map(quoted).join(', ');
  const message = `This sentence encoder cannot be run: it is made of ${found}; accepted: one Transformer, then one Pooling, then any number of Dense, then Normalize (in ${file}).`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { file } });
}

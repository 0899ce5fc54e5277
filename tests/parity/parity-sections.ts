/** @file All the references that a folder holds, each as a section: its own, and those of folders in it that are references. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFolder } from '../../src/checkpoint/weights-file.ts';
import { DpoError, type LoadPipelineOptions } from '../../src/index.ts';
import { checkNoise, checkResizing, checkTokenizer } from './kernel-parity.ts';
import { checkHalves, checkLoras, checkSingleFile } from './model-variants.ts';
import { checkParity, type ParityReport } from './parity-folder.ts';
import { checkSchedulers } from './scheduler-parity.ts';

type Options = Pick<LoadPipelineOptions, 'threads' | 'device' | 'precision'>;

/** One reference of a folder. */
export interface ParitySection extends ParityReport {
  /** The reference's file, relative to the folder that was asked for. */
  readonly title: string;
}

interface Check {
  readonly file: string;
  /** Files without which it cannot be run, besides. */
  readonly needs?: readonly string[];
  readonly check: (folder: string, options: Options) => Promise<ParityReport>;
}

/** What makes a folder a reference. */
const CHECKS: readonly Check[] = [
  { file: 'reference.safetensors', needs: ['reference.json'], check: checkParity },
  { file: 'tokenizer_cases.json', needs: ['tokenizer'], check: checkTokenizer },
  {
    file: 'single_file.safetensors',
    needs: ['reference.json', 'reference.half.safetensors'],
    check: checkSingleFile,
  },
  { file: 'reference.half.safetensors', needs: ['reference.json'], check: checkHalves },
  { file: 'lora/reference.safetensors', needs: ['reference.json'], check: checkLoras },
  {
    file: 'schedulers.safetensors',
    needs: ['schedulers.json'],
    check: async (folder) => ({ rows: await checkSchedulers(folder), values: new Map() }),
  },
  { file: 'noise.safetensors', check: checkNoise },
  { file: 'resize.safetensors', check: checkResizing },
];

/**
 * Runs all that `folder` holds, a section at a time.
 * @throws {DpoError} FILE_ACCESS when it cannot be read or holds no reference, besides what the checks throw
 */
export async function* paritySections(folder: string, options: Options = {}): AsyncGenerator<ParitySection> {
  const names = await listFolder(folder);
  let found = false;
  for (const inner of ['.', ...names]) {
    for (const { file, check } of checksOf(join(folder, inner))) {
      found = true;
      yield { title: join(inner, file), ...(await check(join(folder, inner), options)) };
    }
  }
  if (!found) throw noReference(folder);
}

function checksOf(folder: string): readonly Check[] {
  return CHECKS.filter(({ file, needs = [] }) =>
    [file, ...needs].every((name) => existsSync(join(folder, name))),
  );
}

function noReference(folder: string): DpoError {
  const isModel = existsSync(join(folder, 'model_index.json'));
  const message = isModel
    ? `${folder} is a model without a reference: there is no file reference.json in it. tests/fixtures/sd1 shows what one holds.`
    : `${folder} holds no reference, nor does a folder in it: none of ${CHECKS.map(({ file }) => file).join(', ')}.`;
  return new DpoError('FILE_ACCESS', message, { details: { path: folder } });
}

/** @file References of the same model in other files: in one file, rounded to half precision, with adapters merged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadPipelineOptions, loadPipeline, readSafetensors, type Tensor } from '../../src/index.ts';
import { writeHalfFolder } from '../checkpoint/half-folder.ts';
import { compare, compareWith, type ParityReport } from './parity-folder.ts';
import { type Reference, readReference } from './reference.ts';

type Options = Pick<LoadPipelineOptions, 'threads'>;

const HALF = 'reference.half.safetensors';
/** With the scorer of the folder, which is not rounded. */
const LOSS_OF_FULL_SCORER = 'loss.float32_scorer';

/** `single_file.safetensors` with the folder's configuration and scorer, against `reference.half.safetensors`. */
export async function checkSingleFile(folder: string, options: Options): Promise<ParityReport> {
  const reference = await referenceOf(folder, HALF);
  const tensors = new Map(reference.tensors);
  const loss = tensors.get(LOSS_OF_FULL_SCORER);
  tensors.delete(LOSS_OF_FULL_SCORER);
  if (loss) tensors.set('loss', loss);
  return compareWith(
    { ...reference, tensors },
    { ...options, model: join(folder, 'single_file.safetensors'), pipelineConfig: folder },
  );
}

/** Every weight rounded to float16, the scorer's too, against `reference.half.safetensors`. */
export async function checkHalves(folder: string, options: Options): Promise<ParityReport> {
  const reference = await referenceOf(folder, HALF);
  const tensors = new Map(reference.tensors);
  const loss = tensors.get(LOSS_OF_FULL_SCORER);
  tensors.delete(LOSS_OF_FULL_SCORER);
  return inTemporaryFolder(async (half) => {
    await writeHalfFolder(folder, half);
    const report = await compareWith({ ...reference, tensors }, { ...options, model: half });
    if (!loss) return report;
    const image = report.values.get('image')!;
    const ours = await lossOf(image, reference, { ...options, model: half, scorer: join(folder, 'scorer') });
    const row = { ...compare(LOSS_OF_FULL_SCORER, loss, ours), isGiven: false };
    return { rows: [...report.rows, row], values: report.values };
  });
}

async function lossOf(image: Tensor, { settings }: Reference, options: LoadPipelineOptions): Promise<Tensor> {
  const pipeline = await loadPipeline(options);
  try {
    const losses = await pipeline.score(image as Tensor & { dtype: 'float32' }, settings.prompt);
    return { dtype: 'float32', shape: [1], data: Float32Array.from(losses) };
  } finally {
    await pipeline.release();
  }
}

/** Each adapter at each scale of `lora/reference.safetensors`, whose tensors are `FILE.scaleS.NAME`. */
export async function checkLoras(folder: string, options: Options): Promise<ParityReport> {
  const reference = await referenceOf(folder, 'lora/reference.safetensors');
  const rows: ParityReport['rows'][number][] = [];
  const values = new Map<string, Tensor>();
  await inTemporaryFolder(async (cacheDir) => {
    for (const [prefix, { file, scale, tensors }] of adapters(reference.tensors)) {
      const loras = [{ path: join(folder, 'lora', `${file}.safetensors`), scale }];
      const report = await compareWith(
        { ...reference, tensors },
        { ...options, model: folder, loras, cacheDir },
      );
      rows.push(...report.rows.map((row) => ({ ...row, name: `${prefix}.${row.name}` })));
      for (const name of tensors.keys()) {
        const value = report.values.get(name);
        if (value) values.set(`${prefix}.${name}`, value);
      }
    }
  });
  return { rows, values };
}

interface Adapter {
  readonly file: string;
  readonly scale: number;
  /** Under the pipeline's own names. */
  readonly tensors: Map<string, Tensor>;
}

/** What has no such name is a tensor that nobody recomputes, under the name of an adapter that is not there. */
function adapters(tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Adapter> {
  const found = new Map<string, Adapter>();
  for (const [name, tensor] of tensors) {
    const [, prefix = '', file = '', scale = '1', rest = name] =
      /^((.+?)\.scale(\d+(?:\.\d+)?))\.(.+)$/.exec(name) ?? [];
    const adapter = found.get(prefix) ?? { file, scale: Number(scale), tensors: new Map() };
    adapter.tensors.set(rest, tensor);
    found.set(prefix, adapter);
  }
  return found;
}

/** The settings and slots of the folder's own reference with the tensors of another file. */
async function referenceOf(folder: string, file: string): Promise<Reference> {
  return { ...(await readReference(folder)), tensors: await readSafetensors(join(folder, file)) };
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dpo-diff-parity-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

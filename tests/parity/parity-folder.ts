/** @file A reference folder against our own numbers, tensor by tensor. */
import { type LoadPipelineOptions, loadPipeline, type Tensor } from '../../src/index.ts';
import { Recomputation } from './recomputation.ts';
import { type Reference, readReference } from './reference.ts';

/** One tensor of the reference against ours. */
export interface ParityRow {
  readonly name: string;
  /** ‖ours − reference‖ / ‖reference‖, or the largest difference for noise and ids. */
  readonly error: number;
  readonly tolerance: number;
  readonly ok: boolean;
  /** Whether it is an input of the recomputation (`slotK.logits`, `slotK.gumbel`), which agrees with itself. */
  readonly isGiven: boolean;
}

export interface ParityReport {
  readonly rows: readonly ParityRow[];
  /** Our values under the reference's names. */
  readonly values: ReadonlyMap<string, Tensor>;
}

/**
 * Compares `folder` tensor by tensor; a tensor that nobody recomputes is a failed row, not a silent pass.
 * @throws {DpoError} what `loadPipeline` and `readReference` throw
 */
export async function checkParity(
  folder: string,
  options: Pick<LoadPipelineOptions, 'threads' | 'device' | 'precision'> = {},
): Promise<ParityReport> {
  return compareWith(await readReference(folder), { ...options, model: folder });
}

/**
 * Compares the tensors of `reference` with what the pipeline of `options` gives for its settings.
 * @throws {DpoError} what `loadPipeline` throws
 */
export async function compareWith(reference: Reference, options: LoadPipelineOptions): Promise<ParityReport> {
  const pipeline = await loadPipeline({ device: 'cpu', ...options });
  try {
    const { values, given } = await new Recomputation(pipeline, reference).all();
    const rows = [...reference.tensors].map(([name, tensor]) => ({
      ...compare(name, tensor, values.get(name)),
      isGiven: given.has(name),
    }));
    return { rows, values };
  } finally {
    await pipeline.release();
  }
}

/** Drawn by our generator: compared number by number. */
const NOISE = /^latents\.initial$|^noise\.randn\./;

/** One tensor of a reference against ours, by the tolerance of its name. */
export function compare(
  name: string,
  expected: Tensor,
  ours: Tensor | undefined,
): Omit<ParityRow, 'isGiven'> {
  const tolerance = toleranceOf(name);
  if (!ours || ours.shape.join() !== expected.shape.join())
    return { name, error: Number.POSITIVE_INFINITY, tolerance, ok: false };
  const isAbsolute = name.startsWith('ids.') || NOISE.test(name);
  const error = isAbsolute ? largestDifference(ours, expected) : relativeError(ours, expected);
  return { name, error, tolerance, ok: error <= tolerance };
}

function toleranceOf(name: string): number {
  if (name.startsWith('ids.')) return 0;
  if (NOISE.test(name)) return 1e-6;
  return /^grad\..*slot/.test(name) ? 2e-3 : 1e-4;
}

function largestDifference(a: Tensor, b: Tensor): number {
  let largest = 0;
  for (const [i, value] of a.data.entries()) largest = Math.max(largest, Math.abs(value - b.data[i]));
  return largest;
}

function relativeError(a: Tensor, b: Tensor): number {
  let [difference, norm] = [0, 0];
  for (const [i, value] of a.data.entries()) {
    difference += (value - b.data[i]) ** 2;
    norm += b.data[i] ** 2;
  }
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

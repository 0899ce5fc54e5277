/** @file Looks into whatever lies at a path: a model's folder, a model in one file, a LoRA, a scorer. */
import { type CheckpointReport, inspectCheckpoint } from './inspect-checkpoint.ts';
import { inspectFile } from './inspect-file.ts';
import type { InspectOptions } from './inspect-options.ts';
import { isOpenClipFile } from './inspect-scorer.ts';
import { isFile } from './is-file.ts';

/** @throws {DpoError} as `inspectCheckpoint` for a folder and for what is not there, and as `inspectFile` for a file do */
export async function inspectPath(path: string, options: InspectOptions = {}): Promise<CheckpointReport> {
  if (!(await isFile(path)) || (await isOpenClipFile(path))) return inspectCheckpoint(path, options);
  return inspectFile(path, options);
}

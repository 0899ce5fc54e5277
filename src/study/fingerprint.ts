/** @file What models and scorers are, by what is in their files: names and places change, and files behind a name do too. */
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { ClipScorer } from '../diffusion/clip-scorer.ts';
import type { Pipeline } from '../diffusion/pipeline.ts';
import type { Scorer } from '../diffusion/scorer.ts';
import { resolveMemoryMode } from '../runtime/onnxruntime/session-options.ts';
import type { FileHashes } from '../store/file-hashes.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { digest } from './digest.ts';

/** To be raised when a change of ours gives other pictures, losses or gradients. */
const COMPUTATION_VERSION = 1;

/** All of a pipeline that pictures depend on: weights and configurations, and what computes. @throws the system's error when a file cannot be read */
export async function pipelineFingerprint(pipeline: Pipeline, files: FileHashes): Promise<string> {
  const { unet, vae, textEncoder, textEncoder2, scheduler, forceZerosForEmptyPrompt } = pipeline.model;
  const parts = [unet, vae, textEncoder, ...(textEncoder2 ? [textEncoder2] : [])];
  const weights: string[] = [];
  for (const part of parts) weights.push(await weightsFingerprint(part.weights, files));
  const { device, precision } = pipeline.execution;
  return digest({
    version: COMPUTATION_VERSION,
    weights,
    configs: [parts.map(({ config }) => config), scheduler, forceZerosForEmptyPrompt],
    machine: { device, precision, processor: process.arch, ...numericsOf(pipeline) },
  });
}

/** Undefined for a scorer that does not say what it is. */
export async function scorerFingerprint(scorer: Scorer, files: FileHashes): Promise<string | undefined> {
  if (!(scorer instanceof ClipScorer)) return scorer.fingerprint;
  const { config, weights, preprocessor } = scorer.folder;
  return digest([config, preprocessor, scorer.loss, await weightsFingerprint(weights, files)]);
}

async function weightsFingerprint(weights: WeightSource, files: FileHashes): Promise<string> {
  const paths = new Set<string>();
  for (const key of weights.keys()) paths.add(weights.find(key)!.path);
  const hashes: string[] = [];
  for (const path of paths) hashes.push(await files.hashOf(path));
  return digest(hashes.sort());
}

/** Where weights stay on disk, last digits depend on the number of threads too; where they are packed, they do not. */
function numericsOf(pipeline: Pipeline): Record<string, unknown> {
  const { runtime, threads, memory } = pipeline.numerics;
  const mode = resolveMemoryMode(memory, { weightBytes: bytesOf(pipeline.model) });
  return { runtime, mode, ...(mode !== 'fast' && { threads: threads ?? null }) };
}

function bytesOf({ unet: { weights } }: Pick<DiffusersFolder, 'unet'>): number {
  return [...weights.keys()].reduce((sum, key) => sum + weights.find(key)!.byteLength, 0);
}

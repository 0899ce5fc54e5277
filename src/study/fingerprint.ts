/** @file What models and scorers are, by what is in their files: names and places change, and files behind a name do too. */
import { availableParallelism } from 'node:os';
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
  const { runtime } = pipeline.numerics;
  return digest({
    version: COMPUTATION_VERSION,
    weights,
    configs: [parts.map(({ config }) => config), scheduler, forceZerosForEmptyPrompt],
    machine: { device, precision, processor: process.arch, runtime, ...numericsOf(pipeline, parts) },
  });
}

/** Undefined for a scorer that does not say what it is. @param pipeline computes it */
export async function scorerFingerprint(
  scorer: Scorer,
  pipeline: Pipeline,
  files: FileHashes,
): Promise<string | undefined> {
  if (!(scorer instanceof ClipScorer)) return scorer.fingerprint;
  const { config, weights, preprocessor } = scorer.folder;
  const numerics = numericsOf(pipeline, [scorer.folder]);
  return digest([config, preprocessor, scorer.loss, await weightsFingerprint(weights, files), numerics]);
}

async function weightsFingerprint(weights: WeightSource, files: FileHashes): Promise<string> {
  const paths = new Set<string>();
  for (const key of weights.keys()) paths.add(weights.find(key)!.path);
  const hashes: string[] = [];
  for (const path of paths) hashes.push(await files.hashOf(path));
  return digest(hashes.sort());
}

/** Where weights stay on disk, last digits depend on the number of threads too; where they are packed, they do not. */
function numericsOf(
  { numerics: { threads = availableParallelism(), memory } }: Pipeline,
  parts: readonly { readonly weights: WeightSource }[],
): object {
  const modes = parts.map(({ weights }) => resolveMemoryMode(memory, { weightBytes: bytesOf(weights) }));
  return { modes, ...(modes.some((mode) => mode !== 'fast') && { threads }) };
}

function bytesOf(weights: WeightSource): number {
  return [...weights.keys()].reduce((sum, key) => sum + weights.find(key)!.byteLength, 0);
}

/** @file The program of the test's page. The test calls what it leaves on `globalThis`. */
import * as ort from 'onnxruntime-web/wasm';
import {
  createWebExecutor,
  openRemoteWeights,
  parseSchedulerConfig,
  parseUnetConfig,
  readRemoteWeight,
} from '../../src/browser.ts';
import { guidedStep, onnxPrograms, type StepResult } from './guided-step.ts';

export interface PageResult {
  /** SHA-256 of the bytes of each program, in hexadecimal digits. */
  readonly programs: Readonly<Record<string, string>>;
  readonly step: StepResult;
}

/** Runs the model at the URL `model`, with onnxruntime's files at the URL `runtime`. */
async function runModel(model: string, runtime: string): Promise<PageResult> {
  ort.env.wasm.wasmPaths = runtime;
  // More would need the page to be isolated from others by its server's headers.
  ort.env.wasm.numThreads = 1;
  const json = async (path: string): Promise<unknown> => (await fetch(`${model}/${path}`)).json();
  const config = parseUnetConfig(await json('unet/config.json'), 'unet/config.json');
  const scheduler = parseSchedulerConfig(
    await json('scheduler/scheduler_config.json'),
    'scheduler/scheduler_config.json',
  );
  const weights = await openRemoteWeights(`${model}/unet/diffusion_pytorch_model.safetensors`);
  const component = { config, weights };
  const executor = createWebExecutor(ort, { readWeight: readRemoteWeight });
  const step = await guidedStep(component, scheduler, executor);
  await executor.release();
  return { programs: await digests(onnxPrograms(component)), step };
}

async function digests(programs: Record<string, Uint8Array>): Promise<Record<string, string>> {
  const entries = Object.entries(programs).map(async ([name, bytes]) => {
    const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
    const digits = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [name, digits] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

Object.assign(globalThis, { runModel });

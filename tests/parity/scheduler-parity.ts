/**
 * @file `schedulers.json` and `schedulers.safetensors` of a reference folder against our samplers: configurations of diffusers driven by a model that is
 * a formula, so that nothing but the samplers takes part.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../src/checkpoint/read-json.ts';
import { parseSchedulerConfig } from '../../src/checkpoint/scheduler-config.ts';
import { makeScheduler } from '../../src/diffusion/schedulers/make-scheduler.ts';
import { DpoError, floatTensor, readSafetensors, type Tensor, TorchGenerator } from '../../src/index.ts';
import { describeIssue } from '../../src/words/schema-issue.ts';
import { compare, type ParityRow } from './parity-folder.ts';

const caseSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  steps: z.int(),
  eta: z.number().nullable(),
  noiseSeed: z.int(),
  stepNoiseSeed: z.int().nullable(),
});
const fileSchema = z.record(z.string(), caseSchema);

/** One configuration that diffusers was asked to run. */
export type SchedulerCase = z.infer<typeof caseSchema>;

export interface SchedulerReference {
  readonly cases: Readonly<Record<string, SchedulerCase>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Whether `folder` has a reference of this kind. */
export function hasSchedulerReference(folder: string): boolean {
  return existsSync(join(folder, 'schedulers.json'));
}

/** Compares each tensor of the reference in `folder`; one that nobody recomputes is a failed row. */
export async function checkSchedulers(folder: string): Promise<ParityRow[]> {
  const { cases, tensors } = await readSchedulerReference(folder);
  const shape = tensors.get('noise')?.shape ?? [1, 4, 8, 8];
  const ours = new Map<string, Tensor>();
  for (const [name, given] of Object.entries(cases))
    for (const [key, tensor] of sampled(given, name, shape)) ours.set(key, tensor);
  return [...tensors].map(([name, tensor]) => ({
    ...compare(`schedulers.${name}`, tensor, ours.get(name)),
    isGiven: false,
  }));
}

/** @throws {DpoError} FILE_ACCESS when a file cannot be read, INVALID_CHECKPOINT when it holds something else */
export async function readSchedulerReference(folder: string): Promise<SchedulerReference> {
  const path = join(folder, 'schedulers.json');
  const parsed = fileSchema.safeParse(await readJson(path));
  if (!parsed.success) {
    const message = `${path} is no sound reference: ${describeIssue(parsed.error)}.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { path } });
  }
  return { cases: parsed.data, tensors: await readSafetensors(join(folder, 'schedulers.safetensors')) };
}

/** The model that drove the reference: bent, and different at each timestep. */
export function analyticModel(input: Float32Array, timestep: number): Float32Array {
  return input.map((x) => 0.8 * Math.tanh(0.3 * x + timestep / 1000));
}

/** What the reference holds of one case, recomputed. */
function sampled(given: SchedulerCase, name: string, shape: readonly number[]): Map<string, Tensor> {
  const { config, steps, eta, noiseSeed, stepNoiseSeed } = given;
  const options = { scheduler: 'checkpoint', steps, eta: eta ?? 0 } as const;
  const scheduler = makeScheduler(parseSchedulerConfig(config, name), options);
  const noise = new TorchGenerator(noiseSeed).randn(shape);
  const generator = new TorchGenerator(stepNoiseSeed ?? 0);
  const run = scheduler.start(noise.data.map((value) => value * scheduler.initNoiseSigma));
  const trajectory = [run.sample];
  const inputs: Float32Array[] = [];
  for (const [index, { timestep }] of scheduler.steps.entries()) {
    const input = run.input;
    const fresh = scheduler.noiseScale(index) > 0 ? generator.randn(shape).data : undefined;
    inputs.push(input);
    trajectory.push(run.advance(analyticModel(input, timestep), fresh));
  }
  const timesteps = scheduler.steps.map(({ timestep }) => timestep);
  const sigmas = scheduler.steps.map(({ level }) => level.deviation / level.signal);
  return new Map([
    ['noise', noise],
    [`${name}.trajectory`, stacked(trajectory, shape)],
    [`${name}.inputs`, stacked(inputs, shape)],
    [`${name}.timesteps`, floatTensor([timesteps.length], Float32Array.from(timesteps))],
    // All references end without noise.
    [`${name}.sigmas`, floatTensor([sigmas.length + 1], Float32Array.from([...sigmas, 0]))],
  ]);
}

function stacked(rows: readonly Float32Array[], shape: readonly number[]): Tensor {
  const all = Float32Array.from(rows.flatMap((row) => [...row]));
  return floatTensor([rows.length, ...shape.slice(1)], all);
}

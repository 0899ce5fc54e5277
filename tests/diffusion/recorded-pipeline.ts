/** @file A tiny pipeline, of Stable Diffusion 1.x unless asked otherwise, on an executor that remembers what ran. */
import { join } from 'node:path';
import { openClipFolder } from '../../src/checkpoint/clip-folder.ts';
import { openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { Pipeline } from '../../src/diffusion/pipeline.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Executor, Program } from '../../src/runtime/executor.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

export const SD1_FOLDER = join(import.meta.dirname, '../fixtures/sd1');
export const SD2_FOLDER = join(import.meta.dirname, '../fixtures/sd2');
export const SDXL_FOLDER = join(import.meta.dirname, '../fixtures/sdxl');

export interface RecordedRun {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

export interface RecordedPipeline {
  readonly pipeline: Pipeline;
  /** Every run since `runs` was last emptied, in order. */
  readonly runs: RecordedRun[];
}

export async function openRecordedPipeline(folder = SD1_FOLDER): Promise<RecordedPipeline> {
  const runs: RecordedRun[] = [];
  const model = await openDiffusersFolder(folder);
  const scorer = await openClipFolder(join(folder, 'scorer'), model.tokenizer);
  const executor = recording(createOrtExecutor({ threads: 1 }), runs);
  return { pipeline: new Pipeline(model, scorer, executor), runs };
}

function recording(executor: Executor, runs: RecordedRun[]): Executor {
  return {
    device: executor.device,
    precision: executor.precision,
    passedOver: executor.passedOver,
    runtime: 'test',
    memory: executor.memory,
    isMemorySettled: false,
    release: () => executor.release(),
    compile: async (graph, options): Promise<Program> => {
      const program = await executor.compile(graph, options);
      return {
        graph,
        run: (inputs) => {
          runs.push({ graph, inputs });
          return program.run(inputs);
        },
      };
    },
  };
}

/** The name and shape of each of a graph's inputs. */
function inputShapes({ inputs }: Graph): Record<string, readonly number[]> {
  return Object.fromEntries(inputs.map(({ name, shape }) => [name, shape]));
}

/** Whether `graph` is a UNet's forward pass. */
export function isUnetForward(graph: Graph): boolean {
  return 'timestep' in inputShapes(graph) && 'output' in graph.outputs;
}

/** Whether `graph` is a UNet's backward pass. */
export function isUnetBackward(graph: Graph): boolean {
  return 'timestep' in inputShapes(graph) && 'cotangent' in inputShapes(graph);
}

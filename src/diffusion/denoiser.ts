/** @file The UNet under classifier-free guidance: forward for sampling, and split into forward and backward for gradients. */
import { type SplitGradient, splitGradient } from '../autodiff/split-gradient.ts';
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import type { Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { unet } from '../models/unet.ts';
import type { Program } from '../runtime/executor.ts';
import { concatRows, rowsOf } from '../tensor/stack.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';

/** What the UNet sees: latents `[N, 4, h, w]` at one timestep, and a context `[N, S, D]`. */
export interface DenoiserInputs {
  readonly sample: FloatTensor;
  readonly timestep: number;
  readonly context: FloatTensor;
}

/** A forward pass that can be gone back through, once. */
export interface DifferentiablePass {
  readonly output: FloatTensor;
  /** Gradients with respect to what was asked for, given that with respect to the output. */
  transpose(cotangent: Float32Array): Promise<Partial<Record<DifferentiableInput, FloatTensor>>>;
}

/** Inputs of the UNet that can be differentiated. */
export type DifferentiableInput = 'sample' | 'context';

interface SplitPrograms {
  readonly split: SplitGradient;
  readonly forward: Program;
  readonly backward: Program;
}

export class Denoiser {
  /** Guided UNet evaluations so far: one for each picture and step, and one for each backward pass. */
  calls = 0;
  readonly #component: { readonly config: UnetConfig; readonly weights: WeightSource };
  readonly #programs: ProgramTable;
  readonly #splits = new Map<string, SplitGradient>();

  constructor(
    component: { readonly config: UnetConfig; readonly weights: WeightSource },
    programs: ProgramTable,
  ) {
    this.#component = component;
    this.#programs = programs;
  }

  /** `eps = eps_neg + w (eps_pos − eps_neg)`, the paper's formula (4), both branches in one batch. At w = 1 there is but one branch. */
  async guided(
    inputs: Omit<DenoiserInputs, 'context'> & {
      readonly positive: FloatTensor;
      readonly negative: FloatTensor;
    },
    guidanceScale: number,
  ): Promise<Float32Array> {
    const { sample, timestep, positive, negative } = inputs;
    const count = sample.shape[0]!;
    this.calls += count;
    if (guidanceScale === 1) return (await this.#forward({ sample, timestep, context: positive })).data;
    const both = await this.#forward({
      sample: concatRows([sample, sample]),
      timestep,
      context: concatRows([positive, negative]),
    });
    return guide(rowsOf(both, 0, count).data, rowsOf(both, count, 2 * count).data, guidanceScale);
  }

  /** The plain output of one branch. */
  output(inputs: DenoiserInputs): Promise<FloatTensor> {
    return this.#forward(inputs);
  }

  /** The output of one branch, ready to be differentiated with respect to `wrt`. */
  async differentiable(
    inputs: DenoiserInputs,
    wrt: readonly DifferentiableInput[],
  ): Promise<DifferentiablePass> {
    const { split, forward, backward } = await this.#splitPrograms(inputs, wrt);
    const results = await forward.run(runInputs(inputs));
    const saved = Object.fromEntries(split.saved.map((name) => [name, results[name]!]));
    const output = results.output!;
    return {
      output,
      transpose: async (cotangent) => {
        this.calls += inputs.sample.shape[0]!;
        return backward.run({ ...saved, cotangent: floatTensor(output.shape, cotangent) });
      },
    };
  }

  async #forward(inputs: DenoiserInputs): Promise<FloatTensor> {
    const program = await this.#programs.get(`unet ${sizeKey(inputs)}`, (g) => ({
      output: this.#build(g, inputs).output,
    }));
    return (await program.run(runInputs(inputs))).output!;
  }

  async #splitPrograms(inputs: DenoiserInputs, wrt: readonly DifferentiableInput[]): Promise<SplitPrograms> {
    const key = `unet ${sizeKey(inputs)} d/d ${wrt}`;
    const split = this.#splits.get(key) ?? this.#split(inputs, wrt);
    this.#splits.set(key, split);
    return {
      split,
      forward: await this.#programs.compiled(`${key} forward`, () => split.forward),
      backward: await this.#programs.compiled(`${key} backward`, () => split.backward),
    };
  }

  #split(inputs: DenoiserInputs, wrt: readonly DifferentiableInput[]): SplitGradient {
    const g = new GraphBuilder();
    const { output, sample, context } = this.#build(g, inputs);
    const nodes = { sample, context };
    return splitGradient(g, output, Object.fromEntries(wrt.map((name) => [name, nodes[name]])));
  }

  #build(
    g: GraphBuilder,
    { sample, context }: DenoiserInputs,
  ): { output: Node; sample: Node; context: Node } {
    const nodes = {
      sample: g.input('sample', sample.shape),
      timestep: g.input('timestep', [1]),
      context: g.input('context', context.shape),
    };
    const output = unet(g, this.#component.weights, this.#component.config, nodes);
    return { output, sample: nodes.sample, context: nodes.context };
  }
}

/** The guided output of two branches. */
export function guide(positive: Float32Array, negative: Float32Array, guidanceScale: number): Float32Array {
  return negative.map((value, i) => value + guidanceScale * (positive[i]! - value));
}

function runInputs({ sample, timestep, context }: DenoiserInputs) {
  return { sample, context, timestep: floatTensor([1], [timestep]) };
}

function sizeKey({ sample, context }: DenoiserInputs): string {
  return `${sample.shape} x ${context.shape}`;
}

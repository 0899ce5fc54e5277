/** @file The UNet under classifier-free guidance, and its gradient, one branch at a time. */
import { gradient } from '../autodiff/gradient.ts';
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type UnetInputs, unet } from '../models/unet.ts';
import { concatRows, repeatRows, rowsOf } from '../tensor/stack.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor, type Tensor } from '../tensor/tensor.ts';
import { type Branch, type Conditioning, combineConditionings } from './conditioning.ts';
import type { ProgramTable } from './program-table.ts';
import { ScaledCotangent } from './scaled-cotangent.ts';

/** What both branches of guidance see: latents `[N, 4, h, w]` at one timestep. */
export interface DenoiserState {
  readonly sample: FloatTensor;
  readonly timestep: number;
  /** SDXL: the sizes that the UNet is told of every picture, see `timeIdsOf()`. */
  readonly timeIds?: readonly number[];
}

/** What the UNet sees of one branch: the prompts, a context `[N, S, D]` and in SDXL a pooled vector `[N, P]`, too. */
export interface DenoiserInputs extends DenoiserState, Conditioning {}

/** What the UNet sees under guidance. */
export interface GuidedInputs extends DenoiserState {
  readonly positive: Conditioning;
  readonly negative: Conditioning;
}

/** Inputs of the UNet that can be differentiated; only SDXL's has `pooled`. */
export type DifferentiableInput = 'sample' | 'context' | 'pooled';

type DenoiserNodes = UnetInputs & { readonly output: Node };

/** The UNet of one checkpoint: its guided output, and the gradients of a branch. */
export class Denoiser {
  /** Guided UNet evaluations so far, whoever asked for them: one for each picture and step, half a one where one branch is enough, and one for each backward pass. */
  calls = 0;
  readonly #component: { readonly config: UnetConfig; readonly weights: WeightSource };
  readonly #programs: ProgramTable;
  readonly #scaled: ScaledCotangent;

  constructor(
    component: { readonly config: UnetConfig; readonly weights: WeightSource },
    programs: ProgramTable,
  ) {
    this.#component = component;
    this.#programs = programs;
    this.#scaled = new ScaledCotangent(programs.precision);
  }

  /** How often a gradient was taken again because it left the range of half precision. */
  get rescaledGradients(): number {
    return this.#scaled.retries;
  }

  /** `eps = eps_neg + w (eps_pos − eps_neg)`, the paper's formula (4), both branches in one batch. At w = 1 there is but one branch. */
  async guided(inputs: GuidedInputs, guidanceScale: number): Promise<Float32Array> {
    const { positive, negative, ...state } = inputs;
    if (guidanceScale === 1) {
      this.calls += state.sample.shape[0];
      return (await this.output({ ...state, ...positive })).data;
    }
    const outputs = await this.branches(inputs);
    return guide(outputs.positive.data, outputs.negative.data, guidanceScale);
  }

  /** The outputs of both branches, in one batch: a call for each picture. */
  async branches({ positive, negative, ...state }: GuidedInputs): Promise<Record<Branch, FloatTensor>> {
    const { sample } = state;
    const count = sample.shape[0];
    this.calls += count;
    const both = await this.output({
      ...state,
      sample: concatRows([sample, sample]),
      ...combineConditionings([positive, negative], concatRows),
    });
    return { positive: rowsOf(both, 0, count), negative: rowsOf(both, count, 2 * count) };
  }

  /** The output of one branch by itself, where that of the other is known: half a call for each picture. */
  async branch(inputs: DenoiserInputs): Promise<FloatTensor> {
    this.calls += inputs.sample.shape[0] / 2;
    return this.output(inputs);
  }

  /** The plain output of one branch, uncounted. */
  async output(inputs: DenoiserInputs): Promise<FloatTensor> {
    const program = await this.#programs.get(`unet ${sizeKey(inputs)}`, (g) => ({
      output: this.#build(g, inputs).output,
    }));
    return (await program.run(runInputs(inputs))).output;
  }

  /**
   * Gradients of one branch with respect to `wrt`, given that with respect to its output.
   * The forward pass is done again inside: handing its activations over would map the weights a third time and copy a gigabyte at 512 x 512.
   */
  async transpose(
    inputs: DenoiserInputs,
    cotangent: Float32Array,
    wrt: readonly DifferentiableInput[],
  ): Promise<Partial<Record<DifferentiableInput, FloatTensor>>> {
    this.calls += inputs.sample.shape[0];
    const program = await this.#programs.get(`unet ${sizeKey(inputs)} d/d ${wrt}`, (g) => {
      const nodes = this.#build(g, inputs);
      const { output } = nodes;
      const outputs = [{ node: output, cotangent: g.input('cotangent', output.shape) }];
      const gradients = gradient(
        g,
        outputs,
        wrt.map((name) => nodes[name]!),
      );
      return Object.fromEntries(wrt.map((name, i) => [`d ${name}`, gradients[i]]));
    });
    const results = await this.#scaled.run(cotangent, (scaled) =>
      program.run({ ...runInputs(inputs), cotangent: floatTensor(inputs.sample.shape, scaled) }),
    );
    return Object.fromEntries(wrt.map((name) => [name, results[`d ${name}`]]));
  }

  #build(g: GraphBuilder, { sample, context, pooled, timeIds }: DenoiserInputs): DenoiserNodes {
    const nodes = {
      sample: g.input('sample', sample.shape),
      timestep: g.input('timestep', [1]),
      context: g.input('context', context.shape),
      ...(pooled && { pooled: g.input('pooled', pooled.shape) }),
      ...(timeIds && { timeIds: g.input('timeIds', [sample.shape[0], timeIds.length]) }),
    };
    return { ...nodes, output: unet(g, this.#component.weights, this.#component.config, nodes) };
  }
}

/** The guided output of two branches. */
export function guide(positive: Float32Array, negative: Float32Array, guidanceScale: number): Float32Array {
  return negative.map((value, i) => value + guidanceScale * (positive[i] - value));
}

function runInputs({ sample, timestep, context, pooled, timeIds }: DenoiserInputs): Record<string, Tensor> {
  return {
    sample,
    context,
    timestep: floatTensor([1], [timestep]),
    ...(pooled && { pooled }),
    ...(timeIds && { timeIds: repeatRows(floatTensor([timeIds.length], timeIds), sample.shape[0]) }),
  };
}

function sizeKey({ sample, context }: DenoiserInputs): string {
  return `${sample.shape} x ${context.shape}`;
}

/**
 * @file The way back through the decoder in stages. Going forward, only what each stage reads is kept; on the way back each computes its
 * activations again from that, in a program of its own. A stage runs twice for it, and the memory is that of the largest stage, not the sum:
 * half at 512 x 512.
 */
import { gradient } from '../autodiff/gradient.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { DecoderStage, VaeDecoderOptions } from '../models/vae-decoder.ts';
import type { FloatTensor, Shape } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';

/** What is needed of a decoder. */
export interface StagedDecoder {
  stages(options: VaeDecoderOptions): readonly DecoderStage[];
}

/** From so many latents on stages pay: below, programs take longer to open than to run. */
const STAGED_FROM_LATENTS = 32 * 32;

/** What is needed of a decoder. */
export interface StagedDecoder {
  stages(options: VaeDecoderOptions): readonly DecoderStage[];
}

/** Whether the way back through the decoder should go in stages, for latents of shape `[N, 4, h, w]`. */
export function isStaged([, , height, width]: Shape): boolean {
  return height * width >= STAGED_FROM_LATENTS;
}

/** The gradient at latents `[N, 4, h, w]` of anything whose gradient at their pictures is `cotangent [N, 3, H, W]`. */
export async function stagedTranspose(
  programs: ProgramTable,
  decoder: StagedDecoder,
  latents: FloatTensor,
  cotangent: FloatTensor,
  options: VaeDecoderOptions = {},
): Promise<FloatTensor> {
  const kind = `vae ${options.clamp === false ? 'unclamped ' : ''}stage`;
  const stages = decoder.stages(options).map((stage, i) => new Stage(programs, stage, `${kind} ${i}`));
  const inputs = [latents];
  for (const stage of stages.slice(0, -1)) inputs.push(await stage.run(inputs[inputs.length - 1]));
  let flow = cotangent;
  for (const stage of stages.reverse()) flow = await stage.transpose(inputs.pop()!, flow);
  return flow;
}

/** One stage as two programs, of which one is open at a time. */
class Stage {
  readonly #programs: ProgramTable;
  readonly #build: DecoderStage;
  readonly #key: string;

  constructor(programs: ProgramTable, build: DecoderStage, key: string) {
    this.#programs = programs;
    this.#build = build;
    this.#key = key;
  }

  async run(x: FloatTensor): Promise<FloatTensor> {
    const program = await this.#program(`${this.#key} ${x.shape}`, (g) => ({
      y: this.#build(g, g.input('x', x.shape)),
    }));
    return (await program.run({ x })).y;
  }

  async transpose(x: FloatTensor, cotangent: FloatTensor): Promise<FloatTensor> {
    const program = await this.#program(`${this.#key} ${x.shape} transpose`, (g) => {
      const input = g.input('x', x.shape);
      const outputs = [{ node: this.#build(g, input), cotangent: g.input('cotangent', cotangent.shape) }];
      return { gradient: gradient(g, outputs, [input])[0] };
    });
    return (await program.run({ x, cotangent })).gradient;
  }

  #program(key: string, outputs: (g: GraphBuilder) => Readonly<Record<string, Node>>) {
    return this.#programs.get(key, outputs, { memory: 'low' });
  }
}

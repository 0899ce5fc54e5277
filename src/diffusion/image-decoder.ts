/** @file Pictures from latents. */
import type { VaeConfig } from '../checkpoint/vae-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { vaeDecoder } from '../models/vae-decoder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';

/** Decodes latents `[N, 4, h, w]` to pictures `[N, 3, H, W]` in [0, 1]. */
export class ImageDecoder {
  readonly #component: { readonly config: VaeConfig; readonly weights: WeightSource };
  readonly #programs: ProgramTable;

  constructor(
    component: { readonly config: VaeConfig; readonly weights: WeightSource },
    programs: ProgramTable,
  ) {
    this.#component = component;
    this.#programs = programs;
  }

  async decode(latents: FloatTensor): Promise<FloatTensor> {
    const program = await this.#programs.get(`vae ${latents.shape}`, (g) => ({
      image: this.build(g, g.input('latents', latents.shape)),
    }));
    return (await program.run({ latents })).image;
  }

  build(g: GraphBuilder, latents: Node): Node {
    return vaeDecoder(g, this.#component.weights, this.#component.config, latents);
  }
}

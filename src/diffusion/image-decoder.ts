/** @file Pictures from latents, whole or in tiles. */
import type { VaeConfig } from '../checkpoint/vae-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import {
  type DecoderStage,
  type VaeDecoderOptions,
  vaeDecoder,
  vaeDecoderStages,
} from '../models/vae-decoder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { ProgramTable } from './program-table.ts';
import { decodeInTiles } from './tiled-decoder.ts';
import { type TileSizes, tileSizes, type VaeTiling } from './vae-tiling.ts';

/** Decodes latents `[N, 4, h, w]` to pictures `[N, 3, H, W]` in [0, 1]. */
export class ImageDecoder {
  /** How it is tiled where it is. */
  readonly tileSizes: TileSizes;
  readonly #component: { readonly config: VaeConfig; readonly weights: WeightSource };
  readonly #programs: ProgramTable;

  constructor(
    component: { readonly config: VaeConfig; readonly weights: WeightSource },
    programs: ProgramTable,
  ) {
    this.#component = component;
    this.#programs = programs;
    this.tileSizes = tileSizes(component.config);
  }

  async decode(latents: FloatTensor, tiling: VaeTiling = 'off'): Promise<FloatTensor> {
    if (tiling === 'on') return decodeInTiles(this.#programs, this, latents);
    const program = await this.#programs.get(`vae ${latents.shape}`, (g) => ({
      image: this.build(g, g.input('latents', latents.shape)),
    }));
    return (await program.run({ latents })).image;
  }

  build(g: GraphBuilder, latents: Node, options: VaeDecoderOptions = {}): Node {
    return vaeDecoder(g, this.#component.weights, this.#component.config, latents, options);
  }

  /** The same in stages, each a function of the one before. */
  stages(options: VaeDecoderOptions = {}): readonly DecoderStage[] {
    return vaeDecoderStages(this.#component.weights, this.#component.config, options);
  }
}

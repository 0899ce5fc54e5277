/** @file What running a model takes in memory, estimated from its graphs; and with that, whether its weights fit its configuration. */
import {
  type CountedClip,
  type CountedModel,
  decoderGradientProgram,
  decoderProgram,
  guidedProgram,
  type LatentSize,
  lossProgram,
  relaxedTextPrograms,
  scorerGradientProgram,
  scorerProgram,
  scorerTextProgram,
  textPrograms,
  unetGradientProgram,
} from './counted-programs.ts';
import { type PictureSize, pixelsPerLatent, resolvePictureSize } from './picture-size.ts';
import { type ModeOf, type ProgramMemory, residentBytes } from './resident-bytes.ts';
import { tileSizes, type VaeTiling } from './vae-tiling.ts';

export type { CountedClip, CountedModel } from './counted-programs.ts';
export type { ModeOf } from './resident-bytes.ts';

export interface MemoryEstimate {
  /** Of the pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The largest resident size of a process that samples one picture with guidance and scores it. */
  readonly samplingBytes: number;
  /** The same with the shortcut text gradient of one picture after it. */
  readonly gradientBytes: number;
  /** How the figures came about. */
  readonly method: string;
}

export const METHOD =
  'Predicted for one picture at a time from the shapes in the graphs: weights as stored where they stay on disk, else unpacked in every program that ' +
  'reads them; the values that are alive at once in each program that is open; the process itself. Pages of weights that several programs map ' +
  'count once.';

/** How the programs are run. */
export interface WayToRun {
  readonly modeOf: ModeOf;
  readonly vaeTiling: VaeTiling;
}

export interface MemoryEstimateOptions extends Partial<PictureSize> {
  /** CLIPs that judge pictures and are asked for no gradient. @default none */
  readonly judges?: readonly CountedClip[];
}

/**
 * Builds every program of the model for pictures of one size, that which it was trained for unless another is given; nothing is compiled or
 * run, no weight is read. The scorers are the CLIPs that judge; what another kind of scorer takes is not known.
 * @throws {DpoError} INVALID_CHECKPOINT for a weight that is missing or of another shape than the configuration says, INVALID_OPTION for a
 * size that the model cannot paint
 */
export function estimateMemory(
  model: CountedModel,
  scorers: readonly CountedClip[],
  { modeOf, vaeTiling, ...options }: MemoryEstimateOptions & WayToRun,
): MemoryEstimate {
  const estimator = new MemoryEstimator(model, scorers, options);
  return {
    ...estimator.size,
    samplingBytes: estimator.samplingBytes({ modeOf, vaeTiling }),
    gradientBytes: estimator.gradientBytes({ modeOf, vaeTiling }),
    method: METHOD,
  };
}

const NO_COST = { flops: 0, productFlops: 0, parameters: 0, weightBytes: 0 };

/** The programs of one model for pictures of one size, each built once, when it is asked for. */
export class MemoryEstimator {
  readonly size: PictureSize;
  readonly #model: CountedModel;
  readonly #scorers: readonly CountedClip[];
  readonly #judges: readonly CountedClip[];
  readonly #built = new Map<string, ProgramMemory[]>();

  constructor(model: CountedModel, scorers: readonly CountedClip[], options: MemoryEstimateOptions = {}) {
    this.size = resolvePictureSize(model, options);
    this.#model = model;
    this.#scorers = scorers;
    this.#judges = options.judges ?? [];
  }

  samplingBytes({ modeOf, vaeTiling }: WayToRun): number {
    return residentBytes(this.#sampling(vaeTiling), modeOf);
  }

  gradientBytes({ modeOf, vaeTiling }: WayToRun): number {
    const isApart = vaeTiling === 'on' || modeOf(NO_COST) === 'low';
    const loss = this.#loss(vaeTiling, isApart);
    return residentBytes([...this.#sampling(vaeTiling), ...this.#gradient(), ...loss], modeOf);
  }

  #sampling(tiling: VaeTiling): ProgramMemory[] {
    const shared = this.#once('sampling', () => [
      ...textPrograms(this.#model),
      guidedProgram(this.#model, this.#latents(this.size)),
      ...[...this.#scorers, ...this.#judges].flatMap((scorer) => [
        scorerTextProgram(scorer),
        scorerProgram(scorer, this.size),
      ]),
    ]);
    const size = this.#latents(this.#decoded(tiling));
    return [...shared, ...this.#once(`decoder ${size}`, () => [decoderProgram(this.#model, size)])];
  }

  #gradient(): ProgramMemory[] {
    return this.#once('gradient', () => [
      ...relaxedTextPrograms(this.#model),
      unetGradientProgram(this.#model, this.#latents(this.size)),
    ]);
  }

  #loss(tiling: VaeTiling, isApart: boolean): ProgramMemory[] {
    if (this.#scorers.length === 0) return [];
    const size = this.#latents(this.#decoded(tiling));
    if (!isApart) return this.#once('loss', () => [lossProgram(this.#model, this.#scorers, size)]);
    return [
      ...this.#once(`decoder gradient ${size}`, () => [decoderGradientProgram(this.#model, size)]),
      ...this.#once('scorer gradients', () =>
        this.#scorers.map((scorer) => scorerGradientProgram(scorer, this.size)),
      ),
    ];
  }

  /** What the decoder makes at once: the picture, or a tile of it. */
  #decoded(tiling: VaeTiling): PictureSize {
    if (tiling === 'off') return this.size;
    const { side, scale } = tileSizes(this.#model.vae.config);
    const least = (pixels: number) => Math.min(pixels, side * scale);
    return { width: least(this.size.width), height: least(this.size.height) };
  }

  #latents({ width, height }: PictureSize): LatentSize {
    const scale = pixelsPerLatent(this.#model);
    return [height / scale, width / scale];
  }

  #once(key: string, build: () => ProgramMemory[]): ProgramMemory[] {
    const known = this.#built.get(key) ?? build();
    this.#built.set(key, known);
    return known;
  }
}

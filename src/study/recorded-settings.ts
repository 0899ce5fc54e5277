/** @file What every artifact records of how pictures are made, and by which names a reader can ask for the same. */

import type { AppliedLora } from '../checkpoint/diffusers-folder.ts';
import type { SchedulerSettings } from '../diffusion/schedulers/scheduler-settings.ts';
import type { ClipLoss } from '../diffusion/scorer.ts';
import type { SizeConditioning } from '../diffusion/size-conditioning.ts';
import type { VaeTiling } from '../diffusion/vae-tiling.ts';
import type { DeviceName, Precision } from '../runtime/executor.ts';

/** The settings that determine every picture, recorded in each artifact; SDXL's sizes too. */
export interface PictureSettings extends SchedulerSettings, SizeConditioning {
  /** The checkpoint's name, such as `pocket`. */
  readonly model: string;
  /** Adapters merged into the checkpoint's weights; absent without any. */
  readonly loras?: readonly AppliedLora[];
  /** The scorers with their weights, such as `ViT-B-32 + 0.5 × PickScore`. */
  readonly scorer: string;
  /** How CLIP scorers measure: `spherical` or `cosine`; absent where no CLIP scores. */
  readonly loss?: ClipLoss;
  /** The scorer that the search never sees; absent without one. */
  readonly heldOutScorer?: string;
  /** The sampler's name as other programs have it, such as `DDIM` or `DPM++ 2M`; `scheduler` is what `--scheduler` calls it. */
  readonly sampler: string;
  /** Guided steps of one picture: `steps`, but 2 `steps` − 1 with Heun and `steps` + 1 with PNDM. */
  readonly guidedSteps: number;
  readonly guidanceScale: number;
  readonly width: number;
  readonly height: number;
  /** Whether the pictures were decoded in tiles, which have other pixels than those that were decoded whole. */
  readonly vaeTiling: VaeTiling;
  /** Where it is computed, such as `cpu`: another device gives other last digits. */
  readonly device: DeviceName;
  /** What the UNet computes in. */
  readonly precision: Precision;
}

/** Folders, files or names of scorers, for whoever wants to repeat a study. */
export interface NamedScorers {
  readonly scorers: readonly { readonly source: string; readonly weight: number }[];
  readonly heldOut?: string;
}

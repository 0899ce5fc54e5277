/** @file Pictures of one prompt on several seeds, as a study tells of them. */
import { rowAt } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { PromptPair } from './prompt-variants.ts';
import type { PictureEvent } from './study-event.ts';

export interface PictureGroup {
  readonly which: PictureEvent['which'];
  readonly pair: PromptPair;
  readonly heldOut: boolean;
  readonly seeds: readonly number[];
  /** `[seeds, 3, H, W]` in [0, 1]. */
  readonly images: FloatTensor;
  /** One for each seed, or none at all; one that is not finite is no loss. */
  readonly losses: readonly number[];
}

/** An event for each seed, in order. */
export function pictureEvents({ which, pair, heldOut, seeds, images, losses }: PictureGroup): PictureEvent[] {
  const { prompt, negativePrompt } = pair;
  return seeds.map((seed, i) => ({
    type: 'picture',
    which,
    prompt,
    negativePrompt,
    seed,
    heldOut,
    loss: Number.isFinite(losses[i]) ? losses[i] : null,
    image: rowAt(images, i),
  }));
}

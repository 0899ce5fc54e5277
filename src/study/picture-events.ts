/** @file Pictures of one prompt on several seeds, as a study tells of them. */
import type { EvaluatedPicture } from './picture-evaluator.ts';
import type { PictureEvent } from './study-event.ts';

export interface PictureGroup {
  readonly which: PictureEvent['which'];
  readonly heldOut: boolean;
  readonly pictures: readonly EvaluatedPicture[];
}

/** An event for each picture, in order; the picture is decoded for it. */
export async function pictureEvents({ which, heldOut, pictures }: PictureGroup): Promise<PictureEvent[]> {
  const events: PictureEvent[] = [];
  for (const { request, loss, fault, imageHash, sampled } of pictures) {
    const { prompt, negativePrompt, seed } = request;
    events.push({
      type: 'picture',
      ...{ which, prompt, negativePrompt, seed, heldOut },
      loss: fault === null ? loss : null,
      ...(imageHash !== null && { imageHash }),
      image: await sampled.image(),
    });
  }
  return events;
}

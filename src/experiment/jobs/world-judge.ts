/** @file The judge of the embedded model's world as jobs ask it: which of a prompt's concepts are in a picture. */
import type { Pipeline } from '../../diffusion/pipeline.ts';
import type { SceneFacts } from '../../pocket/scene-facts.ts';
import { isEmbeddedModel } from '../../study/load-pipeline.ts';
import type { FloatTensor } from '../../tensor/tensor.ts';
import { experimentPrompt } from '../prompts/experiment-prompt.ts';
import { judgedHits } from '../prompts/judged-hits.ts';

/** Says of each concept of a prompt, in its order, whether the picture `[3, H, W]` shows it. */
export type WorldJudge = (image: FloatTensor) => readonly boolean[];

/** What the embedded world understands of a prompt; undefined where it does not understand all of it, and for other models. */
export function worldFacts({ model }: Pipeline, prompt: string): SceneFacts | undefined {
  return isEmbeddedModel(model.dir) ? experimentPrompt(prompt).facts : undefined;
}

/** Undefined where the world says nothing of the prompt. */
export function worldJudge(pipeline: Pipeline, prompt: string): WorldJudge | undefined {
  const facts = worldFacts(pipeline, prompt);
  return facts && ((image) => judgedHits(image, facts).map(({ isHit }) => isHit));
}

/** Whether two prompts state other facts, the world's synonyms being equal; undefined where it does not understand the first. */
export function altersMeaning(pipeline: Pipeline, prompt: string, other: string): boolean | undefined {
  const facts = worldFacts(pipeline, prompt);
  return facts && JSON.stringify(facts) !== JSON.stringify(worldFacts(pipeline, other));
}

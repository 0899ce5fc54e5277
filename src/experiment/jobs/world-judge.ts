/** @file The judge of the embedded model's world as experiments ask it: which of a prompt's concepts are in a picture. */
import type { Pipeline } from '../../diffusion/pipeline.ts';
import { captionFacts } from '../../pocket/caption-facts.ts';
import { judge } from '../../pocket/judge.ts';
import type { ObjectFact, SceneFacts } from '../../pocket/scene-facts.ts';
import { scoreFacts } from '../../pocket/score-facts.ts';
import { isEmbeddedModel } from '../../study/load-pipeline.ts';
import type { FloatTensor } from '../../tensor/tensor.ts';
import { keyConcepts } from '../../words/key-concepts.ts';

export interface WorldJudge {
  /** In the prompt's order. */
  readonly concepts: readonly string[];
  /** Whether each concept is in the picture `[3, H, W]`. */
  hits(image: FloatTensor): readonly boolean[];
}

/** Undefined for other models, other sizes of pictures, and prompts that the world does not understand whole. */
export function worldJudge(pipeline: Pipeline, prompt: string): WorldJudge | undefined {
  const facts = isEmbeddedModel(pipeline.model.dir) ? understood(prompt) : undefined;
  if (facts === undefined) return undefined;
  return {
    concepts: facts.objects.map(nameOf),
    hits: (image) => scoreFacts(judge(image), facts).objectsWithColour,
  };
}

/** What judges are asked for: the world's objects with their colours, or what a tagger takes for key concepts, in the prompt's order. */
export function conceptsOf(pipeline: Pipeline, prompt: string): readonly string[] {
  const known = worldJudge(pipeline, prompt)?.concepts;
  return known ?? [...keyConcepts(prompt)].sort((one, other) => one.start - other.start).map(({ text }) => text);
}

/** Whether two prompts state other facts, the world's synonyms being equal; undefined where it does not understand the first. */
export function altersMeaning(pipeline: Pipeline, prompt: string, other: string): boolean | undefined {
  const facts = isEmbeddedModel(pipeline.model.dir) ? understood(prompt) : undefined;
  return facts && JSON.stringify(facts) !== JSON.stringify(captionFacts(other).facts);
}

function understood(prompt: string): SceneFacts | undefined {
  const { facts, unusedWords } = captionFacts(prompt);
  return facts.objects.length > 0 && unusedWords.length === 0 ? facts : undefined;
}

function nameOf({ size, colour, object }: ObjectFact): string {
  return [size, colour, object].filter((word) => word !== undefined).join(' ');
}

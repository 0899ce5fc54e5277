/** @file What the embedded world's judge says of each key concept of a prompt. */
import { judge } from '../../pocket/judge.ts';
import type { SceneFacts } from '../../pocket/scene-facts.ts';
import { scoreFacts } from '../../pocket/score-facts.ts';
import type { FloatTensor } from '../../tensor/tensor.ts';
import { sceneConcepts } from './concepts-of.ts';

/** A key concept, and whether a picture shows it. */
export interface JudgedConcept {
  /** As `conceptsOf` names it. */
  readonly concept: string;
  readonly isHit: boolean;
}

/**
 * Whether each concept of `facts` is in `image`, float32 [3, 64, 64] in [0, 1]; one for each of `conceptsOf(prompt, facts)`, in its order.
 * @throws {DpoError} INVALID_IMAGE when the judge cannot look at it
 */
export function judgedHits(image: FloatTensor, facts: SceneFacts): readonly JudgedConcept[] {
  const { objectsWithColour, relation, background } = scoreFacts(judge(image), facts);
  const hits = [...objectsWithColour, relation, background].filter((hit) => hit !== undefined);
  return sceneConcepts(facts).map((concept, at) => ({ concept, isHit: hits[at] }));
}

/** @file The key concepts of a prompt, in order: what judges, human or not, look for (appendix G.2). */
import type { ObjectFact, SceneFacts } from '../../pocket/scene-facts.ts';
import { keyConcepts } from '../../words/key-concepts.ts';
import { RELATION_WORDS } from './relation-words.ts';

/**
 * Names of what `prompt` asks for: of the embedded world where `facts` are given (each object with its colour as the prompt names them, then
 * the relation, then the background: as `judgedHits` has them), noun phrases in the prompt's order else; empty where there is none.
 */
export function conceptsOf(prompt: string, facts?: SceneFacts): readonly string[] {
  if (facts !== undefined) return sceneConcepts(facts);
  return [...keyConcepts(prompt)].sort((one, other) => one.start - other.start).map(({ text }) => text);
}

/** The concepts that the judge of the embedded world knows; sizes and places of a lone object are none. */
export function sceneConcepts({ objects, relation, background }: SceneFacts): readonly string[] {
  const [first, second] = objects;
  return [
    ...objects.map(named),
    ...(relation && first && second ? [`${named(first)} ${RELATION_WORDS[relation]} ${named(second)}`] : []),
    ...(background ? [`${background} background`] : []),
  ];
}

function named({ object, colour }: ObjectFact): string {
  return colour ? `${colour} ${object}` : object;
}

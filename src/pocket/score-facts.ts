/** @file Compares what the judge saw with what a caption says. */
import type { Detection, Verdict } from './judge.ts';
import type { SceneFacts } from './scene-facts.ts';
import type { Relation } from './world.ts';

/** Which of a caption's facts a picture shows; sizes, positions and surplus objects are not judged. */
export interface FactScore {
  /** Whether the silhouette was found in any colour, for each object of the caption. */
  readonly objects: readonly boolean[];
  /** Whether it was found in the colour that the caption names (in any where it names none), for each object. */
  readonly objectsWithColour: readonly boolean[];
  /** undefined when the caption states no relation. */
  readonly relation: boolean | undefined;
  /** undefined when the caption states no background. */
  readonly background: boolean | undefined;
}

/** Centres must differ by more than this for a relation to hold; in pixels. */
const RELATION_MARGIN = 4;

/** Which of `facts` the picture with this `verdict` shows. */
export function scoreFacts(verdict: Verdict, facts: SceneFacts): FactScore {
  const { detections } = verdict;
  return {
    objects: facts.objects.map(({ object }) => detections.some((found) => found.object === object)),
    objectsWithColour: facts.objects.map(({ object, colour }) =>
      detections.some((found) => found.object === object && (!colour || found.colour === colour)),
    ),
    relation: facts.relation && holdsRelation(detections, facts, facts.relation),
    background: facts.background && verdict.background === facts.background,
  };
}

/** The share of the caption's objects that the picture shows in their colours, 0 to 1; 1 when it names no object. */
export function hitRate(score: FactScore): number {
  const { objectsWithColour } = score;
  return objectsWithColour.length === 0
    ? 1
    : objectsWithColour.filter(Boolean).length / objectsWithColour.length;
}

/** Whether everything that is judged is right: each object with its colour, the relation, the background. */
export function isSceneRight(score: FactScore): boolean {
  return score.objectsWithColour.every(Boolean) && score.relation !== false && score.background !== false;
}

/** Compares the best match of the first object with that of the second, whatever their colours. */
function holdsRelation(detections: readonly Detection[], facts: SceneFacts, relation: Relation): boolean {
  const [first, second] = facts.objects.map(({ object }) =>
    detections.find((found) => found.object === object),
  );
  if (!first || !second) return false;
  const distance: Record<Relation, number> = {
    left: second.cx - first.cx,
    right: first.cx - second.cx,
    above: second.cy - first.cy,
    below: first.cy - second.cy,
  };
  return distance[relation] > RELATION_MARGIN;
}

/** @file Captions of scenes in the grammar of the training set, and the facts that each of them states. */
import { choose, positionOf, type Rng, type Scene } from './scene.ts';
import type { ObjectFact, SceneFacts } from './scene-facts.ts';
import { type Concept, OPPOSITE, type Relation, wordsFor } from './world.ts';

/** What a caption mentions, and in which form. */
export interface CaptionSpec {
  /** Indices of the named objects of the scene, in the order in which they are named. */
  readonly objects: readonly number[];
  /** Whether the colour is mentioned, for each object of the scene. */
  readonly colours: readonly boolean[];
  /** Whether the size is mentioned, for each object of the scene. */
  readonly sizes: readonly boolean[];
  /** Whether the caption says how the two objects stand to each other; without effect unless both are named. */
  readonly relation: boolean;
  /** Whether the caption says where the only object of the scene stands; without effect where no word fits clearly. */
  readonly position: boolean;
  readonly background: boolean;
  /** A sentence, or a list of the same facts separated by commas. */
  readonly form: 'sentence' | 'keywords';
}

export interface CaptionOptions {
  /** Whether other words may stand for a thing, with the frequencies of the training set. @default false */
  readonly synonyms?: boolean;
}

/** How a caption is worded: the random choices among equal forms, and whether synonyms are among them. */
interface Wording {
  readonly rng: Rng;
  readonly synonyms: boolean;
}

/** "and" twice: the training captions use it twice as often. */
const PLAIN_LINKS = ['and', 'and', 'with', 'next to', 'beside', 'near'] as const;

/** What a training caption of `scene` would mention. */
export function randomCaptionSpec(scene: Scene, rng: Rng): CaptionSpec {
  const isPair = scene.objects.length === 2;
  const flags = (probability: number) => scene.objects.map(() => rng.float64() < probability);
  return {
    objects: namedObjects(scene, rng),
    colours: flags(0.65),
    sizes: flags(0.3),
    relation: isPair && rng.float64() < 0.6,
    position: !isPair && rng.float64() < 0.4,
    background: rng.float64() < 0.25,
    form: rng.float64() < 0.15 ? 'keywords' : 'sentence',
  };
}

/** The facts that a caption of `scene` under `spec` states. */
export function statedFacts(scene: Scene, spec: CaptionSpec): SceneFacts {
  return {
    objects: spec.objects.map((index) => ({
      object: scene.objects[index]!.object,
      colour: spec.colours[index] ? scene.objects[index]!.colour : undefined,
      size: spec.sizes[index] ? scene.objects[index]!.size : undefined,
    })),
    relation: spec.relation && spec.objects.length === 2 ? relationInOrder(scene, spec.objects) : undefined,
    position: spec.position && scene.objects.length === 1 ? positionOf(scene.objects[0]!) : undefined,
    background: spec.background ? scene.background : undefined,
  };
}

/** A caption of `scene` that mentions what `spec` says; `rng` chooses among the forms of the grammar. */
export function captionScene(
  scene: Scene,
  spec: CaptionSpec,
  rng: Rng,
  options: CaptionOptions = {},
): string {
  const wording = { rng, synonyms: options.synonyms ?? false };
  const facts = statedFacts(scene, spec);
  return spec.form === 'keywords' ? keywordList(facts, wording) : sentence(facts, wording);
}

/** A sentence in the training grammar that states `facts` of one or two objects. */
export function captionFromFacts(facts: SceneFacts, rng: Rng, options: CaptionOptions = {}): string {
  return sentence(facts, { rng, synonyms: options.synonyms ?? false });
}

function namedObjects(scene: Scene, rng: Rng): number[] {
  const all = scene.objects.map((_, index) => index);
  if (all.length === 1) return all;
  const named = rng.float64() < 0.93 ? all : [rng.integer(2)];
  return rng.float64() < 0.5 ? named.reverse() : named;
}

function relationInOrder(scene: Scene, order: readonly number[]): Relation | undefined {
  if (scene.relation === undefined) return undefined;
  return order[0] === 0 ? scene.relation : OPPOSITE[scene.relation];
}

function sentence(facts: SceneFacts, wording: Wording): string {
  const [first, second] = facts.objects;
  const parts = [withArticle(phrase(first!, wording))];
  if (second) parts.push(link(facts.relation, wording), withArticle(phrase(second, wording)));
  if (facts.position === 'center') parts.push('in the center');
  else if (facts.position) parts.push(choose(wording.rng, ['on', 'at']), 'the', facts.position);
  if (facts.background) parts.push('on', withArticle([word(facts.background, wording)]), 'background');
  return parts.join(' ');
}

function keywordList(facts: SceneFacts, wording: Wording): string {
  const items = facts.objects.flatMap((fact) => {
    const words = phrase(fact, wording);
    return wording.rng.float64() < 0.5 ? words.reverse() : [words.join(' ')];
  });
  // Between two items the relation stands where a sentence has it, else at the end.
  if (facts.relation) items.splice(items.length === 2 ? 1 : items.length, 0, word(facts.relation, wording));
  if (facts.position) items.push(facts.position);
  if (facts.background) items.push(`${word(facts.background, wording)} background`);
  return items.join(' , ');
}

function phrase(fact: ObjectFact, wording: Wording): string[] {
  const concepts: Concept[] = [];
  if (fact.size) concepts.push(fact.size);
  if (fact.colour) concepts.push(fact.colour);
  return [...concepts, fact.object].map((concept) => word(concept, wording));
}

function withArticle(words: readonly string[]): string {
  return [/^[aeiou]/.test(words[0]!) ? 'an' : 'a', ...words].join(' ');
}

function link(relation: Relation | undefined, wording: Wording): string {
  if (relation === undefined) return choose(wording.rng, PLAIN_LINKS);
  if (relation === 'above' || relation === 'below') return word(relation, wording);
  return wording.rng.float64() < 0.6 ? `${relation} of` : `to the ${relation} of`;
}

function word(concept: Concept | Relation, { rng, synonyms }: Wording): string {
  const words = wordsFor(concept);
  if (!synonyms || words.length === 1) return words[0]!;
  const u = rng.float64();
  return words[u < 0.65 ? 0 : u < 0.9 || words.length === 2 ? 1 : 2]!;
}

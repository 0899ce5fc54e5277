/** @file Reads a prompt back into the facts it states about a picture, in the words of the embedded model's world. */
import { DpoError } from '../errors.ts';
import type { ObjectFact, SceneFacts } from './scene-facts.ts';
import {
  BACKGROUND_NAMES,
  type BackgroundName,
  COLOUR_NAMES,
  type ColourName,
  OBJECTS,
  type ObjectName,
  POSITIONS,
  type Position,
  RELATIONS,
  type Relation,
  SIZE_NAMES,
  type SizeName,
  wordsFor,
} from './world.ts';

export interface ParsedCaption {
  readonly facts: SceneFacts;
  /** Words that the world has no meaning for where they stand, in their order, in lower case. */
  readonly unusedWords: readonly string[];
}

/** A word of a caption, by what it can say. "left" and "right" are both a relation and a position: the words around decide. */
interface Meaning {
  readonly object?: ObjectName;
  readonly colour?: ColourName;
  readonly size?: SizeName;
  readonly background?: BackgroundName;
  readonly relation?: Relation;
  readonly position?: Position;
}

/** Words that hold a caption together and say nothing that a judge could look for. */
const LINKS: ReadonlySet<string> = new Set('a an the of on in to at and with next beside near'.split(' '));

const LEXICON = buildLexicon();

/**
 * The facts that `prompt` states, and the words that state none.
 * Understands the training grammar: a sentence ("a red cat to the left of a blue house on a dark background") or keywords ("cat , red , left , house").
 * A relation is understood between exactly two objects; with one object "left" and "right" are positions.
 * @throws {DpoError} INVALID_PROMPT when the prompt has no word.
 */
export function captionFacts(prompt: string): ParsedCaption {
  const items = prompt
    .toLowerCase()
    .split(/[,;.!?]+/)
    .map((item) => item.match(/[\p{L}\p{N}'-]+/gu) ?? [])
    .filter((item) => item.length > 0);
  if (items.length === 0)
    throw new DpoError('INVALID_PROMPT', 'The prompt is empty: name at least one object.');
  const reader = new CaptionReader();
  for (const item of items) reader.readItem(item);
  return reader.finish();
}

/** Walks over the words from left to right; what needs the whole caption to be decided waits for `finish`. */
class CaptionReader {
  readonly #objects: { object: ObjectName; colour?: ColourName; size?: SizeName }[] = [];
  readonly #places: { at: number; meaning: Meaning; hasOf: boolean }[] = [];
  readonly #words: string[] = [];
  readonly #unused = new Set<number>();
  /** Indices of adjectives that have not met their object yet. */
  #adjectives: number[] = [];
  #background: BackgroundName | undefined;

  readItem(words: readonly string[]): void {
    const first = this.#words.length;
    this.#words.push(...words);
    for (let at = first; at < this.#words.length; at++) this.#readWord(at);
    // In a keyword list ("cat , red") an adjective that stands alone belongs to the object before it.
    const isAdjectiveAlone = this.#adjectives.length === words.length && this.#objects.length > 0;
    if (isAdjectiveAlone) this.#giveAdjectivesTo(this.#objects.at(-1)!);
  }

  finish(): ParsedCaption {
    for (const at of this.#adjectives) this.#unused.add(at);
    const facts = {
      objects: this.#objects.map(({ object, colour, size }): ObjectFact => ({ object, colour, size })),
      ...this.#decidePlaces(),
      background: this.#background,
    };
    return { facts, unusedWords: this.#words.filter((_, at) => this.#unused.has(at)) };
  }

  #readWord(at: number): void {
    const word = this.#words[at]!;
    const meaning = this.#meaningAt(at);
    if (word === 'background' && this.#meaningAt(at - 1)?.background) return;
    if (meaning?.object) {
      this.#objects.push({ object: meaning.object });
      this.#giveAdjectivesTo(this.#objects.at(-1)!);
    } else if (meaning?.background && this.#words[at + 1] === 'background') {
      this.#background = meaning.background;
    } else if (meaning?.colour || meaning?.size) {
      this.#adjectives.push(at);
    } else if (meaning?.relation || meaning?.position) {
      this.#places.push({ at, meaning, hasOf: this.#words[at + 1] === 'of' });
    } else if (!LINKS.has(word)) {
      this.#unused.add(at);
    }
  }

  #meaningAt(at: number): Meaning | undefined {
    return LEXICON.get(this.#words[at] ?? '');
  }

  /** The first colour and the first size count; any further one is a word without use. */
  #giveAdjectivesTo(target: { colour?: ColourName; size?: SizeName }): void {
    for (const at of this.#adjectives) {
      const { colour, size } = this.#meaningAt(at)!;
      if (colour && !target.colour) target.colour = colour;
      else if (size && !target.size) target.size = size;
      else this.#unused.add(at);
    }
    this.#adjectives = [];
  }

  #decidePlaces(): { relation: Relation | undefined; position: Position | undefined } {
    let relation: Relation | undefined;
    let position: Position | undefined;
    for (const { at, meaning, hasOf } of this.#places) {
      if (this.#objects.length === 2 && !relation && this.#saysRelation(at, hasOf))
        relation = meaning.relation;
      else if (this.#objects.length === 1 && !position && !hasOf && meaning.position)
        position = meaning.position;
      else this.#unused.add(at);
    }
    return { relation, position };
  }

  /** "on the left" is a position, "left of" a relation, and so is "left" or "above" by itself. */
  #saysRelation(at: number, hasOf: boolean): boolean {
    const { relation, position } = this.#meaningAt(at)!;
    const isPlace = this.#words[at - 1] === 'the' && !hasOf;
    return relation !== undefined && !(position && isPlace);
  }
}

function buildLexicon(): ReadonlyMap<string, Meaning> {
  const lexicon = new Map<string, Meaning>();
  const add = (words: readonly string[], meaning: Meaning) => {
    for (const word of words) lexicon.set(word, { ...lexicon.get(word), ...meaning });
  };
  for (const object of OBJECTS) add(wordsFor(object), { object });
  for (const colour of COLOUR_NAMES) add(wordsFor(colour), { colour });
  for (const size of SIZE_NAMES) add(wordsFor(size), { size });
  for (const background of BACKGROUND_NAMES) add(wordsFor(background), { background });
  for (const relation of RELATIONS) add(wordsFor(relation), { relation });
  for (const position of POSITIONS) add([position], { position });
  return lexicon;
}

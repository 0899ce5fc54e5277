/**
 * @file Our own thesaurus of the words that captions and image prompts are made of: what may stand for a word, and what one
 * would push away from. A general dictionary knows neither which sibling a painter would think of nor which synonym is current.
 *
 * The tables are text. `@noun animal < animal, creature` begins a group of one part of speech; what stands behind `<` is the
 * broader word of all its entries. Each further line is an entry: `cat, feline, ~kitten ! dog, rabbit` gives *cat* the
 * synonym *feline*, the near synonym *kitten* and the contrasts *dog* and *rabbit*, the best first. `luggage*` is a mass noun
 * and `trousers^` has no singular: both stay as they are in the place of a plural.
 */

import type { PartOfSpeech } from '../wordnet.ts';
import { ACTION_VERBS } from './action-verbs.ts';
import { ADVERBS } from './adverbs.ts';
import { EXPRESSION_VERBS } from './expression-verbs.ts';
import { FURTHER_NOUNS } from './further-nouns.ts';
import { HOUSE_NOUNS } from './house-nouns.ts';
import { IMPRESSION_ADJECTIVES } from './impression-adjectives.ts';
import { LIVING_NOUNS } from './living-nouns.ts';
import { MATTER_NOUNS } from './matter-nouns.ts';
import { PEOPLE_NOUNS } from './people-nouns.ts';
import { PLACE_NOUNS } from './place-nouns.ts';
import { RARER_NOUNS } from './rarer-nouns.ts';
import { TOOL_NOUNS } from './tool-nouns.ts';
import { VISUAL_ADJECTIVES } from './visual-adjectives.ts';

/** Prepositions, numbers and their like are a class of their own. */
export type ThesaurusPos = PartOfSpeech | 'closed';

/** A line of the tables, or what another word of that line says. */
export interface ThesaurusEntry {
  readonly pos: ThesaurusPos;
  /** The group's name, which says which sense is meant. */
  readonly group: string;
  readonly head: string;
  readonly synonyms: readonly string[];
  /** Narrower, of another tone, or only probably the same picture. */
  readonly near: readonly string[];
  readonly broader: readonly string[];
  readonly contrasts: readonly string[];
  /** The heads of all entries of the group, its own among them; one list for all, because groups are large. */
  readonly groupHeads: readonly string[];
}

/** How the looked-up word stands in an entry: as its head, or as one of its synonyms. */
export interface ThesaurusFinding {
  readonly entry: ThesaurusEntry;
  readonly role: 'head' | 'synonym' | 'near';
}

const TABLES = [
  LIVING_NOUNS,
  PLACE_NOUNS,
  PEOPLE_NOUNS,
  HOUSE_NOUNS,
  TOOL_NOUNS,
  MATTER_NOUNS,
  FURTHER_NOUNS,
  RARER_NOUNS,
  ACTION_VERBS,
  EXPRESSION_VERBS,
  VISUAL_ADJECTIVES,
  IMPRESSION_ADJECTIVES,
  ADVERBS,
];

const ROLES = ['head', 'synonym', 'near'] as const;

function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A word without its marks. */
function bare(word: string): string {
  const start = word.startsWith('~') ? 1 : 0;
  return word.endsWith('*') || word.endsWith('^') ? word.slice(start, -1) : word.slice(start);
}

/** A line that has not been read yet: most lines never are. */
interface Line {
  readonly pos: ThesaurusPos;
  readonly group: string;
  readonly broader: string;
  readonly text: string;
  readonly groupHeads: readonly string[];
}

interface Place {
  readonly line: Line;
  readonly role: ThesaurusFinding['role'];
}

/** The tables as an index of words. */
export class Thesaurus {
  readonly #places = new Map<string, Place[]>();
  readonly #entries = new Map<Line, ThesaurusEntry>();
  readonly #unbent: ReadonlySet<string>;

  constructor(tables: readonly string[] = TABLES) {
    for (const table of tables) for (const group of table.split('\n@').slice(1)) this.#addGroup(group);
    const marked = tables.flatMap((table) => table.match(/[a-zé0-9][a-zé0-9' -]*(?=[*^])/g) ?? []);
    this.#unbent = new Set(marked);
  }

  /** The entries that hold `lemma`: those that it heads first, then those that it is a synonym in. */
  find(lemma: string, pos: ThesaurusPos): readonly ThesaurusFinding[] {
    const places = this.#places.get(`${pos} ${lemma}`) ?? [];
    return ROLES.flatMap((role) => places.filter((place) => place.role === role)).map(({ line, role }) => {
      const entry = this.#entries.get(line) ?? entryOf(line);
      this.#entries.set(line, entry);
      return { entry, role };
    });
  }

  /** Whether `noun` stays as it is in the place of a plural. */
  isUnbent(noun: string): boolean {
    return this.#unbent.has(noun);
  }

  #addGroup(text: string): void {
    const [title, ...lines] = text.trim().split('\n');
    const [name, broader = ''] = title.split('<');
    const space = name.indexOf(' ');
    const pos = name.slice(0, space) as ThesaurusPos;
    const group = name.slice(space).trim();
    const groupHeads: string[] = [];
    for (const line of lines) {
      if (line === '') continue;
      const words = list(line.split('!')[0]);
      groupHeads.push(bare(words[0]));
      const place = { pos, group, broader, text: line, groupHeads };
      words.forEach((word, index) => {
        const synonym = word.startsWith('~') ? 'near' : 'synonym';
        this.#add(pos, bare(word), { line: place, role: index === 0 ? 'head' : synonym });
      });
    }
  }

  #add(pos: ThesaurusPos, word: string, place: Place): void {
    const key = `${pos} ${word}`;
    const places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, [place]);
    else places.push(place);
  }
}

function entryOf({ pos, group, broader, text, groupHeads }: Line): ThesaurusEntry {
  const [words, contrasts = []] = text.split('!').map(list);
  const near = words.filter((word) => word.startsWith('~')).map(bare);
  const [head, ...synonyms] = words.filter((word) => !word.startsWith('~')).map(bare);
  const own = [head, ...synonyms, ...near];
  return {
    pos,
    group,
    head,
    synonyms,
    near,
    broader: list(broader).filter((word) => !own.includes(word)),
    contrasts: contrasts.map(bare),
    groupHeads,
  };
}

let shared: Thesaurus | undefined;

/** The thesaurus, indexed when it is first asked for. */
export function thesaurus(): Thesaurus {
  shared ??= new Thesaurus();
  return shared;
}

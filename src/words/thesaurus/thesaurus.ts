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
  /** The heads of the group's other entries. */
  readonly siblings: readonly string[];
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

const MARKS = /[*^]$/;

function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function bare(words: readonly string[]): string[] {
  return words.map((word) => word.replace(MARKS, ''));
}

/** The tables as an index of words. */
export class Thesaurus {
  readonly #findings = new Map<string, ThesaurusFinding[]>();
  readonly #unbent = new Set<string>();

  constructor(tables: readonly string[] = TABLES) {
    for (const table of tables) for (const group of table.split(/^@/m).slice(1)) this.#addGroup(group);
  }

  /** The entries that hold `lemma`: those that it heads first, then those that it is a synonym in. */
  find(lemma: string, pos: ThesaurusPos): readonly ThesaurusFinding[] {
    return this.#findings.get(`${pos} ${lemma}`) ?? [];
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
    const entries = lines.filter((line) => line.trim() !== '').map((line) => line.split('!').map(list));
    const heads = bare(entries.map(([words]) => words[0]));
    for (const [words, contrasts = []] of entries) {
      for (const word of [...words, ...contrasts].map((word) => word.replace(/^~/, ''))) {
        if (MARKS.test(word)) this.#unbent.add(word.replace(MARKS, ''));
      }
      const names = bare(words);
      const [head] = names;
      this.#addEntry({
        pos,
        group,
        head,
        synonyms: names.slice(1).filter((word) => !word.startsWith('~')),
        near: names.filter((word) => word.startsWith('~')).map((word) => word.slice(1)),
        broader: list(broader).filter((word) => !names.includes(word)),
        contrasts: bare(contrasts),
        siblings: heads.filter((other) => !names.includes(other) && !names.includes(`~${other}`)),
      });
    }
  }

  #addEntry(entry: ThesaurusEntry): void {
    this.#add(entry.head, { entry, role: 'head' });
    for (const word of entry.synonyms) this.#add(word, { entry, role: 'synonym' });
    for (const word of entry.near) this.#add(word, { entry, role: 'near' });
  }

  #add(word: string, finding: ThesaurusFinding): void {
    const key = `${finding.entry.pos} ${word}`;
    const found = this.#findings.get(key) ?? [];
    const rank = ['head', 'synonym', 'near'];
    const at = found.findIndex(({ role }) => rank.indexOf(role) > rank.indexOf(finding.role));
    found.splice(at < 0 ? found.length : at, 0, finding);
    this.#findings.set(key, found);
  }
}

let shared: Thesaurus | undefined;

/** The thesaurus, indexed when it is first asked for. */
export function thesaurus(): Thesaurus {
  shared ??= new Thesaurus();
  return shared;
}

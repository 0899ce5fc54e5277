import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closedClass } from '../closed-class-table.ts';
import { isStoppedTerm } from '../stop-list.ts';
import { candidatesOf } from './candidates.ts';
import { Thesaurus, type ThesaurusEntry, type ThesaurusPos, thesaurus } from './thesaurus.ts';

const FOLDER = new URL('./', import.meta.url);

/** Every entry of the tables, found by its head. */
function entries(): ThesaurusEntry[] {
  const files = readdirSync(FOLDER).filter((name) =>
    /-(?:nouns|verbs)\.ts$|(?:adjectives|adverbs)\.ts$/.test(name),
  );
  const text = files.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
  const found = new Set<ThesaurusEntry>();
  for (const group of text.split(/^@/m).slice(1)) {
    const [title, ...lines] = group.split('\n');
    const pos = title.split(' ')[0] as ThesaurusPos;
    for (const line of lines.filter((each) => each.includes(','))) {
      const head = line.split(/[,!]/)[0].trim().replace(/[*^]$/, '');
      for (const { entry, role } of thesaurus().find(head, pos)) if (role === 'head') found.add(entry);
    }
  }
  return [...found];
}

const ALL = entries();

describe('Thesaurus', () => {
  const small = new Thesaurus([
    `\n@noun animal < beast\ncat, feline, ~kitten ! dog, fox\ndog, hound ! cat\nkitten, ~cat ! puppy\n@noun thing\nluggage*, bags ! box\n`,
  ]);

  it('reads heads, synonyms, near synonyms, broader words, contrasts and siblings', () => {
    expect(small.find('cat', 'noun')[0]).toMatchObject({
      role: 'head',
      entry: {
        group: 'animal',
        synonyms: ['feline'],
        near: ['kitten'],
        broader: ['beast'],
        contrasts: ['dog', 'fox'],
        groupHeads: ['cat', 'dog', 'kitten'],
      },
    });
    expect(small.find('cat', 'verb')).toEqual([]);
    expect(small.isUnbent('luggage')).toBe(true);
    expect(small.isUnbent('bags')).toBe(false);
  });

  it('puts the entry that a word heads before those that it stands in', () => {
    expect(small.find('kitten', 'noun').map(({ entry, role }) => [entry.head, role])).toEqual([
      ['kitten', 'head'],
      ['cat', 'near'],
    ]);
  });

  it('ranks contrasts before siblings, and synonyms before near ones and the broader word', () => {
    const [finding] = small.find('cat', 'noun');
    expect(candidatesOf(finding, 'cat', 'improve').map(({ lemma }) => lemma)).toEqual(['dog', 'fox', 'dog']);
    expect(candidatesOf(finding, 'cat', 'attack').map(({ lemma, relation }) => [lemma, relation])).toEqual([
      ['feline', 'synonym'],
      ['kitten', 'similar'],
      ['beast', 'hypernym'],
    ]);
  });
});

describe('the tables', () => {
  it('hold thousands of words', () => {
    expect(ALL.length).toBeGreaterThan(2500);
  });

  it('contrast no word with itself or its synonyms', () => {
    const wrong = ALL.flatMap(({ head, synonyms, near, contrasts }) =>
      contrasts
        .filter((word) => [head, ...synonyms, ...near].includes(word))
        .map((word) => `${head}: ${word}`),
    );
    expect(wrong).toEqual([]);
  });

  it('repeat no word within an entry, and give each four contrasts or more', () => {
    for (const { head, synonyms, near, contrasts } of ALL) {
      const same = [head, ...synonyms, ...near];
      expect(new Set(same).size, head).toBe(same.length);
      expect(new Set(contrasts).size, head).toBe(contrasts.length);
      expect(contrasts.length, head).toBeGreaterThanOrEqual(4);
    }
  });

  it('hold plain words only: no mark is left', () => {
    for (const entry of ALL) {
      for (const word of [
        entry.head,
        ...entry.synonyms,
        ...entry.near,
        ...entry.broader,
        ...entry.contrasts,
      ]) {
        expect(word, entry.head).toMatch(/^[a-z0-9é][a-z0-9é' -]*$/);
      }
    }
  });

  it('offer nothing that must not be proposed', () => {
    const stopped = ALL.flatMap(({ contrasts, synonyms }) =>
      [...contrasts, ...synonyms].filter(isStoppedTerm),
    );
    // The stop list keeps these from being proposed, whatever a table says
    expect(stopped.length).toBeLessThan(25);
  });
});

describe('the closed class', () => {
  it.each([
    ['in front of', 'behind'],
    ['above', 'below'],
    ['to the left of', 'to the right of'],
    ['two', 'one'],
    ['without', 'with'],
    ['into', 'out of'],
    ['up', 'down'],
    ['inside', 'outside'],
    ['many', 'one'],
    ['first', 'last'],
  ])('contrasts %s with %s before all others', (word, opposite) => {
    const [{ entry }] = closedClass().find(word, 'closed');
    expect(entry.contrasts[0]).toBe(opposite);
  });
});

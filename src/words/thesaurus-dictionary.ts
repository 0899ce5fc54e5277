/** @file Our thesaurus as a dictionary. Words that it lacks borrow the entry of the broader word that WordNet has for them. */

import { sharedWords } from './context-overlap.ts';
import type { Dictionary } from './dictionary.ts';
import { inflect } from './inflection.ts';
import type { Task, WordChoice } from './prompt-space.ts';
import type { TermReading } from './term-reading.ts';
import { candidatesOf, type ThesaurusCandidate } from './thesaurus/candidates.ts';
import { type Thesaurus, type ThesaurusFinding, thesaurus } from './thesaurus/thesaurus.ts';
import type { PartOfSpeech } from './wordnet.ts';

/** Substitutes from the thesaurus; needs a reading. */
export class ThesaurusDictionary implements Dictionary {
  readonly name = 'thesaurus';
  readonly #thesaurus: Thesaurus;

  constructor(words: Thesaurus = thesaurus()) {
    this.#thesaurus = words;
  }

  substitutes(term: string, task: Task, reading?: TermReading): readonly WordChoice[] {
    if (reading === undefined) return [];
    const { lemma, pos } = reading;
    const findings = inContext(this.#thesaurus.find(lemma, pos), reading);
    const candidates =
      findings.length > 0
        ? findings.flatMap((finding) => candidatesOf(finding, lemma, task))
        : this.#ofAdjective(lemma, pos, task);
    return this.#choices(candidates, term, reading);
  }

  /** *gently* is to *roughly* as *gentle* is to *rough*. */
  #ofAdjective(adverb: string, pos: PartOfSpeech, task: Task): ThesaurusCandidate[] {
    if (pos !== 'adverb') return [];
    return adjectivesOf(adverb).flatMap((adjective) =>
      this.#thesaurus
        .find(adjective, 'adjective')
        .flatMap((finding) => candidatesOf(finding, adjective, task))
        .filter(({ lemma }) => /^[a-z]+$/.test(lemma))
        .map((candidate) => ({ ...candidate, lemma: adverbOf(candidate.lemma) }))
        .filter(({ lemma }) => lemma !== adverb),
    );
  }

  #choices(candidates: readonly ThesaurusCandidate[], term: string, reading: TermReading): WordChoice[] {
    const best = new Map<string, WordChoice>();
    for (const { lemma, relation, score, group } of candidates) {
      const text = this.#bent(lemma, reading);
      if (text === undefined || text === term || (best.get(text)?.score ?? 0) >= score) continue;
      const sense = `${reading.lemma}, ${group}`;
      best.set(text, { text, source: this.name, relation, sense, score });
    }
    return [...best.values()].sort((one, other) => other.score - one.score);
  }

  #bent(lemma: string, { pos, form }: TermReading): string | undefined {
    if (pos === 'noun' && form === 'plural' && this.#thesaurus.isUnbent(lemma)) return lemma;
    return inflect(lemma, pos, form);
  }
}

/** Of several entries that a word heads, the one that has most in common with the prompt comes first. */
function inContext(findings: readonly ThesaurusFinding[], { lemma, context }: TermReading) {
  const shared = ({ entry }: ThesaurusFinding) =>
    sharedWords(
      [entry.group, ...entry.synonyms, ...entry.near, ...entry.contrasts].join(' '),
      context,
      lemma,
    );
  const heads = findings.filter(({ role }) => role === 'head');
  if (heads.length < 2) return findings;
  const rest = findings.filter(({ role }) => role !== 'head').concat(heads);
  const [first] = [...heads].sort((one, other) => shared(other) - shared(one));
  return [
    first,
    ...rest.filter((finding) => finding !== first).map((finding) => ({ ...finding, role: 'near' as const })),
  ];
}

/** The adjectives that an adverb in -ly may come from. */
function adjectivesOf(adverb: string): string[] {
  if (!adverb.endsWith('ly')) return [];
  const stem = adverb.slice(0, -2);
  return [stem, stem.replace(/i$/, 'y'), `${stem}le`, stem.replace(/al$/, ''), `${stem}l`];
}

function adverbOf(adjective: string): string {
  if (/[^aeiou]y$/.test(adjective)) return `${adjective.slice(0, -1)}ily`;
  if (/[^aeiou]le$/.test(adjective)) return `${adjective.slice(0, -1)}y`;
  if (adjective.endsWith('ic')) return `${adjective}ally`;
  return adjective.endsWith('ll') ? `${adjective}y` : `${adjective}ly`;
}

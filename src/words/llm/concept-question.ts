/** @file The question for the key concepts of a prompt, in order of importance. */
import type { KeyConcept } from '../key-concept.ts';
import { type TextRange, touches } from '../text-range.ts';
import type { ReplyFormat } from './chat.ts';
import type { Question, Reading } from './question.ts';
import { conceptQuestionText } from './question-templates.ts';
import { CONCEPTS_SCHEMA, readConcepts } from './read-concepts.ts';
import { TermPlaces } from './term-places.ts';

const ARTICLE = /^(?:an?|the|some)\s+/i;
const MAX_NAMED = 8;

export class ConceptQuestion implements Question<readonly string[]> {
  readonly kind = 'concepts';
  readonly schema = CONCEPTS_SCHEMA;
  readonly #prompt: string;
  readonly #places: TermPlaces;

  constructor(prompt: string) {
    this.#prompt = prompt;
    this.#places = new TermPlaces(prompt);
  }

  text(format: ReplyFormat): string {
    return conceptQuestionText(this.#prompt, format);
  }

  read(reply: string): Reading<readonly string[]> {
    return readConcepts(reply);
  }

  isUsable(answers: readonly (readonly string[])[]): boolean {
    return this.concepts(answers).length > 0;
  }

  complaint(answers: readonly (readonly string[])[]): string | undefined {
    if (this.isUsable(answers)) return undefined;
    const named = answers
      .flat()
      .slice(0, MAX_NAMED)
      .map((text) => JSON.stringify(text.slice(0, 60)));
    return `The paragraph does not have ${named.join(', ') || 'what you named'}. List concepts with the paragraph's own words, exactly as it spells them.`;
  }

  /** Those that stand in the prompt, each once, in the model's order. */
  concepts(answers: readonly (readonly string[])[]): KeyConcept[] {
    const taken: TextRange[] = [];
    return answers.flat().flatMap((text) => {
      const wanted = this.#places.of(text.trim().replace(ARTICLE, ''));
      const range = wanted.find((place) => !touches(taken, place));
      if (range === undefined) return [];
      taken.push(range);
      return [{ text: this.#prompt.slice(range.start, range.end), start: range.start }];
    });
  }
}

/** @file The question for sentences that describe pictures: the paper's instructions (appendix G.1), to make prompts of the answers. */
import type { ReplyFormat } from './chat.ts';
import type { Question, Reading } from './question.ts';
import { readTextList, textListSchema, withoutBullet } from './read-text-list.ts';

/** Part of the cache's key: a change of the questions needs another. */
export const SENTENCE_TEMPLATE_VERSION = 'sentences/1';

/** Word for word, "photoes" included; N is the number of sentences. */
export const SENTENCE_INSTRUCTIONS = [
  'Generate N diverse sentences describing photoes/pictures/images',
  'Generate N diverse sentences describing images with length around 10',
  'Generate N diverse sentences describing images with length around 20',
  'Generate N diverse sentences describing images using simple words',
  'Generate N diverse sentences describing images using fancy words',
] as const;

const MAX_SENTENCES = 500;

export class SentenceQuestion implements Question<readonly string[]> {
  readonly kind = 'sentences';
  readonly schema = textListSchema('sentences');
  readonly #instruction: string;

  /** @param count sentences to ask for, from 1 */
  constructor(instruction: string, count: number) {
    this.#instruction = instruction.replace('N', String(count));
  }

  text(format: ReplyFormat): string {
    const how =
      format === 'plain'
        ? 'Write one sentence a line, and nothing else.'
        : 'Answer with JSON and nothing else: {"sentences": ["…", "…"]}';
    return `${this.#instruction}.\n${how}`;
  }

  read(reply: string): Reading<readonly string[]> {
    const reading = readTextList(reply, { field: 'sentences', maxTexts: MAX_SENTENCES, bare });
    if (reading.problem !== undefined || reading.value.some((text) => text.trim() !== '')) return reading;
    return { problem: 'it had no sentences' };
  }

  /** Every answer that can be read will do; fewer sentences than asked for are asked for again in the next question. */
  complaint(): undefined {
    return undefined;
  }

  isUsable(answers: readonly (readonly string[])[]): boolean {
    return answers.flat().length > 0;
  }
}

/** Without number, bullet and quotation marks; a line that ends in a colon only introduces the list. */
function bare(line: string): string {
  const text = withoutBullet(line)
    .trim()
    .replace(/^["“”](.*)["“”]$/, '$1');
  return text.endsWith(':') || text.startsWith('```') ? '' : text;
}

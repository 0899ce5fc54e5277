/**
 * @file A prompt with the places of its words open, as pieces that the tokenizer reads apart from one another. A piece may hold several
 * slots: words that touch (`cat-like`), an article and the word that it has to suit. So every combination of choices has the tokens of
 * the prompt that it stands for.
 */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { PromptPiece } from '../diffusion/prompt-template.ts';
import type { Replacement } from '../words/render-prompt.ts';
import { substitutedPrompt } from '../words/render-prompt.ts';

/** A word of the prompt and what may stand there, itself first. */
export interface OpenWord {
  readonly text: string;
  readonly start: number;
  readonly choices: readonly string[];
}

/** Combinations of one piece. Beyond that, neighbours are read apart; only where they do touch may a combination's tokens differ. */
const MAX_COMBINATIONS = 1024;

/** A stretch of the prompt and the slots in it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly words: readonly OpenWord[];
  /** Every text that may stand there, the last slot varying fastest. */
  readonly texts: readonly string[];
}

/** Ends in *a* or *an*, which the word after it may change. */
const ENDS_IN_ARTICLE = /(?<![\p{L}\p{N}'’-])an?$/iu;
/** The end of a text whose reading may depend on a letter that follows: a contraction (`'s`), or what makes an `a` no article. */
const LEANS_ON_LETTER = /[\p{N}'’-]$/u;

/** @param words in the order of the prompt, apart from each other */
export function positivePieces(
  prompt: string,
  words: readonly OpenWord[],
  tokenizer: ClipTokenizer,
): PromptPiece[] {
  const reader = new Reader(prompt, tokenizer);
  return piecesOf(reader.joined(stretchesOf(prompt, words)), reader);
}

/** Slots, and the fixed text between them cut at its spaces. */
function stretchesOf(prompt: string, words: readonly OpenWord[]): Stretch[] {
  const stretches: Stretch[] = [];
  let position = 0;
  const addFixed = (until: number) => {
    for (const { 0: text, index } of prompt.slice(position, until).matchAll(/\S+/g)) {
      const start = position + index;
      stretches.push({ start, end: start + text.length, words: [], texts: [text] });
    }
  };
  for (const word of words) {
    addFixed(word.start);
    position = word.start + word.text.length;
    stretches.push(stretchOf(prompt, word.start, position, [word]));
  }
  addFixed(prompt.length);
  return stretches;
}

function stretchOf(prompt: string, start: number, end: number, words: readonly OpenWord[]): Stretch {
  const region = prompt.slice(start, end);
  const combinations = words.reduce<Replacement[][]>(
    (all, word) =>
      all.flatMap((chosen) => word.choices.map((text) => [...chosen, replacing(word, text, start)])),
    [[]],
  );
  return { start, end, words, texts: combinations.map((chosen) => substitutedPrompt(region, chosen)) };
}

function replacing({ text, start }: OpenWord, replacement: string, from: number): Replacement {
  return { text, start: start - from, replacement };
}

/** Fixed text in one piece, however many stretches it has. */
function piecesOf(stretches: readonly Stretch[], reader: Reader): PromptPiece[] {
  const pieces: PromptPiece[] = [];
  let fixed: number[] = [];
  for (const { words, texts } of stretches) {
    const tokens = texts.map((text) => reader.tokens(text));
    if (words.length === 0) {
      fixed = [...fixed, ...tokens[0]];
      continue;
    }
    pieces.push({ kind: 'text', tokens: fixed }, pieceOf(words, tokens));
    fixed = [];
  }
  return [...pieces, { kind: 'text', tokens: fixed }];
}

function pieceOf(words: readonly OpenWord[], choices: readonly number[][]): PromptPiece {
  if (words.length === 1) return { kind: 'slot', choices };
  return { kind: 'group', sizes: words.map((word) => word.choices.length), choices };
}

/** Knows which stretches have to be read together. */
class Reader {
  readonly #prompt: string;
  readonly #tokenizer: ClipTokenizer;
  readonly #known = new Map<string, readonly number[]>();

  constructor(prompt: string, tokenizer: ClipTokenizer) {
    this.#prompt = prompt;
    this.#tokenizer = tokenizer;
  }

  tokens(text: string): number[] {
    const tokens = this.#known.get(text) ?? this.#tokenizer.encode(text);
    this.#known.set(text, tokens);
    return [...tokens];
  }

  /** What joins two stretches may join the result to a third, so it goes on until nothing changes. */
  joined(stretches: readonly Stretch[]): readonly Stretch[] {
    const result: Stretch[] = [];
    for (const stretch of stretches) {
      const last = result.at(-1);
      if (last && this.#belongTogether(last, stretch)) result[result.length - 1] = this.#join(last, stretch);
      else result.push(stretch);
    }
    return result.length === stretches.length ? result : this.joined(result);
  }

  #join(left: Stretch, right: Stretch): Stretch {
    return stretchOf(this.#prompt, left.start, right.end, [...left.words, ...right.words]);
  }

  #belongTogether(left: Stretch, right: Stretch): boolean {
    if (left.texts.length * right.texts.length > MAX_COMBINATIONS) return false;
    if (left.end < right.start) return isMended(left, right);
    return left.texts.some((before) => right.texts.some((after) => this.#isReadTogether(before, after)));
  }

  /** Texts that touch: whether their tokens differ from those of the two apart, or a longer one's might. */
  #isReadTogether(before: string, after: string): boolean {
    if (LEANS_ON_LETTER.test(before) && /^\p{L}/u.test(after)) return true;
    const together = this.tokens(before + after);
    const apart = [...this.tokens(before), ...this.tokens(after)];
    return together.length !== apart.length || together.some((token, i) => token !== apart[i]);
  }
}

/** Whether a word may change the article before it. */
function isMended(left: Stretch, right: Stretch): boolean {
  const beginsOpen = right.words[0]?.start === right.start;
  return beginsOpen && left.texts.some((text) => ENDS_IN_ARTICLE.test(text));
}

/** @file Where the next token of an uncertain prompt is written, and how a piece of the prompt moves that place along. */
import type { PromptPiece, PromptTemplate } from './prompt-template.ts';

/** What was written so far: nothing but the start token; something, so a separator is due; something with an end token in it. */
export const STATES = ['empty', 'filled', 'ended'] as const;

export type State = (typeof STATES)[number];

/** How likely each position is the next to be written, in each state. */
export type Cursor = Readonly<Record<State, Float64Array>>;

/** The tokens that can occur, numbered. */
export interface TokenColumns {
  /** Token ids by column. */
  readonly tokens: Int32Array;
  /** The column of an id among them. */
  readonly of: (token: number) => number;
}

/** One way a piece can continue from one state: with which tokens, ending in which state. */
export interface Continuation {
  readonly choice: number;
  readonly from: State;
  /** The state after it, unless an end token is written on the way. */
  readonly to: State;
  readonly columns: readonly number[];
  /** Where in `columns` the first end token is (a prompt may spell it); undefined where there is none, or one came before. */
  readonly endIndex: number | undefined;
}

/** Columns for every token of a template. */
export function columnsOf({ pieces, separator, special }: PromptTemplate): TokenColumns {
  const words = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.tokens : piece.choices.flat()));
  const tokens = Int32Array.from(new Set([special.bos, special.eos, special.pad, ...separator, ...words]));
  const columns = new Map([...tokens].map((token, column) => [token, column]));
  return { tokens, of: (token) => columns.get(token)! };
}

/** Every way that `piece` can continue: a separator comes only between two things that are there. */
export function continuationsOf(
  piece: PromptPiece,
  { separator, special }: PromptTemplate,
  columns: TokenColumns,
): Continuation[] {
  const choices = piece.kind === 'text' ? [piece.tokens] : piece.choices;
  return choices.flatMap((words, choice) =>
    STATES.map((from): Continuation => {
      if (words.length === 0) return { choice, from, to: from, columns: [], endIndex: undefined };
      const tokens = from === 'empty' ? words : [...separator, ...words];
      const end = from === 'ended' ? -1 : tokens.indexOf(special.eos);
      return {
        choice,
        from,
        to: from === 'ended' ? 'ended' : 'filled',
        columns: tokens.map(columns.of),
        endIndex: end < 0 ? undefined : end,
      };
    }),
  );
}

/** Tokens beyond the last place before the end token fall off, as the tokenizer cuts them. */
export function visitTokens(
  position: number,
  columns: readonly number[],
  length: number,
  visit: (position: number, column: number) => void,
): void {
  const room = Math.min(columns.length, length - 1 - position);
  for (let index = 0; index < room; index++) visit(position + index, columns[index]);
}

/** The position of the first end token that a continuation from `position` writes; undefined where it writes none. */
export function endWithin(position: number, { endIndex }: Continuation, length: number): number | undefined {
  return endIndex !== undefined && position + endIndex < length - 1 ? position + endIndex : undefined;
}

/** The position after `count` tokens. */
export function advance(position: number, count: number, length: number): number {
  return Math.min(position + count, length - 1);
}

/** A place that is nowhere yet. */
export function emptyCursor(length: number): Cursor {
  return {
    empty: new Float64Array(length),
    filled: new Float64Array(length),
    ended: new Float64Array(length),
  };
}

/** Position 0 holds the start token, so writing begins at 1. */
export function startCursor(length: number): Cursor {
  const cursor = emptyCursor(length);
  cursor.empty[1] = 1;
  return cursor;
}

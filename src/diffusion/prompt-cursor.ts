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

/** One way a piece can continue from one place. */
export interface Move {
  readonly choice: number;
  readonly from: State;
  readonly position: number;
  /** The tokens that it writes from there on; what finds no room before the end token falls off, as the tokenizer cuts it. */
  readonly columns: readonly number[];
  /** The position of the first end token of the prompt (a prompt may spell it), where this move writes it. */
  readonly end: number | undefined;
  readonly to: State;
  readonly nextPosition: number;
}

interface Continuation {
  readonly choice: number;
  readonly from: State;
  readonly columns: readonly number[];
  /** Where in `columns` the prompt's first end token is; −1 where it is not among them. */
  readonly endIndex: number;
}

/** Columns for every token of a template. */
export function columnsOf({ pieces, separator, special }: PromptTemplate): TokenColumns {
  const words = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.tokens : piece.choices.flat()));
  const tokens = Int32Array.from(new Set([special.bos, special.eos, special.pad, ...separator, ...words]));
  const columns = new Map([...tokens].map((token, column) => [token, column]));
  return { tokens, of: (token) => columns.get(token)! };
}

/**
 * Every way that `piece` can continue, from every place.
 * @param start where the cursor may be; without it, anywhere
 */
export function* movesOf(
  piece: PromptPiece,
  template: PromptTemplate,
  columns: TokenColumns,
  start?: Cursor,
): Generator<Move> {
  for (const continuation of continuationsOf(piece, template, columns)) {
    for (let position = 1; position < template.length; position++) {
      if (start?.[continuation.from][position] === 0) continue;
      yield moveAt(position, continuation, template.length - 1);
    }
  }
}

/** @param last the last position, which is kept for the end token */
function moveAt(
  position: number,
  { choice, from, columns: written, endIndex }: Continuation,
  last: number,
): Move {
  const end = endIndex >= 0 && position + endIndex < last ? position + endIndex : undefined;
  const unended = from === 'empty' && written.length > 0 ? 'filled' : from;
  return {
    ...{ choice, from, position, end },
    columns: written.slice(0, last - position),
    to: end === undefined ? unended : 'ended',
    nextPosition: Math.min(position + written.length, last),
  };
}

/** A separator comes only between two things that are there. */
function continuationsOf(
  piece: PromptPiece,
  { separator, special }: PromptTemplate,
  columns: TokenColumns,
): Continuation[] {
  const choices = piece.kind === 'text' ? [piece.tokens] : piece.choices;
  return choices.flatMap((words, choice) =>
    STATES.map((from): Continuation => {
      const tokens = from === 'empty' || words.length === 0 ? words : [...separator, ...words];
      const endIndex = from === 'ended' ? -1 : tokens.indexOf(special.eos);
      return { choice, from, columns: tokens.map(columns.of), endIndex };
    }),
  );
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

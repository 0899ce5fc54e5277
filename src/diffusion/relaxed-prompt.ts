/**
 * @file A prompt whose words are uncertain: which token stands at which position, on average.
 * Paper, formula (7): the embedding of a slot is the mean of its words' embeddings. Words here may be several tokens long, or nothing
 * at all, so what follows a slot stands at an uncertain position too. We carry the distribution of the position along and mix tokens
 * over positions; where every slot is certain, the mixture is exactly the discrete prompt, whatever the words' lengths.
 */
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import {
  type Cursor,
  columnsOf,
  emptyCursor,
  type Move,
  movesOf,
  startCursor,
  type TokenColumns,
} from './prompt-cursor.ts';
import type { PromptPiece, PromptTemplate } from './prompt-template.ts';
import { combinationWeights, rowGradients } from './slot-group.ts';

/** Probabilities of each slot's choices, slot by slot. */
export type ChoiceProbabilities = readonly (readonly number[] | Float64Array)[];

export interface RelaxedPromptOptions {
  /**
   * Whether a prompt without any word is no prompt at all, as SDXL takes it. The mixture is then that of the prompts with words, and
   * `presence` says how likely there are any. @default false
   */
  readonly emptyIsNone?: boolean;
}

/** An uncertain prompt, before any embedding. */
export interface UncertainTokens {
  /** How likely each token stands at each position: `[length, tokens]`, rows adding up to 1. */
  readonly mixture: FloatTensor;
  /**
   * How likely each position holds the end token, the first if there are several: `[length]`, adding up to 1. The mixture does not say
   * it, since a short prompt may be filled up with the same token.
   */
  readonly end: FloatTensor;
  /** How likely the prompt is one at all: 1, unless an empty prompt is none. */
  readonly presence: number;
}

/** Gradient with respect to an uncertain prompt; what is left out is zero. */
export interface UncertainTokensGradient {
  readonly mixture: Float32Array;
  readonly end?: Float32Array;
  readonly presence?: number;
}

/** The same gradient, per unit of weight written, and what reaching the end is worth by itself. */
interface WrittenValues {
  readonly token: (position: number, column: number) => number;
  readonly end: (position: number) => number;
  readonly ending: number;
}

interface Writer {
  readonly token: (position: number, column: number, weight: number) => void;
  readonly end: (position: number, weight: number) => void;
}

const NOWHERE: Writer = { token: () => {}, end: () => {} };

/** The relaxation of one template; mixes and differentiates. */
export class RelaxedPrompt {
  /** Token ids that can occur, the columns of the mixture. */
  readonly tokens: Int32Array;
  /** Whether a prompt without any word is no prompt at all. */
  readonly emptyIsNone: boolean;
  readonly #template: PromptTemplate;
  readonly #columns: TokenColumns;

  constructor(template: PromptTemplate, { emptyIsNone = false }: RelaxedPromptOptions = {}) {
    this.#template = template;
    this.#columns = columnsOf(template);
    this.tokens = this.#columns.tokens;
    this.emptyIsNone = emptyIsNone;
  }

  /** The prompt at these probabilities. */
  mix(probabilities: ChoiceProbabilities): UncertainTokens {
    const { length } = this.#template;
    const width = this.tokens.length;
    const [mixture, end] = [new Float64Array(length * width), new Float64Array(length)];
    const writer: Writer = {
      token: (position, column, weight) => {
        mixture[position * width + column] += weight;
      },
      end: (position, weight) => {
        end[position] += weight;
      },
    };
    const last = this.#walk(probabilities, writer).at(-1)!;
    const presence = this.#presence(last);
    this.#finish(this.#isNone(presence) ? { ...last, empty: new Float64Array(length) } : last, writer);
    const share = this.#isNone(presence) ? 1 / presence : 1;
    // Every prompt has its start token, so that row is a constant.
    const scaled = mixture.map((weight, i) => (i < width ? weight : share * weight));
    return {
      mixture: floatTensor([length, width], Float32Array.from(scaled)),
      end: floatTensor(
        [length],
        Float32Array.from(end, (weight) => share * weight),
      ),
      presence,
    };
  }

  /** Gradient with respect to the probabilities; zero where the prompt is certain to be none. */
  transpose(probabilities: ChoiceProbabilities, gradient: UncertainTokensGradient): Float64Array[] {
    const cursors = this.#walk(probabilities, NOWHERE);
    const presence = this.#presence(cursors.at(-1)!);
    if (presence === 0) return probabilities.map((row) => new Float64Array(row.length));
    const values = this.#valuesOf(probabilities, gradient, presence);
    let after = this.#finishTranspose(values);
    const gradients: Float64Array[] = [];
    for (let index = this.#template.pieces.length - 1; index >= 0; index--) {
      const piece = this.#template.pieces[index];
      const weights = this.#weightsAt(index, probabilities);
      const step = this.#pieceTranspose(piece, weights, cursors[index], after, values);
      gradients.unshift(...rowGradients(this.#rowsAt(index, probabilities), step.gradient));
      after = step.before;
    }
    return gradients;
  }

  /** Whether prompts without words are left out, so that what is written has to be divided by the weight of the others. */
  #isNone(presence: number): boolean {
    return this.emptyIsNone && presence > 0;
  }

  #presence(last: Cursor): number {
    if (!this.emptyIsNone) return 1;
    return [...last.filled, ...last.ended].reduce((sum, weight) => sum + weight, 0);
  }

  /** With prompts left out, `mixture = written / presence`, so more weight of any prompt takes from the share of all others. */
  #valuesOf(
    probabilities: ChoiceProbabilities,
    { mixture, end, presence: toPresence = 0 }: UncertainTokensGradient,
    presence: number,
  ): WrittenValues {
    const width = this.tokens.length;
    const share = this.emptyIsNone ? 1 / presence : 1;
    const token = (position: number, column: number) => share * mixture[position * width + column];
    const endAt = (position: number) => (end ? share * end[position] : 0);
    if (!this.emptyIsNone) return { token, end: endAt, ending: 0 };
    const mixed = this.mix(probabilities);
    const afterStart = (sum: number, value: number, i: number) =>
      i < width ? sum : sum + value * share * mixture[i];
    const byToken = mixed.mixture.data.reduce<number>(afterStart, 0);
    const byEnd = mixed.end.data.reduce<number>((sum, value, position) => sum + value * endAt(position), 0);
    return { token, end: endAt, ending: toPresence - byToken - byEnd };
  }

  /** The cursor before each piece and after the last; `writer` is told each weighted token. */
  #walk(probabilities: ChoiceProbabilities, writer: Writer): Cursor[] {
    const { length, pieces, special } = this.#template;
    writer.token(0, this.#columns.of(special.bos), 1);
    const cursors = [startCursor(length)];
    for (const [index, piece] of pieces.entries())
      cursors.push(this.#write(piece, this.#weightsAt(index, probabilities), cursors[index], writer));
    return cursors;
  }

  /** The cursor after a piece. */
  #write(piece: PromptPiece, weights: ArrayLike<number>, before: Cursor, writer: Writer): Cursor {
    const after = emptyCursor(this.#template.length);
    for (const { choice, from, position, columns, end, to, nextPosition } of this.#moves(piece, before)) {
      const weight = before[from][position] * weights[choice];
      if (weight === 0) continue;
      for (const [i, column] of columns.entries()) writer.token(position + i, column, weight);
      if (end !== undefined) writer.end(end, weight);
      after[to][nextPosition] += weight;
    }
    return after;
  }

  #pieceTranspose(
    piece: PromptPiece,
    weights: ArrayLike<number>,
    cursor: Cursor,
    after: Cursor,
    values: WrittenValues,
  ): { before: Cursor; gradient: Float64Array } {
    const before = emptyCursor(this.#template.length);
    const gradient = new Float64Array(weights.length);
    for (const { choice, from, position, columns, end, to, nextPosition } of this.#moves(piece)) {
      let value = after[to][nextPosition] + (end === undefined ? 0 : values.end(end));
      for (const [i, column] of columns.entries()) value += values.token(position + i, column);
      before[from][position] += weights[choice] * value;
      gradient[choice] += cursor[from][position] * value;
    }
    return { before, gradient };
  }

  /** The end token where the cursor stands, and padding after it. */
  #finish(cursor: Cursor, writer: Writer): void {
    const { special, length } = this.#template;
    const [eos, pad] = [this.#columns.of(special.eos), this.#columns.of(special.pad)];
    for (let position = 1; position < length; position++) {
      const unended = cursor.empty[position] + cursor.filled[position];
      const weight = unended + cursor.ended[position];
      if (weight === 0) continue;
      writer.token(position, eos, weight);
      writer.end(position, unended);
      for (let rest = position + 1; rest < length; rest++) writer.token(rest, pad, weight);
    }
  }

  #finishTranspose({ token, end, ending }: WrittenValues): Cursor {
    const { special, length } = this.#template;
    const [eos, pad] = [this.#columns.of(special.eos), this.#columns.of(special.pad)];
    const cursor = emptyCursor(length);
    let padding = 0;
    for (let position = length - 1; position >= 1; position--) {
      cursor.ended[position] = token(position, eos) + padding + ending;
      cursor.filled[position] = cursor.ended[position] + end(position);
      cursor.empty[position] = this.emptyIsNone ? 0 : cursor.filled[position];
      padding += token(position, pad);
    }
    return cursor;
  }

  #moves(piece: PromptPiece, start?: Cursor): Iterable<Move> {
    return movesOf(piece, this.#template, this.#columns, start);
  }

  /** Of the choices of a piece, in a group of their combinations; fixed text has one. */
  #weightsAt(pieceIndex: number, probabilities: ChoiceProbabilities): ArrayLike<number> {
    return combinationWeights(this.#rowsAt(pieceIndex, probabilities));
  }

  /** The slots of a piece. */
  #rowsAt(pieceIndex: number, probabilities: ChoiceProbabilities): ChoiceProbabilities {
    const { pieces } = this.#template;
    const first = pieces.slice(0, pieceIndex).reduce((sum, piece) => sum + slotsIn(piece), 0);
    return probabilities.slice(first, first + slotsIn(pieces[pieceIndex]));
  }
}

function slotsIn(piece: PromptPiece): number {
  if (piece.kind === 'group') return piece.sizes.length;
  return piece.kind === 'slot' ? 1 : 0;
}

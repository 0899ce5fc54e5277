/**
 * @file A prompt whose words are uncertain: which token stands at which position, on average.
 * Paper, formula (7): the embedding of a slot is the mean of its words' embeddings. Words here may be several tokens long, or nothing
 * at all, so what follows a slot stands at an uncertain position too. We carry the distribution of the position along and mix tokens
 * over positions; where every slot is certain, the mixture is exactly the discrete prompt, whatever the words' lengths.
 */
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';

/** Tokens of one choice; `[]` is no word at all. */
export type ChoiceTokens = readonly number[];

export type PromptPiece =
  /** Words that stay as they are. */
  | { readonly kind: 'text'; readonly tokens: readonly number[] }
  /** A slot; its words come in the order of the search space's choices. */
  | { readonly kind: 'slot'; readonly choices: readonly ChoiceTokens[] };

/** The prompt as pieces, slots in the order of the search space. */
export interface PromptTemplate {
  readonly pieces: readonly PromptPiece[];
  /** Tokens between two pieces that are both present (the comma of a negative prompt); `[]` where pieces just follow one another. */
  readonly separator: readonly number[];
  readonly special: { readonly bos: number; readonly eos: number; readonly pad: number };
  /** Length of the text encoder's context, 77 for Stable Diffusion. */
  readonly length: number;
}

/** Probabilities of each slot's choices, slot by slot. */
type Probabilities = readonly (readonly number[] | Float64Array)[];

/** How likely each position is the next to be written, before and after something was written. */
interface Cursor {
  /** Nothing but the beginning was written. */
  readonly empty: Float64Array;
  /** Something was written, so a separator is due. */
  readonly filled: Float64Array;
}

/** One way a piece can continue from one state: with which tokens, ending in which state. */
interface Continuation {
  readonly choice: number;
  readonly from: keyof Cursor;
  readonly to: keyof Cursor;
  readonly columns: readonly number[];
}

/** The relaxation of one template; mixes and differentiates. */
export class RelaxedPrompt {
  /** Token ids that can occur, the columns of the mixture. */
  readonly tokens: Int32Array;
  readonly #template: PromptTemplate;
  readonly #columnOf: ReadonlyMap<number, number>;

  constructor(template: PromptTemplate) {
    this.#template = template;
    const { bos, eos, pad } = template.special;
    const words = template.pieces.flatMap((piece) =>
      piece.kind === 'text' ? piece.tokens : piece.choices.flat(),
    );
    this.tokens = Int32Array.from(new Set([bos, eos, pad, ...template.separator, ...words]));
    this.#columnOf = new Map([...this.tokens].map((token, column) => [token, column]));
  }

  /** How likely each token stands at each position: `[length, tokens]`, rows adding up to 1. */
  mixture(probabilities: Probabilities): FloatTensor {
    const { length } = this.#template;
    const mixture = new Float64Array(length * this.tokens.length);
    const write = (position: number, column: number, weight: number) => {
      mixture[position * this.tokens.length + column] += weight;
    };
    const cursors = this.#walk(probabilities, write);
    this.#finish(cursors.at(-1)!, write);
    return floatTensor([length, this.tokens.length], Float32Array.from(mixture));
  }

  /** Gradient with respect to the probabilities, given that with respect to the mixture `[length, tokens]`. */
  transpose(probabilities: Probabilities, cotangent: Float32Array): Float64Array[] {
    const at = (position: number, column: number) => cotangent[position * this.tokens.length + column];
    const cursors = this.#walk(probabilities, () => {});
    let after = this.#finishTranspose(at);
    const gradients: Float64Array[] = [];
    for (let index = this.#template.pieces.length - 1; index >= 0; index--) {
      const piece = this.#template.pieces[index];
      const weights = piece.kind === 'slot' ? probabilities[this.#slotAt(index)] : [1];
      const { before, gradient } = this.#pieceTranspose(piece, weights, cursors[index], after, at);
      if (piece.kind === 'slot') gradients.unshift(gradient);
      after = before;
    }
    return gradients;
  }

  /** The cursor before each piece and after the last; `write` is told each weighted token. */
  #walk(
    probabilities: Probabilities,
    write: (position: number, column: number, weight: number) => void,
  ): Cursor[] {
    const { length, pieces, special } = this.#template;
    write(0, this.#column(special.bos), 1);
    const cursors = [cursorAt(length)];
    pieces.forEach((piece, index) => {
      const weights = piece.kind === 'slot' ? probabilities[this.#slotAt(index)] : [1];
      const [before, after] = [cursors[index], emptyCursor(length)];
      for (const { choice, from, to, columns } of this.#continuations(piece)) {
        for (let position = 1; position < length; position++) {
          const weight = before[from][position] * weights[choice];
          if (weight === 0) continue;
          this.#tokensAt(position, columns, (at, column) => write(at, column, weight));
          after[to][this.#advance(position, columns.length)] += weight;
        }
      }
      cursors.push(after);
    });
    return cursors;
  }

  #pieceTranspose(
    piece: PromptPiece,
    weights: readonly number[] | Float64Array,
    cursor: Cursor,
    after: Cursor,
    at: (position: number, column: number) => number,
  ): { before: Cursor; gradient: Float64Array } {
    const before = emptyCursor(this.#template.length);
    const gradient = new Float64Array(weights.length);
    for (const { choice, from, to, columns } of this.#continuations(piece)) {
      for (let position = 1; position < this.#template.length; position++) {
        let value = after[to][this.#advance(position, columns.length)];
        this.#tokensAt(position, columns, (index, column) => {
          value += at(index, column);
        });
        before[from][position] += weights[choice] * value;
        gradient[choice] += cursor[from][position] * value;
      }
    }
    return { before, gradient };
  }

  /** Every way that `piece` can continue: a separator comes only between two things that are there. */
  #continuations(piece: PromptPiece): Continuation[] {
    const choices = piece.kind === 'text' ? [piece.tokens] : piece.choices;
    const columns = (tokens: readonly number[]) => tokens.map((token) => this.#column(token));
    return choices.flatMap((tokens, choice): Continuation[] => {
      if (tokens.length === 0) {
        return [
          { choice, from: 'empty', to: 'empty', columns: [] },
          { choice, from: 'filled', to: 'filled', columns: [] },
        ];
      }
      return [
        { choice, from: 'empty', to: 'filled', columns: columns(tokens) },
        { choice, from: 'filled', to: 'filled', columns: columns([...this.#template.separator, ...tokens]) },
      ];
    });
  }

  /** The end token where the cursor stands, and padding after it. */
  #finish(cursor: Cursor, write: (position: number, column: number, weight: number) => void): void {
    const { eos, pad } = this.#template.special;
    for (let position = 1; position < this.#template.length; position++) {
      const weight = cursor.empty[position] + cursor.filled[position];
      if (weight === 0) continue;
      write(position, this.#column(eos), weight);
      for (let rest = position + 1; rest < this.#template.length; rest++)
        write(rest, this.#column(pad), weight);
    }
  }

  #finishTranspose(at: (position: number, column: number) => number): Cursor {
    const { special, length } = this.#template;
    const [eos, pad] = [this.#column(special.eos), this.#column(special.pad)];
    const values = new Float64Array(length);
    let padding = 0;
    for (let position = length - 1; position >= 1; position--) {
      values[position] = at(position, eos) + padding;
      padding += at(position, pad);
    }
    return { empty: values, filled: values };
  }

  /** Tokens beyond the last place before the end token fall off, as the tokenizer cuts them. */
  #tokensAt(
    position: number,
    columns: readonly number[],
    visit: (position: number, column: number) => void,
  ): void {
    const room = Math.min(columns.length, this.#template.length - 1 - position);
    for (let index = 0; index < room; index++) visit(position + index, columns[index]);
  }

  #advance(position: number, count: number): number {
    return Math.min(position + count, this.#template.length - 1);
  }

  #column(token: number): number {
    return this.#columnOf.get(token)!;
  }

  #slotAt(pieceIndex: number): number {
    return this.#template.pieces.slice(0, pieceIndex).filter((piece) => piece.kind === 'slot').length;
  }
}

function emptyCursor(length: number): Cursor {
  return { empty: new Float64Array(length), filled: new Float64Array(length) };
}

/** Position 0 holds the start token, so writing begins at 1. */
function cursorAt(length: number): Cursor {
  const cursor = emptyCursor(length);
  cursor.empty[1] = 1;
  return cursor;
}

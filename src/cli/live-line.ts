/** @file One line of a terminal that is drawn over and over, with lasting lines printed above it. */

/** The part of a terminal's stream that is needed here. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Changes when the window does. */
  readonly columns?: number;
}

const ERASE_TO_END = '\u001b[K';
/** Drawing more often than this is seen as flicker. */
const MIN_SECONDS_BETWEEN_DRAWS = 0.08;

export class LiveLine {
  readonly #stream: TerminalStream;
  readonly #now: () => number;
  #shown = '';
  #lastDraw = Number.NEGATIVE_INFINITY;

  /** @param now a clock in seconds */
  constructor(stream: TerminalStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
  }

  /** Columns that a line may take: one fewer than there are, since the last one makes some terminals wrap. */
  get width(): number {
    return Math.max(1, (this.#stream.columns || 80) - 1);
  }

  /** Shows what `render` gives for the width, unless the last drawing was a moment ago. */
  draw(render: (width: number) => string): void {
    const now = this.#now();
    if (now - this.#lastDraw < MIN_SECONDS_BETWEEN_DRAWS) return;
    this.#lastDraw = now;
    this.#show(render(this.width));
  }

  /** Prints a lasting line above the live one. */
  print(line: string): void {
    this.#stream.write(`\r${ERASE_TO_END}${line}\n${this.#shown}`);
  }

  /** Takes the live line away. */
  clear(): void {
    if (this.#shown === '') return;
    this.#stream.write(`\r${ERASE_TO_END}`);
    this.#shown = '';
  }

  #show(line: string): void {
    if (line === this.#shown) return;
    // Written in one piece, new text over old, so that nothing blinks.
    this.#stream.write(`\r${line}${ERASE_TO_END}`);
    this.#shown = line;
  }
}

/** @file Several lines of a terminal that are drawn over and over, with lasting lines printed above them. */
import type { TerminalStream } from './live-line.ts';

const ERASE_TO_END = '\u001b[K';
const ERASE_BELOW = '\u001b[J';

export class LiveBlock {
  readonly #stream: TerminalStream;
  #shown: readonly string[] = [];

  constructor(stream: TerminalStream) {
    this.#stream = stream;
  }

  /** Shows `lines`, each cut to the terminal's width: one that wraps would be two when it is drawn over. */
  draw(lines: readonly string[]): void {
    const width = Math.max(1, (this.#stream.columns || 80) - 1);
    const cut = lines.map((line) => shortened(line, width));
    if (cut.join('\n') === this.#shown.join('\n')) return;
    this.#stream.write(
      `${this.#toTop()}${cut.map((line) => `${line}${ERASE_TO_END}\n`).join('')}${ERASE_BELOW}`,
    );
    this.#shown = cut;
  }

  /** Prints a lasting line above the block. */
  print(line: string): void {
    const shown = this.#shown.map((one) => `${one}${ERASE_TO_END}\n`).join('');
    this.#stream.write(`${this.#toTop()}${line}${ERASE_TO_END}\n${shown}${ERASE_BELOW}`);
  }

  /** Takes the block away. */
  clear(): void {
    if (this.#shown.length === 0) return;
    this.#stream.write(`${this.#toTop()}${ERASE_BELOW}`);
    this.#shown = [];
  }

  #toTop(): string {
    return this.#shown.length === 0 ? '' : `\u001b[${this.#shown.length}A\r`;
  }
}

/** Ends with a whole word where there is more than fits: half a number would be another one. */
function shortened(line: string, width: number): string {
  const letters = [...line];
  if (letters.length <= width) return line;
  const kept = letters.slice(0, width - 1).join('');
  const isWhole = letters[width - 1] === ' ';
  const whole = isWhole || !kept.includes(' ') ? kept : kept.slice(0, kept.lastIndexOf(' '));
  return `${whole.replace(/[\s,]+$/, '')}…`;
}

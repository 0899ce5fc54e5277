import { describe, expect, test } from 'vitest';
import { LiveBlock } from './live-block.ts';

const ESCAPE = String.fromCharCode(27);

/** A control sequence, or a letter. */
const TOKEN = new RegExp(`${ESCAPE}\\[(\\d*)[AKJ]|[\\s\\S]`, 'g');

/** What a terminal shows of what is written to it: enough of one for a block. */
class Screen {
  lines: string[] = [''];
  #row = 0;
  #column = 0;
  columns = 20;

  write(text: string): void {
    for (const [token, up] of text.matchAll(TOKEN)) this.#take(token, Number(up));
  }

  #take(token: string, up: number): void {
    if (token.endsWith('A') && token.length > 1) this.#row -= up;
    else if (token === `${ESCAPE}[K`) this.lines[this.#row] = this.lines[this.#row].slice(0, this.#column);
    else if (token === `${ESCAPE}[J`) this.lines = [...this.lines.slice(0, this.#row), ''];
    else if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#newLine();
    else this.#letter(token);
  }

  #newLine(): void {
    this.#column = 0;
    this.#row += 1;
    this.lines[this.#row] ??= '';
  }

  #letter(letter: string): void {
    const line = this.lines[this.#row];
    this.lines[this.#row] = line.slice(0, this.#column) + letter + line.slice(this.#column + 1);
    this.#column += 1;
  }
}

describe('LiveBlock', () => {
  test('draws over what it showed, and takes it away', () => {
    const screen = new Screen();
    const block = new LiveBlock(screen);
    block.draw(['one', 'two long', 'three']);
    block.draw(['uno', 'due']);
    expect(screen.lines).toEqual(['uno', 'due', '']);
    block.print('a lasting line');
    expect(screen.lines).toEqual(['a lasting line', 'uno', 'due', '']);
    block.draw(['x']);
    expect(screen.lines).toEqual(['a lasting line', 'x', '']);
    block.clear();
    expect(screen.lines).toEqual(['a lasting line', '']);
  });

  test('cuts lines that would wrap', () => {
    const screen = new Screen();
    new LiveBlock(screen).draw(['x'.repeat(50)]);
    expect(screen.lines).toEqual([`${'x'.repeat(18)}…`, '']);
  });

  test('cuts at a whole word: a part of a number is another number', () => {
    const screen = new Screen();
    const block = new LiveBlock(screen);
    block.draw(['3 done, about 1:05:20 left', '2 jobs, about 0:10 left', '2 jobs, about 0:10 l']);
    expect(screen.lines).toEqual(['3 done, about…', '2 jobs, about 0:10…', '2 jobs, about 0:10…', '']);
    block.draw(['12 done, 3 running, more', '2 jobs, about 0:10.']);
    expect(screen.lines).toEqual(['12 done, 3…', '2 jobs, about 0:10.', '']);
  });
});

/**
 * @file Finds what web UIs (AUTOMATIC1111, ComfyUI, sd-dynamic-prompts) would take for commands in a prompt. Here they are text
 * like any other; finding them is for telling the user, and for not searching words that only the command means.
 */
import type { TextRange } from './text-range.ts';
import { type FixedSyntaxKind, fixedSyntax } from './web-ui-fixed-syntax.ts';

/** A command that is told by its brackets and what they hold. */
export type GroupSyntaxKind =
  /** `(word:1.2)` */
  | 'weight'
  /** `((word))` */
  | 'emphasis'
  /** `(word)`: emphasis in a web UI, punctuation everywhere else. */
  | 'parentheses'
  /** `[word]` */
  | 'brackets'
  /** `{word}` */
  | 'braces'
  /** `[from:to:when]` */
  | 'editing'
  /** `[a|b]` */
  | 'alternation'
  /** `{a|b}` */
  | 'variants';

export type WebUiSyntaxKind = GroupSyntaxKind | FixedSyntaxKind;

/** A piece of the prompt that a web UI would not read as text. */
export interface WebUiSyntax extends TextRange {
  readonly kind: WebUiSyntaxKind;
  readonly text: string;
}

export interface WebUiReading {
  /** In the prompt's order; those within others come after them. */
  readonly syntax: readonly WebUiSyntax[];
  /** Ranges whose words stand for no thing that the user wants to see: numbers of weights, names of files, alternatives. */
  readonly commands: readonly TextRange[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** `:)`, `;-(`, `(:`, standing alone. */
const SMILEY = /(?<!\S)(?:[:;=]['^-]?[()[\]{}|]+|[()[\]{}]+['^-]?[:;=])(?![^\s.,!?])/g;
const WEIGHT = /:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*$/;
/** A time or a ratio at the end of a parenthesis is no weight. */
const RATIO = /(?:^|[^\p{L}\p{N}.])\d+:\d+\s*$/u;
/** Longer than any weight, so that the end of a group can be looked at without the whole of it. */
const TAIL = 32;

/** An open bracket and what was seen since. */
interface Group {
  readonly opening: string;
  readonly start: number;
  colons: number;
  bars: number;
  hasLetter: boolean;
  /** The last group closed directly within it. */
  inner: TextRange | undefined;
}

/** What a web UI would read into `prompt`. Unpaired brackets, smileys, times (10:30) and ratios (3:2) are left alone. */
export function readWebUiSyntax(prompt: string): WebUiReading {
  const fixed = fixedSyntax(prompt);
  const groups = new GroupScan(masked(prompt, fixed.syntax)).read();
  const syntax = [...fixed.syntax, ...groups.syntax]
    .map(({ kind, start, end }) => ({ kind, start, end, text: prompt.slice(start, end) }))
    .sort((one, other) => one.start - other.start || other.end - one.end);
  return { syntax, commands: [...fixed.commands, ...groups.commands] };
}

/** `prompt` with spaces where brackets and bars are no commands, so that every position stays. */
function masked(prompt: string, fixed: readonly TextRange[]): string {
  const text = prompt.replace(SMILEY, (smiley) => ' '.repeat(smiley.length));
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of fixed) {
    parts.push(text.slice(position, start), ' '.repeat(end - start));
    position = end;
  }
  return parts.join('') + text.slice(position);
}

type Found = TextRange & { readonly kind: GroupSyntaxKind };

/** One pass over a text with a stack of open brackets. */
class GroupScan {
  readonly #text: string;
  readonly #open: Group[] = [];
  readonly #syntax: Found[] = [];
  readonly #commands: TextRange[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): { syntax: readonly Found[]; commands: readonly TextRange[] } {
    let at = 0;
    for (const character of this.#text) {
      this.#take(character, at);
      at += character.length;
    }
    return { syntax: this.#syntax, commands: this.#commands };
  }

  #take(character: string, at: number): void {
    const top = this.#open.at(-1);
    if (character in CLOSING) {
      const group = { opening: character, start: at, colons: 0, bars: 0, hasLetter: false, inner: undefined };
      this.#open.push(group);
    } else if (top === undefined) return;
    else if (character === CLOSING[top.opening]) this.#close(top, at + 1);
    else if (character === ':') top.colons++;
    else if (character === '|') top.bars++;
    else top.hasLetter ||= /\p{L}/u.test(character);
  }

  #close(group: Group, end: number): void {
    this.#open.pop();
    const parent = this.#open.at(-1);
    if (parent) {
      parent.hasLetter ||= group.hasLetter;
      parent.inner = { start: group.start, end };
    }
    const { start } = group;
    const kind = this.#kindOf(group, end);
    if (kind === 'emphasis') this.#replaceInner(group.inner!);
    if (kind === 'editing' || kind === 'alternation' || kind === 'variants')
      this.#commands.push({ start, end });
    this.#syntax.push({ kind, start, end });
  }

  #kindOf(group: Group, end: number): GroupSyntaxKind {
    if (group.opening === '{') return group.bars > 0 ? 'variants' : 'braces';
    if (group.opening === '[') return bracketKind(group);
    const weight = group.hasLetter && this.#weightAt(group, end);
    if (weight) {
      this.#commands.push(weight);
      return 'weight';
    }
    const { inner, start } = group;
    const isDouble = inner?.start === start + 1 && inner.end === end - 1 && this.#text[inner.start] === '(';
    return isDouble ? 'emphasis' : 'parentheses';
  }

  #weightAt({ start }: Group, end: number): TextRange | undefined {
    const from = Math.max(start + 1, end - 1 - TAIL);
    const tail = this.#text.slice(from, end - 1);
    const match = WEIGHT.exec(tail);
    return match === null || RATIO.test(tail) ? undefined : { start: from + match.index, end: end - 1 };
  }

  /** `((word))` is told once. */
  #replaceInner(inner: TextRange): void {
    const last = this.#syntax.at(-1);
    if (last?.start === inner.start && last.end === inner.end) this.#syntax.pop();
  }
}

function bracketKind({ bars, colons, hasLetter }: Group): GroupSyntaxKind {
  if (bars > 0) return 'alternation';
  return colons > 0 && hasLetter ? 'editing' : 'brackets';
}

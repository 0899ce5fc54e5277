/** @file Commands of web UIs that are told by their own letters rather than by brackets that may hold anything. */
import type { TextRange } from './text-range.ts';

export type FixedSyntaxKind =
  /** `<lora:file:0.8>` */
  | 'lora'
  /** `<hypernet:file:1>` and its like */
  | 'network'
  /** `embedding:file` */
  | 'embedding'
  /** `__file__` */
  | 'wildcard'
  /** `\(` */
  | 'escape'
  /** `BREAK` */
  | 'break'
  /** `AND` */
  | 'and';

interface FixedSyntax {
  readonly kind: FixedSyntaxKind;
  readonly pattern: RegExp;
  /** Whether words within it name no thing to be seen. */
  readonly isCommand: boolean;
}

const FIXED: readonly FixedSyntax[] = [
  { kind: 'lora', pattern: /<(?:lora|lyco):[^<>]{1,200}>/gi, isCommand: true },
  { kind: 'network', pattern: /<(?:hypernet|clip_skip|segment|sam|ti):[^<>]{1,200}>/gi, isCommand: true },
  {
    kind: 'embedding',
    pattern: /(?<![\p{L}\p{N}_-])embedding:[\p{L}\p{N}_][^\s,()]{0,200}/giu,
    isCommand: true,
  },
  {
    kind: 'wildcard',
    pattern: /(?<![\p{L}\p{N}_])__[\p{L}\p{N}][\p{L}\p{N}/*-]*(?:_[\p{L}\p{N}/*-]+)*__(?![\p{L}\p{N}_])/gu,
    isCommand: true,
  },
  { kind: 'escape', pattern: /\\[()[\]{}]/g, isCommand: false },
];

const KEYWORD = /(?<![\p{L}\p{N}_'’-])(?:BREAK|AND)(?![\p{L}\p{N}_'’-])/gu;

type Found = TextRange & { readonly kind: FixedSyntaxKind };

/** Everything in `prompt` that is a command by its letters, in its order; none lies within another. */
export function fixedSyntax(prompt: string): { syntax: readonly Found[]; commands: readonly TextRange[] } {
  const taken = new Uint8Array(prompt.length);
  const syntax: Found[] = [];
  const commands: TextRange[] = [];
  const add = (kind: FixedSyntaxKind, start: number, text: string, isCommand: boolean) => {
    const end = start + text.length;
    if (taken.subarray(start, end).includes(1)) return;
    taken.fill(1, start, end);
    syntax.push({ kind, start, end });
    if (isCommand) commands.push({ start, end });
  };
  for (const { kind, pattern, isCommand } of FIXED) {
    for (const { index, 0: text } of prompt.matchAll(pattern)) add(kind, index, text, isCommand);
  }
  for (const { index, 0: text } of prompt.matchAll(KEYWORD)) {
    if (!isShouted(prompt, index, index + text.length))
      add(text === 'AND' ? 'and' : 'break', index, text, true);
  }
  return { syntax: syntax.sort((one, other) => one.start - other.start), commands };
}

/** In "CATS AND DOGS" every word is in capitals: nobody gives a command there. */
function isShouted(prompt: string, start: number, end: number): boolean {
  const before = /(\p{L}+)\s+$/u.exec(prompt.slice(Math.max(0, start - 40), start))?.[1];
  const after = /^\s+(\p{L}+)/u.exec(prompt.slice(end, end + 40))?.[1];
  return [before, after].some((word) => word !== undefined && /^\p{Lu}{2,}$/u.test(word));
}

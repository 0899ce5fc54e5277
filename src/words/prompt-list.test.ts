import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePromptList, readPromptList } from './prompt-list.ts';

const folder = mkdtempSync(join(tmpdir(), 'prompts-'));

function read(contents: string | Buffer): string[] {
  const path = join(folder, 'prompts.txt');
  writeFileSync(path, contents);
  return readPromptList(path);
}

describe('a list of prompts', () => {
  it('has one on a line, without empty lines, comments and repetitions, whatever ends lines', () => {
    const text =
      '\uFEFFa red cat\r\n\r\n# colours\n  a blue car \r  # indented\na red cat\n\\#1 dad mug\nlast #1';
    expect(read(text)).toEqual(['a red cat', 'a blue car', '#1 dad mug', 'last #1']);
  });

  it('gives back any prompts that hold no line break', () => {
    const prompt = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.replace(/[\r\n\0]/g, '').trim())
      .filter((text) => text !== '' && !text.startsWith('\\#'));
    fc.assert(
      fc.property(fc.uniqueArray(prompt), fc.constantFrom('\n', '\r\n', '\n\n# x\n'), (prompts, end) => {
        const lines = prompts.map((text) => (text.startsWith('#') ? `\\${text}` : text));
        expect(parsePromptList(lines.join(end))).toEqual(prompts);
      }),
    );
  });

  it.each([
    ['nothing', '', 'holds no prompt'],
    ['comments alone', '# a\n\n', 'holds no prompt'],
    ['UTF-16', Buffer.from('\uFEFFa cat', 'utf16le'), 'no text in UTF-8'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]), 'no text in UTF-8'],
  ])('refuses %s', (_, contents, message) => {
    expect(() => read(contents)).toThrow(message);
  });

  it('says which file is missing', () => {
    expect(() => readPromptList(join(folder, 'none.txt'))).toThrow(
      /none\.txt cannot be read: expected a text file with one prompt on each line, but there is no such file or folder\.$/,
    );
  });
});

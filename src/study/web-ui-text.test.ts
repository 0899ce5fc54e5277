import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asWebUiText, hasWebUiCommand } from './web-ui-text.ts';

/** What AUTOMATIC1111 takes for text: a backslash and any character is that character, brackets are commands. */
function readByWebUi(text: string): string {
  return text.replace(/\\(.)|[()[\]]/gs, (_, escaped?: string) => escaped ?? '');
}

test('asWebUiText() is read as the text that it stands for', () => {
  expect(asWebUiText('a (red:1.2) [cat]')).toBe(String.raw`a \(red:1.2\) \[cat\]`);
  expect(asWebUiText('a red cat, 10:30')).toBe('a red cat, 10:30');
  const text = fc.array(fc.constantFrom(...'()[]\\:a |')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (given) => {
      expect(readByWebUi(asWebUiText(given))).toBe(given);
    }),
  );
});

test('hasWebUiCommand() finds what no backslash makes text', () => {
  const commands = [
    '<lora:x:1> cat',
    'a cat <hypernet:y>',
    'a cat AND a dog',
    'a cat BREAK a dog',
    'CATS AND DOGS',
  ];
  for (const text of commands) expect(hasWebUiCommand(text), text).toBe(true);
  for (const text of ['a cat and a dog', 'a <red> cat', '<3 cats', '(red:1.2)', 'BREAKING', 'a < b: c'])
    expect(hasWebUiCommand(text), text).toBe(false);
});

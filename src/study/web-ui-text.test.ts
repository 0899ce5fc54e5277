import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asWebUiText } from './web-ui-text.ts';

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

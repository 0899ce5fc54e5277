import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concealedText } from './concealed-text.ts';

it('can be read neither as it stands nor out of its base64', () => {
  const prompt = fc.string({ minLength: 8, unit: fc.constantFrom(...'abcdefghij ') });
  fc.assert(
    fc.property(prompt, fc.string(), (text, salt) => {
      const concealed = concealedText(text, salt);
      expect(concealed).not.toContain(text);
      expect(Buffer.from(concealed, 'base64').toString('latin1')).not.toContain(text);
    }),
  );
});

it('keeps every byte, and depends on text and salt', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(Buffer.from(concealedText(text, 'c1'), 'base64')).toHaveLength(Buffer.byteLength(text));
    }),
  );
  expect(concealedText('a red cat', 'c1')).not.toBe(concealedText('a red cat', 'c2'));
  expect(concealedText('a red cat', 'c1')).not.toBe(concealedText('a red car', 'c1'));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPrompt } from './clean-prompt.ts';

describe('cleanPrompt()', () => {
  it.each([
    ['  a red\tcat \n', 'a red cat'],
    ['a\0cat\u0007', 'a cat'],
    ['日本の庭', '日本の庭'],
    ['🦊 fox', '🦊 fox'],
    ['half \ud83e a pair', 'half a pair'],
  ])('makes %j to %j', (text, prompt) => {
    expect(cleanPrompt(text)).toBe(prompt);
  });

  it.each(['', '  \n', '🦊🔥✨', '👩‍👩‍👧', '1234 !!', '— … —'])('drops %j', (text) => {
    expect(cleanPrompt(text)).toBeUndefined();
  });

  it('gives one line that stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const prompt = cleanPrompt(text);
        if (prompt === undefined) return;
        expect(prompt).not.toMatch(/[\p{Cc}\p{Cs}]|^\s|\s$|\s\s/u);
        expect(cleanPrompt(prompt)).toBe(prompt);
      }),
    );
  });
});

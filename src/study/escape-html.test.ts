import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';

describe('escapeHtml()', () => {
  it('escapes what markup means', () => {
    expect(escapeHtml(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
  });

  it('replaces what XML cannot hold and keeps the rest', () => {
    expect(escapeHtml('a\u0000b\u001bc\ufffe\ud800d\udc00')).toBe('a\ufffdb\ufffdc\ufffd\ufffdd\ufffd');
    expect(escapeHtml('tab\t, line\n, 猫🐱')).toBe('tab\t, line\n, 猫🐱');
  });

  it('can be undone for any well-formed text, and leaves no sign that opens markup', () => {
    const characters = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(characters, (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        const restored = escaped
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(restored).toBe(text);
      }),
    );
  });
});

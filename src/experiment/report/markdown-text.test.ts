import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from './markdown-text.ts';

describe('escapeMarkdown()', () => {
  const wild = fc.string({
    unit: fc.constantFrom('|', '\n', '<', '`', '*', '\\', '_', '[', ']', 'a', ' ', '&', '猫'),
  });

  it('leaves nothing that breaks a table’s row or opens markup', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[\n\r<>]/);
        expect(escaped.replace(/\\[\\`*_[\]|~#$]/g, '')).not.toMatch(/[\\`*_[\]|]/);
      }),
    );
  });

  it('can be undone but for white space', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const undone = escapeMarkdown(text)
          .replace(/\\([\\`*_[\]|~#$])/g, '$1')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(undone).toBe(text.replace(/\s+/g, ' '));
      }),
    );
  });
});

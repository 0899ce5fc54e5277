import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth, wrapText } from './text-width.ts';

describe('wrapText()', () => {
  it('breaks at spaces', () => {
    expect(wrapText('a red cat and a blue car', 6, 9)).toEqual(['a red cat', 'and a blue', 'car']);
  });

  it('ends in an ellipsis when lines run out', () => {
    expect(wrapText('one, two, three, four, five, six', 5, 2)).toEqual(['one, two,', 'three…']);
  });

  it('gives one empty line for no text', () => {
    expect(wrapText(' ', 5, 2)).toEqual(['']);
  });

  it('keeps to the width and the number of lines and loses no text before the ellipsis', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 120 });
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 3, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (given, width, count) => {
          const lines = wrapText(given, width, count);
          expect(lines.length).toBeLessThanOrEqual(count);
          for (const line of lines) {
            // A sign that is wider than the line by itself stands alone.
            const signs = [...new Intl.Segmenter('en').segment(line.replace(/…$/, ''))].length;
            if (signs > 1) expect(textWidth(line)).toBeLessThanOrEqual(width + 1e-9);
          }
          const bare = (value: string) => value.replace(/\s/g, '');
          const written = bare(lines.join(''));
          const isCut = lines.length === count && written !== bare(given);
          if (isCut) expect(bare(given).startsWith(written.replace(/…$/, ''))).toBe(true);
          else expect(written).toBe(bare(given));
        },
      ),
    );
  });

  it('never splits a sign made of several code points', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(wrapText(family.repeat(3), 4, 9)).toEqual([family, family, family]);
  });
});

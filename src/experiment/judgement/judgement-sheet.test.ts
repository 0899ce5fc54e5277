import { describe, expect, it } from 'vitest';
import { JUDGED_PAIRS, SECRETS } from '../../../tests/experiment/judged-scenes.ts';
import { encodePng } from '../../study/png-image.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import { judgementSheet } from './judgement-sheet.ts';
import { parseSheetKey } from './sheet-key.ts';

const OPTIONS = { title: 'Faithful pictures', experiment: 'hidden-name', seed: 3 };
const { html, key } = judgementSheet(JUDGED_PAIRS, OPTIONS);

/** Base64 of `text` wherever it may begin within a longer one. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const whole = Buffer.from(' '.repeat(offset) + text).toString('base64');
    return whole.slice(offset + (offset > 0 ? 1 : 0), -4);
  });
}

const picturesOf = (page: string) =>
  [...page.matchAll(/id="picture-\d+">([^<]+)</g)].map(([, base64]) => Buffer.from(base64, 'base64'));

describe('the page', () => {
  it('names no run, no experiment and no prompt that was found, in its text or in its pictures', () => {
    for (const secret of [...SECRETS, 'hidden-name']) {
      expect(html.toLowerCase()).not.toContain(secret);
      for (const form of base64Forms(secret)) expect(html).not.toContain(form);
      for (const picture of picturesOf(html)) expect(picture.toString('latin1')).not.toContain(secret);
    }
    for (const { candidate, original } of key.cards) {
      if (candidate.prompt !== original.prompt) expect(html).not.toContain(candidate.prompt);
    }
  });

  it('would name them, were they not kept out', () => {
    const pictures = JUDGED_PAIRS.flatMap(({ candidate }) => candidate.png);
    expect(pictures.some((png) => Buffer.from(png).includes('zanzibar'))).toBe(true);
    const text = Buffer.from('xx zanzibar and more').toString('base64');
    expect(base64Forms('zanzibar').some((form) => text.includes(form))).toBe(true);
  });

  it('tells its own program nothing of sides', () => {
    const [, data] = /id="sheet">(.*)<\/script>/.exec(html)!;
    expect(data).not.toMatch(/candidate|original|improve|attack/);
    const fields = JSON.parse(data).cards.map((card: object) => Object.keys(card).join());
    expect(new Set(fields)).toEqual(
      new Set(['card,prompt,concepts,left,right', 'card,prompt,concepts,left,right,concealed']),
    );
  });

  it('refers to nothing outside itself', () => {
    expect(html).not.toMatch(/https?:|src="|@import|url\(|<link/);
    expect(html).toContain("default-src 'none'");
  });

  it('has each picture once', () => {
    const pictures = picturesOf(html).map((png) => png.toString('base64'));
    expect(new Set(pictures).size).toBe(pictures.length);
    expect(pictures.length).toBeGreaterThan(4);
  });

  it('shows markup in a prompt as text, and ends no element early', () => {
    const wild = '</script><img src=x onerror=alert(1)><!--<script>';
    const pairs = JUDGED_PAIRS.map((pair) => ({ ...pair, prompt: wild, concepts: [wild] }));
    const page = judgementSheet(pairs, { ...OPTIONS, title: wild }).html;
    expect(page).not.toContain('<img src=x');
    expect(page.match(/<script/g)!.length).toBe(
      html.match(/<script/g)!.length + picturesOf(page).length - picturesOf(html).length,
    );
  });

  it('has another heading where its own would name a run', () => {
    expect(html).toContain('<h1>Faithful pictures</h1>');
    const page = judgementSheet(JUDGED_PAIRS, { ...OPTIONS, title: 'What the Hybrid-Run finds' }).html;
    expect(page.toLowerCase()).not.toContain('hybrid');
  });
});

describe('the key', () => {
  it('says which side is which, and what was not asked', () => {
    expect(key.cards.map(({ pair }) => pair).sort()).toEqual(
      JUDGED_PAIRS.map(({ id }) => id)
        .filter((id) => id !== 'evolution-run/1')
        .sort(),
    );
    expect(key.omitted).toMatchObject([
      { pair: 'evolution-run/1', run: 'evolution-run', reason: 'unchanged' },
    ]);
    expect(parseSheetKey(JSON.stringify(key), 'key.json')).toEqual(key);
  });

  it('follows the pictures to their sides', () => {
    const cards = JSON.parse(/id="sheet">(.*)<\/script>/.exec(html)![1]).cards;
    const pictures = picturesOf(html);
    for (const { card, pair, candidateSide } of key.cards) {
      const shown = cards.find((one: { card: string }) => one.card === card);
      const { candidate } = JUDGED_PAIRS.find(({ id }) => id === pair)!;
      const pixels = candidate.png.map((png) => idat(Buffer.from(png)));
      expect(shown[candidateSide].map((place: number) => idat(pictures[place]))).toEqual(pixels);
    }
  });

  it('is the same for the same seed, and puts the candidate left about as often as right', () => {
    expect(judgementSheet(JUDGED_PAIRS, OPTIONS)).toEqual({ html, key });
    const sheets = Array.from(
      { length: 40 },
      (_, seed) => judgementSheet(JUDGED_PAIRS, { ...OPTIONS, seed }).key,
    );
    const sides = sheets.flatMap(({ cards }) => cards.map(({ candidateSide }) => candidateSide));
    const left = sides.filter((side) => side === 'left').length / sides.length;
    expect(left).toBeGreaterThan(0.4);
    expect(left).toBeLessThan(0.6);
    expect(new Set(sheets.map(({ cards }) => cards[0].pair)).size).toBe(5);
    expect(new Set(sheets.map(({ sheet }) => sheet)).size).toBe(40);
  });

  it('changes its digest with any picture', () => {
    const [first, ...rest] = JUDGED_PAIRS;
    const black = encodePng(floatTensor([3, 64, 64]));
    const changed = { ...first, candidate: { ...first.candidate, png: [black, first.candidate.png[1]] } };
    expect(judgementSheet([changed, ...rest], OPTIONS).key.sheet).not.toBe(key.sheet);
  });

  it('tells which pairs nobody can judge', () => {
    const [first, second, third] = JUDGED_PAIRS;
    const { key } = judgementSheet(
      [first, { ...second, concepts: [] }, { ...third, original: { ...third.original, png: [] } }],
      OPTIONS,
    );
    expect(key.cards).toHaveLength(1);
    expect(key.omitted.map(({ reason }) => reason)).toEqual(['no concepts', 'no pictures']);
  });

  it('is refused in a sentence where it is none', () => {
    expect(() => parseSheetKey('{', 'k.json')).toThrow(
      'k.json should be the key that was written beside a sheet',
    );
    expect(() => parseSheetKey('{"format":"x"}', 'k.json')).toThrow(/at format: .*Export the sheet again/);
  });
});

it('refuses an experiment in which there is nothing to judge', () => {
  expect(() => judgementSheet([], OPTIONS)).toThrow(/"hidden-name": it has no finished search yet/);
  const unchanged = JUDGED_PAIRS.filter(({ id }) => id === 'evolution-run/1');
  expect(() => judgementSheet(unchanged, OPTIONS)).toThrow(
    /"hidden-name": of its 1 searches, 1 found no other prompt\.$/,
  );
  const [found] = JUDGED_PAIRS;
  const lost = { ...found, candidate: { ...found.candidate, png: [] } };
  expect(() => judgementSheet([...unchanged, lost, { ...lost, concepts: [] }], OPTIONS)).toThrow(
    'of its 3 searches, 1 found no other prompt, 1 found one, but the store lacks its pictures or those of the original, 1 had a prompt without key concepts.',
  );
});

it('refuses more pictures than one page can hold', () => {
  const pictures = picturesOf(html).map((png) => png.toString('base64').length);
  const bytes = pictures.reduce((sum, length) => sum + length, 0);
  expect(judgementSheet(JUDGED_PAIRS, { ...OPTIONS, maxBytes: bytes })).toEqual({ html, key });
  expect(() => judgementSheet(JUDGED_PAIRS, { ...OPTIONS, maxBytes: bytes - 1 })).toThrow(
    /^The pictures of 5 pairs take 1 MB, more than the 1 MB that one page can hold/,
  );
});

/** The compressed pixels of a PNG file of ours, which has one such chunk. */
function idat(png: Buffer): string {
  const at = png.indexOf('IDAT');
  return png.subarray(at, at + png.readUInt32BE(at - 4)).toString('base64');
}

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { readTokenizerFiles, type TokenizerFiles } from './tokenizer-files.ts';

const fixtures = fileURLToPath(new URL('../../tests/fixtures', import.meta.url));
const folder = join(fixtures, 'sd1', 'tokenizer');
const files = await readTokenizerFiles(folder);
const tokenizer = ClipTokenizer.fromFiles(files);

const casesIn = async (file: string): Promise<{ text: string; ids: number[] }[]> =>
  JSON.parse(await readFile(join(fixtures, file), 'utf8'));
const referenceCases = await casesIn('sd1/tokenizer_cases.json');
const exclamationCases = await casesIn('tokenizer-cases-pad-exclamation.json');

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-tokenizer-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('ClipTokenizer.encode()', () => {
  it.each(referenceCases)('agrees with the reference on $text', ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
  });

  const exclaiming = ClipTokenizer.fromFiles({ ...files, padToken: '!' });
  it.each(exclamationCases)('agrees where the padding token is "!": $text', ({ text, ids }) => {
    expect(exclaiming.encode(text)).toEqual(ids);
  });

  it('reads accents the same, composed or not', () => {
    expect(tokenizer.encode('cafe\u0301')).toEqual(tokenizer.encode('caf\u00e9'));
  });
});

describe('ClipTokenizer.tokenize()', () => {
  it('frames the words with BOS and EOS and pads to the limit', () => {
    const { ids, truncatedText, tokenCount } = tokenizer.tokenize('red');
    expect(ids).toHaveLength(77);
    expect([...ids.slice(0, 4)]).toEqual([912, 740, 913, tokenizer.padTokenId]);
    expect(new Set(ids.slice(3))).toEqual(new Set([913]));
    expect(truncatedText).toBeUndefined();
    expect(tokenCount).toBe(1);
  });

  it('pads with the token that the files name', () => {
    const { ids } = ClipTokenizer.fromFiles({ ...files, padToken: '!' }).tokenize('red');
    expect(ids[2]).toBe(913);
    expect(new Set(ids.slice(3))).toEqual(new Set([0]));
  });

  it('names the words that fall off as they were typed', () => {
    const { ids, truncatedText, tokenCount } = tokenizer.tokenize(`${'red '.repeat(74)}Blue,  GREEN car `);
    expect(ids[75]).toBe(tokenizer.encode('blue')[0]);
    expect(ids[76]).toBe(913);
    expect(truncatedText).toBe(',  GREEN car');
    expect(tokenCount).toBe(78);
    expect(tokenizer.tokenize('red '.repeat(75)).truncatedText).toBeUndefined();
  });

  it('counts a word that is cut in the middle among the lost', () => {
    const word = 'luggageluggage';
    expect(tokenizer.encode(word).length).toBeGreaterThan(1);
    expect(tokenizer.tokenize(`${'red '.repeat(74)}${word} red`).truncatedText).toBe(`${word} red`);
    // No spaces at all, as negative prompts are often typed.
    expect(tokenizer.tokenize(Array(40).fill('red').join(',')).truncatedText).toBe(',red,red');
  });

  it('gives ids within the vocabulary and loses only an end, whatever is typed', () => {
    const short = tokenizer.limitedTo(12);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { ids, truncatedText, tokenCount } = short.tokenize(text);
        expect(ids).toHaveLength(12);
        expect(ids.every((id) => id >= 0 && id < short.idBound)).toBe(true);
        expect(truncatedText !== undefined).toBe(tokenCount > 10);
        if (truncatedText !== undefined) expect(text.trimEnd().endsWith(truncatedText)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('ClipTokenizer.isKnownWord()', () => {
  it('knows the words that are one token', () => {
    expect(['red', 'RED', 'truck', ',', 'a'].map((word) => tokenizer.isKnownWord(word))).not.toContain(false);
    expect(['zyxw', 'red truck', '', ' '].map((word) => tokenizer.isKnownWord(word))).not.toContain(true);
  });
});

describe('ClipTokenizer.load()', () => {
  it('bounds the length by the positions of the text encoder', async () => {
    expect((await ClipTokenizer.load(folder)).maxLength).toBe(77);
    expect((await ClipTokenizer.load(folder, { maxLength: 32 })).maxLength).toBe(32);
    expect((await ClipTokenizer.load(folder, { maxLength: 200 })).maxLength).toBe(77);
  });

  it('lets special_tokens_map.json have the last word, as SD 2 needs', async () => {
    const copy = join(dir, 'map');
    await cp(folder, copy, { recursive: true });
    const pad = { content: '!', lstrip: false };
    await writeFile(join(copy, 'special_tokens_map.json'), JSON.stringify({ pad_token: pad }));
    expect((await ClipTokenizer.load(copy)).padTokenId).toBe(0);
  });

  it('reads tokenizer.json where there is nothing else', async () => {
    const copy = join(dir, 'fast');
    await cp(folder, copy, { recursive: true });
    await rm(join(copy, 'vocab.json'));
    const model = { type: 'BPE', vocab: files.vocab, merges: files.merges };
    await writeFile(join(copy, 'tokenizer.json'), JSON.stringify({ model }));
    const text = 'The QUICK brown fox, 2 cats & a dog!';
    expect((await ClipTokenizer.load(copy)).encode(text)).toEqual(tokenizer.encode(text));
  });

  it.each<[string, string, RegExp]>([
    ['vocab.json', '{"a": -1}', /"a" is -1/],
    ['vocab.json', '{"a": 0}', /no entry for its special token/],
    ['vocab.json', 'nonsense', /should hold JSON/],
    ['merges.txt', '#version: 0.2\na b\none\n', /two tokens, found "one"/],
    [
      'tokenizer_config.json',
      '{"tokenizer_class": "T5Tokenizer"}',
      /"T5Tokenizer", accepted: "CLIPTokenizer"/,
    ],
    ['special_tokens_map.json', '{"pad_token": "nope"}', /special token "nope"/],
    ['tokenizer_config.json', '{"model_max_length": 2}', /"model_max_length" is 2 .*>=3/],
    ['vocab.json', '["a"]', /the file is \["a"\] \(expected an object\)/],
    ['vocab.json', '[['.repeat(1000), /nested deeper than 64/],
    ['merges.txt', `a b\n${'c'.repeat(9999)}`, /two tokens, found "c{157}\.\.\."\.$/],
  ])('refuses a bad %s: %s', async (name, text, message) => {
    const copy = join(dir, 'bad');
    await cp(folder, copy, { recursive: true });
    await writeFile(join(copy, name), text);
    await expect(ClipTokenizer.load(copy)).rejects.toMatchObject({
      name: 'DpoError',
      message: expect.stringMatching(message),
    });
  });

  it('takes an absurd length for none, and makes no room for it', async () => {
    const copy = join(dir, 'long');
    await cp(folder, copy, { recursive: true });
    for (const length of [1e30, 2 ** 24, 2 ** 15]) {
      await writeFile(join(copy, 'tokenizer_config.json'), JSON.stringify({ model_max_length: length }));
      expect((await ClipTokenizer.load(copy)).tokenize('red').ids).toHaveLength(77);
    }
  });

  it('says what it looked for where there is no tokenizer', async () => {
    await expect(ClipTokenizer.load(dir)).rejects.toThrow(/vocab.json and merges.txt/);
  });

  it('opens a vocabulary of 49 thousand entries', async () => {
    const large = largeVocabulary();
    const copy = join(dir, 'large');
    await cp(folder, copy, { recursive: true });
    await writeFile(join(copy, 'vocab.json'), JSON.stringify(large.vocab));
    await writeFile(join(copy, 'merges.txt'), large.merges.map((pair) => pair.join(' ')).join('\n'));
    expect((await ClipTokenizer.load(copy)).idBound).toBeGreaterThan(49_000);
  });
});

/** The fixture's vocabulary grown to CLIP's size by joining its tokens. */
function largeVocabulary(): Pick<TokenizerFiles, 'vocab' | 'merges'> {
  const vocab: Record<string, number> = { ...files.vocab };
  const merges = [...files.merges];
  const starts = Object.keys(vocab).filter((token) => /^[a-z]+$/.test(token));
  const ends = Object.keys(vocab).filter((token) => /<\/w>$/.test(token));
  let next = tokenizer.idBound;
  for (const start of starts) {
    for (const end of ends) {
      if (next > 49_408) return { vocab, merges };
      vocab[start + end] ??= next++;
      merges.push([start, end]);
    }
  }
  return { vocab, merges };
}

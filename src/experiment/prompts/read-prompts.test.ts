import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptSource } from '../experiment-definition.ts';
import { readPrompts } from './read-prompts.ts';

const FIXTURES = fileURLToPath(new URL('../../../tests/fixtures/prompts/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'experiment-prompts-'));

/** Bytes of `metadata-gzip.parquet`, each with what it broke once. */
const DAMAGES: [at: number, value: number][] = [
  // The tree of the schema names a column that is not there.
  [1414, 19],
  [1461, 19],
  // A column has a path without names.
  [1518, 52],
  // Two stretches of the file lie outside it; nobody awaited the second.
  [2086, 19],
];

async function textsOf(source: PromptSource): Promise<string[]> {
  return (await readPrompts(source, { folder: FIXTURES })).map(({ prompt }) => prompt);
}

/** The path of a file that holds `contents`. */
function written(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

describe('readPrompts() from the embedded world', () => {
  it('gives prompts with their facts, seen pairs or held-out ones', async () => {
    const seen = await readPrompts({ from: 'world', count: 3, seed: 1 });
    const heldOut = await readPrompts({ from: 'world', count: 3, seed: 1, heldOut: true });
    expect(seen).toHaveLength(3);
    expect(seen[1]).toMatchObject({
      prompt: 'a red cat next to a blue bicycle',
      facts: {
        objects: [
          { object: 'cat', colour: 'red' },
          { object: 'bicycle', colour: 'blue' },
        ],
      },
    });
    expect(heldOut.map(({ prompt }) => prompt)).not.toEqual(seen.map(({ prompt }) => prompt));
    expect(await readPrompts({ from: 'world', count: 3, seed: 1 })).toEqual(seen);
  });
});

describe('readPrompts() from a list', () => {
  it('finds the facts of prompts that the embedded world understands, and of no others', async () => {
    const prompts = ['a red cat above a blue house', 'a photo of a red cat', ' a  star ', 'a star'];
    const read = await readPrompts({ from: 'list', prompts });
    expect(read.map(({ prompt }) => prompt)).toEqual([
      'a red cat above a blue house',
      'a photo of a red cat',
      'a star',
    ]);
    expect(read.map(({ facts }) => facts?.objects.length)).toEqual([2, undefined, 1]);
    expect(read[0].facts).toMatchObject({ relation: 'above' });
  });

  it('drops what comes again', async () => {
    const read = await readPrompts({ from: 'list', prompts: ['a cat', 'a dog', 'a  cat '] });
    expect(read.map(({ prompt }) => prompt)).toEqual(['a cat', 'a dog']);
  });

  it.each([
    [[], 'The list of prompts is empty'],
    [['a cat', '🔥'], 'Prompt 2 of the list, "🔥", holds no word'],
  ])('refuses %j', async (prompts, message) => {
    await expect(readPrompts({ from: 'list', prompts })).rejects.toThrow(message);
  });
});

describe('readPrompts() from a file', () => {
  it('reads lines, without comments', async () => {
    const path = written('lines.txt', '# mine\na cat\n\n🔥\na  dog\na cat\n');
    expect(await textsOf({ from: 'file', path })).toEqual(['a cat', 'a dog']);
  });

  it('reads JSON lines, whatever else they hold and whatever breaks of lines their texts have', async () => {
    expect(await textsOf({ from: 'file', path: 'prompts.jsonl' })).toEqual([
      'a red cat',
      'a bus in the rain',
    ]);
  });

  it('samples by seed', async () => {
    const path = written('many.txt', Array.from({ length: 300 }, (_, i) => `prompt ${i}`).join('\n'));
    const one = await textsOf({ from: 'file', path, count: 20, seed: 1 });
    expect(await textsOf({ from: 'file', path, count: 20, seed: 1 })).toEqual(one);
    expect(await textsOf({ from: 'file', path, count: 20, seed: 2 })).not.toEqual(one);
    expect(new Set(one).size).toBe(20);
  });

  it.each([
    [
      'broken.jsonl',
      '{"prompt": "a"}\n{"prompt": ',
      /^Line 2 of .*broken\.jsonl is no JSON object with a text "prompt"/,
    ],
    ['other.jsonl', '{"text": "a"}', /^Line 1 of .*other\.jsonl is no JSON object/],
    ['number.jsonl', '{"prompt": 4}', /^Line 1 of .*number\.jsonl is no JSON object/],
    ['emoji.jsonl', '{"prompt": "🔥"}', /emoji\.jsonl holds no prompt/],
    ['emoji.txt', '🔥', /emoji\.txt holds no prompt/],
    ['none.ndjson', '', /none\.ndjson holds no prompt/],
  ])('refuses %s', async (name, contents, message) => {
    await expect(readPrompts({ from: 'file', path: written(name, contents) })).rejects.toThrow(message);
  });

  it.each(['none.txt', 'none.jsonl', 'none.parquet'])('says that %s is missing', async (path) => {
    const error = readPrompts({ from: 'file', path }, { folder });
    await expect(error).rejects.toMatchObject({ code: 'FILE_ACCESS', details: { path: join(folder, path) } });
    await expect(error).rejects.toThrow(
      / cannot be read: expected .*, but there is no such file or folder\.$/,
    );
  });

  it('says that a folder is no file', async () => {
    const error = readPrompts({ from: 'diffusiondb', path: '.' }, { folder });
    await expect(error).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });
});

describe('readPrompts() from MS-COCO', () => {
  it('takes the first caption of each image, each text once', async () => {
    expect((await textsOf({ from: 'coco', path: 'captions.json' })).sort()).toEqual([
      'A dog sleeps on a pile of shoes.',
      'A plate with rice, beans and an egg.',
      'Two people wait for a bus in the rain.',
    ]);
  });

  it.each([
    ['[', 'it is no JSON'],
    ['[]', 'it has no list of annotations'],
    ['{"annotations": {}}', 'it has no list of annotations'],
    [
      '{"annotations": [{"image_id": 1, "caption": "a cat"}, {"image_id": 2}]}',
      'annotations[1] has no image_id with a text caption',
    ],
  ])('refuses %s', async (contents, problem) => {
    const path = written('captions.json', contents);
    await expect(readPrompts({ from: 'coco', path })).rejects.toThrow(
      `The file ${path} is not read: expected the captions of MS-COCO, such as captions_val2014.json; ${problem}.`,
    );
  });
});

/** What is left of `make_fixture.py`'s rows. */
const ROWS = [
  '#1 best mug, studio photo',
  'a lighthouse in a storm at night',
  'a red cat above a blue house',
  'ein grünes Fahrrad, 日本の庭',
  'portrait of a fox knight, oil painting',
];

describe('readPrompts() from DiffusionDB', () => {
  it.each(['snappy', 'gzip', 'brotli'])('reads Parquet that is compressed with %s', async (codec) => {
    const path = `metadata-${codec}.parquet`;
    expect((await textsOf({ from: 'diffusiondb', path })).sort()).toEqual(ROWS);
    expect(await textsOf({ from: 'diffusiondb', path, count: 2, seed: 5 })).toHaveLength(2);
  });

  it('reads Zstandard where this Node knows it, and says what to do where it does not', async () => {
    const read = textsOf({ from: 'diffusiondb', path: 'metadata-zstd.parquet' });
    if ('zstdDecompressSync' in zlib) expect((await read).sort()).toEqual(ROWS);
    else await expect(read).rejects.toThrow(/compressed with ZSTD.*save it with SNAPPY or GZIP/);
  });

  it('reads its prompts from a text file, where # is a letter like any other', async () => {
    expect((await textsOf({ from: 'diffusiondb', path: 'diffusiondb.txt' })).sort()).toEqual([
      '#1 best mug',
      'a castle on a hill, trending',
      'sunset over the sea',
    ]);
  });

  it.each([
    ['metadata-lz4.parquet', /compressed with LZ4/],
    ['no-prompt.parquet', /its columns are image_name, part_id, seed, cfg/],
    ['numbers.parquet', /its column "prompt" holds no text/],
  ])('refuses %s', async (path, message) => {
    await expect(textsOf({ from: 'diffusiondb', path })).rejects.toThrow(message);
  });

  it('refuses a Parquet file that is none, or is cut off, wherever that is', async () => {
    const whole = readFileSync(join(FIXTURES, 'metadata-snappy.parquet'));
    for (const bytes of [
      new Uint8Array(0),
      whole.subarray(0, 100),
      whole.subarray(0, -9),
      whole.subarray(300),
    ]) {
      const path = written('cut.parquet', bytes);
      const error = readPrompts({ from: 'diffusiondb', path });
      await expect(error).rejects.toMatchObject({ code: 'INVALID_PROMPT', details: { path } });
    }
  });

  it('takes neither a Parquet file nor an endless line for text', async () => {
    const whole = readFileSync(join(FIXTURES, 'metadata-snappy.parquet'));
    const binary = readPrompts({ from: 'diffusiondb', path: written('parquet.txt', whole) });
    await expect(binary).rejects.toThrow(/parquet\.txt is no text/);
    const endless = readPrompts({ from: 'diffusiondb', path: written('endless.txt', 'x'.repeat(3e6)) });
    await expect(endless).rejects.toThrow(/Line 1 of .*endless\.txt is longer than any prompt/);
  });

  it('reads a damaged Parquet file, or refuses it in a sentence', async () => {
    const whole = readFileSync(join(FIXTURES, 'metadata-gzip.parquet'));
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const path = written('damaged.parquet', bytes);
        const outcome = await readPrompts({ from: 'diffusiondb', path }).catch((error: unknown) => error);
        if (Array.isArray(outcome)) expect(outcome.length).toBeLessThanOrEqual(10);
        else expect(outcome).toMatchObject({ code: 'INVALID_PROMPT' });
      }),
      { numRuns: 300, examples: DAMAGES.map((damage) => [[damage]]) },
    );
  });

  it.each(['metadata-snappy.parquet', 'diffusiondb.txt'])(
    'ends within %s when it is told to',
    async (path) => {
      const signal = AbortSignal.abort(new Error('enough'));
      const read = readPrompts({ from: 'diffusiondb', path }, { folder: FIXTURES, signal });
      await expect(read).rejects.toThrow('enough');
    },
  );
});

it.each([0, -1, 1.5, Number.NaN])('readPrompts() refuses a count of %d', async (count) => {
  const error = readPrompts({ from: 'coco', path: 'captions.json', count }, { folder: FIXTURES });
  await expect(error).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import type { PromptSearch, PromptSpace, Task } from './prompt-space.ts';
import { readSpaceFile } from './space-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'space-'));
const PROMPT = 'a plane flies through the air, a party with art';
let files = 0;

function read(contents: unknown, task: Task = 'improve', prompt = PROMPT): PromptSpace {
  const path = join(folder, `space-${files++}.json`);
  writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return readSpaceFile(path, { prompt, task });
}

function refusal(contents: unknown, task: Task = 'improve', prompt = PROMPT): string {
  try {
    read(contents, task, prompt);
  } catch (error) {
    expect(error).toBeInstanceOf(DpoError);
    expect((error as DpoError).code).toBe('INVALID_SPACE');
    expect((error as DpoError).message).toMatch(/space-\d+\.json/);
    return (error as DpoError).message;
  }
  throw new Error('It was not refused.');
}

const own = (slots: unknown, more: object = {}) => ({ prompt: PROMPT, task: 'improve', slots, ...more });

describe('readSpaceFile() of our own format', () => {
  it('reads one space, in the order of the prompt', () => {
    const slots = [
      { text: 'art', start: 44, choices: ['photo'] },
      {
        text: 'plane',
        start: 2,
        choices: [
          { text: 'train', source: 'llm', relation: 'antonym', sense: 'plane, aircraft', score: 0.4 },
          { text: 'car', score: 0.9 },
        ],
      },
    ];
    expect(read(own(slots))).toEqual({
      prompt: PROMPT,
      task: 'improve',
      slots: [
        {
          text: 'plane',
          start: 2,
          choices: [
            { text: 'car', source: 'file', relation: 'contrast', score: 0.9 },
            { text: 'train', source: 'llm', relation: 'antonym', sense: 'plane, aircraft', score: 0.4 },
          ],
        },
        {
          text: 'art',
          start: 44,
          choices: [{ text: 'photo', source: 'file', relation: 'contrast', score: 1 }],
        },
      ],
    });
  });

  it('picks the prompt and the task from an array', () => {
    const other = { ...own([{ text: 'plane', choices: ['jet'] }]), task: 'attack' };
    const file = [
      { prompt: 'x', task: 'improve', slots: [] },
      other,
      own([{ text: 'plane', choices: ['car'] }]),
    ];
    expect(read(file).slots[0].choices[0].text).toBe('car');
    expect(read(file, 'attack').slots[0].choices[0]).toMatchObject({ text: 'jet', relation: 'synonym' });
  });

  it('drops the empty choice, the word itself, repetitions and slots without a choice', () => {
    const slots = [
      { text: 'plane', choices: ['', 'Plane', 'car', 'CAR', 'bus'] },
      { text: 'air', choices: [''] },
    ];
    const space = read(own(slots));
    expect(space.slots).toHaveLength(1);
    expect(space.slots[0].choices.map(({ text }) => text)).toEqual(['car', 'bus']);
  });

  it('finds a word without a start as a whole word, each occurrence once', () => {
    const space = read(
      own([
        { text: 'art', choices: ['photo'] },
        { text: 'A', choices: ['one'] },
        { text: 'a', choices: ['two'] },
      ]),
    );
    expect(space.slots.map(({ text, start }) => [text, start])).toEqual([
      ['a', 0],
      ['a', 31],
      ['art', 44],
    ]);
  });

  it('allows for spaces around the prompt', () => {
    const [slot] = read(
      own([{ text: 'plane', start: 2, choices: ['car'] }]),
      'improve',
      `  ${PROMPT} `,
    ).slots;
    expect(slot).toMatchObject({ text: 'plane', start: 4 });
  });

  it('stands thousands of choices', () => {
    const choices = Array.from({ length: 5000 }, (_, index) => `word${index}`);
    const [slot] = read(own([{ text: 'plane', choices }])).slots;
    expect(slot.choices).toHaveLength(5000);
    expect(slot.choices[0].score).toBeGreaterThan(slot.choices[4999].score);
  });
});

describe('readSpaceFile() of both prompts', () => {
  const both = own(
    [
      { text: 'plane', part: 'positive', choices: ['jet', 'Plane'] },
      { text: 'plane', choices: ['car'] },
    ],
    {
      library: [
        { theme: 'quality', choices: ['blurry', '', 'Blurry', { text: 'noisy' }] },
        { theme: 'x', choices: [''] },
      ],
    },
  );
  const wanted = (search: PromptSearch, contents: unknown = both, task: Task = 'improve') => {
    const path = join(folder, `space-${files++}.json`);
    writeFileSync(path, JSON.stringify(contents));
    return readSpaceFile(path, { prompt: PROMPT, task, search });
  };

  it('reads the slots of each, a word in both, and the library', () => {
    const space = read(both);
    expect(space.slots).toMatchObject([
      { text: 'plane', start: 2, part: 'negative', choices: [{ text: 'car', relation: 'contrast' }] },
      { text: 'plane', start: 2, part: 'positive', choices: [{ text: 'jet', relation: 'synonym' }] },
    ]);
    expect(space.library).toEqual([
      {
        theme: 'quality',
        choices: [
          { text: 'blurry', source: 'file', relation: 'quality', score: 1 },
          { text: 'noisy', source: 'file', relation: 'quality', score: 0.5 },
        ],
      },
    ]);
    expect(wanted('both')).toEqual(space);
  });

  it('is read for one of them', () => {
    expect(wanted('negative')).toMatchObject({
      slots: [{ text: 'plane', choices: [{ text: 'car' }] }],
      library: [{}],
    });
    const positive = wanted('positive');
    expect(positive.slots.map(({ choices }) => choices[0].text)).toEqual(['jet']);
    expect(positive).not.toHaveProperty('library');
  });

  it('may be a library alone', () => {
    expect(read(own([], { library: [{ theme: 'x', choices: ['y'] }] }))).toMatchObject({
      slots: [],
      library: [{}],
    });
  });

  it.each(['improve', 'attack'] as const)(
    "takes what the task's own space (%s) lacks from the other's",
    (task) => {
      const reference = { [PROMPT]: { synonym: { plane: ['jet'] }, antonym: { air: ['ground'] } } };
      expect(wanted('both', reference, task)).toMatchObject({
        task,
        slots: [
          { text: 'air', part: 'negative', choices: [{ text: 'ground' }] },
          { text: 'plane', part: 'positive', choices: [{ text: 'jet' }] },
        ],
      });
      expect(wanted('positive', reference, task).slots).toMatchObject([{ text: 'plane' }]);
      expect(wanted('negative', reference, task).slots).toMatchObject([{ text: 'air' }]);
    },
  );

  it('refuses a search for which it has no words', () => {
    const plain = own([{ text: 'plane', choices: ['car'] }]);
    expect(() => wanted('both', plain)).toThrow(
      /has no words for the prompt itself, which is to be searched/,
    );
    expect(() => wanted('negative', [{ ...plain, task: 'attack' }])).toThrow(
      /has no words for the negative prompt/,
    );
    expect(refusal(own([{ text: 'plane', part: 'other', choices: [] }]))).toMatch(/at slots\[0\]\.part/);
    expect(refusal(own([], { library: [{ choices: [] }] }))).toMatch(/at library\[0\]\.theme/);
  });
});

describe("readSpaceFile() of the reference's format", () => {
  it.each([
    ['antonym', 'synonym'],
    ['opp', 'sub'],
  ])('reads the spelling %s and %s', (contrasts, synonyms) => {
    const entry = {
      [contrasts]: { plane: ['train', 'car', 'plane'], flies: ['falls'] },
      [synonyms]: { plane: ['airplane'] },
      keywords: ['plane'],
      prompt_id: 3,
      prompt: PROMPT,
    };
    const file = { 'another prompt': { [contrasts]: {}, prompt_id: 0 }, [PROMPT]: entry };
    expect(read(file).slots.map(({ text, choices }) => [text, choices.map((choice) => choice.text)])).toEqual(
      [
        ['plane', ['train', 'car']],
        ['flies', ['falls']],
      ],
    );
    expect(read(file, 'attack').slots[0].choices).toEqual([
      { text: 'airplane', source: 'file', relation: 'synonym', score: 1 },
    ]);
  });

  it('refuses the task it does not hold', () => {
    expect(refusal({ [PROMPT]: { synonym: { plane: ['jet'] } } })).toMatch(
      /for the task attack only; expected the task improve/,
    );
  });
});

describe('readSpaceFile() refuses', () => {
  it('a file that is missing, and one that is no JSON', () => {
    const missing = join(folder, 'none.json');
    expect(() => readSpaceFile(missing, { prompt: 'x', task: 'attack' })).toThrow(
      /none\.json cannot be read: expected a JSON file, but there is no such file or folder\.$/,
    );
    expect(() => readSpaceFile(folder, { prompt: 'x', task: 'attack' })).toThrow(/cannot be read/);
    expect(refusal('{"prompt": ')).toMatch(/is not JSON/);
    expect(refusal('')).toMatch(/is not JSON/);
  });

  it.each([
    ['null', null, /expected an object or an array/],
    ['a number', 3, /expected an object or an array/],
    ['another format', { a: 1 }, /at a: expected object/],
    ['a wrong task', { prompt: PROMPT, task: 'imrpove', slots: [] }, /at task: .*improve.*attack/],
    ['no slots', { prompt: PROMPT, task: 'improve' }, /at slots: expected array/],
    [
      'slots of another kind',
      own([{ text: 'plane', choices: 'car' }]),
      /at slots\[0\]\.choices: expected array/,
    ],
    [
      'a choice that is no word',
      own([{ text: 'plane', choices: ['car', 3] }]),
      /at slots\[0\]\.choices\[1\]: expected a word/,
    ],
    ['a broken entry of an array', [own([]), { task: 'attack' }], /at \[1\]\.prompt: expected string/],
    [
      'a word that is not in the prompt',
      own([{ text: 'train', choices: ['car'] }]),
      /slots\[0\] of .* the word "train", which is not a word of the prompt/,
    ],
    ['a part of a word', own([{ text: 'par', choices: ['x'] }]), /which is not a word of the prompt/],
    [
      'a wrong start',
      own([{ text: 'plane', start: 3, choices: ['car'] }]),
      /"plane" at 3, where the prompt has "lane "/,
    ],
    ['a start inside a word', own([{ text: 'art', start: 34, choices: ['x'] }]), /"art" at 34/],
    [
      'the same word twice',
      own([
        { text: 'plane', choices: ['car'] },
        { text: 'plane', choices: ['bus'] },
      ]),
      /slots\[1\].*another slot has taken/,
    ],
    [
      'another prompt',
      { ...own([]), prompt: 'a cat' },
      /no slots for the prompt "a plane .*it holds "a cat"/,
    ],
    ['an empty array', [], /it holds no prompt at all/],
    ['no choice at all', own([{ text: 'plane', choices: ['plane'] }]), /no choice for any word/],
  ])('%s', (_, contents, message) => expect(refusal(contents)).toMatch(message));
});

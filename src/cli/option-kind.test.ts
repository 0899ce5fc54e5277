import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ascendingCounts,
  choice,
  number,
  numberedChoice,
  path,
  pictureOffset,
  pictureSize,
  repeated,
  seedList,
  stepPlace,
  stepPlaces,
  whole,
  wholeOrNever,
  wholeOrUnlimited,
} from './option-kind.ts';

describe('whole()', () => {
  test('reads every whole number that JavaScript counts exactly', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (value) => whole(0).read(String(value)) === value));
  });

  test.each([
    '',
    ' ',
    '1e',
    '1e3',
    '1.5',
    '-1',
    '+1',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '٣',
    '9007199254740992',
  ])('refuses %j', (text) => expect(whole(0).read(text)).toBeUndefined());

  test('refuses what is below its least', () => {
    expect(whole(1).read('0')).toBeUndefined();
    expect(whole(1).read('1')).toBe(1);
  });
});

describe('wholeOrUnlimited()', () => {
  test('reads the word for no limit', () => {
    expect(wholeOrUnlimited(0).read('unlimited')).toBe(Number.POSITIVE_INFINITY);
    expect(wholeOrUnlimited(0).read('Infinity')).toBeUndefined();
  });
});

describe('number()', () => {
  const any = number('a number', () => true);

  test('reads what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        Object.is(any.read(String(value)), Object.is(value, -0) ? 0 : value),
      ),
    );
  });

  test('reads .5, 1. and 1e-3', () => {
    expect(['.5', '1.', '1e-3', '+2'].map(any.read)).toEqual([0.5, 1, 0.001, 2]);
  });

  test.each(['', ' 1', '1e', 'e1', '.', '1e999', 'NaN', '-', '1,5', '0x1', 'Infinity'])(
    'refuses %j',
    (text) => expect(any.read(text)).toBeUndefined(),
  );

  test('gives no number from text that is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = any.read(text);
        return value === undefined || (Number.isFinite(value) && value === Number(text));
      }),
    );
  });
});

describe('seedList()', () => {
  test('reads numbers with commas, and none where that is allowed', () => {
    expect(seedList().read('0, 7,4294967295')).toEqual([0, 7, 4294967295]);
    expect(seedList().read('4294967296')).toBeUndefined();
    expect(seedList({ none: true }).read('none')).toEqual([]);
    expect(seedList().read('none')).toBeUndefined();
  });

  test.each(['', ',', '0,', '1,1', '-1', '1.5', '9007199254740992', 'a', '1;2', '0,01,00'])(
    'refuses %j',
    (text) => expect(seedList().read(text)).toBeUndefined(),
  );
});

describe('pictureSize', () => {
  test('reads width and height', () =>
    expect(pictureSize.read('512X768')).toEqual({ width: 512, height: 768 }));

  test.each(['', '512', 'x', '512x', '0x8', '8x8x8', '8.5x8', '-8x8'])('refuses %j', (text) =>
    expect(pictureSize.read(text)).toBeUndefined(),
  );
});

describe('pictureOffset', () => {
  test('reads pixels from the left, then from the top', () => {
    expect(pictureOffset.read('3,0')).toEqual({ x: 3, y: 0 });
    expect(pictureOffset.read('0, 64')).toEqual({ x: 0, y: 64 });
  });

  test.each(['', '0', ',', '0,', '0x64', '0,1,2', '-1,0', '0.5,0'])('refuses %j', (text) =>
    expect(pictureOffset.read(text)).toBeUndefined(),
  );
});

describe('numberedChoice()', () => {
  const kind = numberedChoice(['cpu', 'cuda', 'directml'], ['cuda', 'directml']);

  test('reads the words, and the number of those that have one', () => {
    for (const value of ['cpu', 'cuda', 'cuda:0', 'cuda:12', 'directml:1'])
      expect(kind.read(value)).toBe(value);
    for (const value of [
      'cpu:1',
      'cuda:',
      'cuda:x',
      'cuda:-1',
      'cuda:1:2',
      'cuda:1234',
      'cudax:1',
      'vulkan:1',
    ])
      expect(kind.read(value)).toBeUndefined();
  });

  test('says which have one', () => {
    expect(kind.expected).toBe(
      'one of cpu, cuda, directml; cuda and directml may be numbered, as cuda:1 is the second',
    );
  });
});

describe('choice() and path', () => {
  test('read what they know and nothing else', () => {
    expect(choice(['cpu', 'cuda']).read('cpu')).toBe('cpu');
    expect(choice(['cpu', 'cuda']).read('CPU')).toBeUndefined();
    expect(path.read('a b')).toBe('a b');
    expect(path.read(' ')).toBeUndefined();
  });
});

describe('repeated()', () => {
  test('gives a list of one, to be joined with the others', () => {
    expect(repeated(path).read('a')).toEqual(['a']);
    expect(repeated(path).read('')).toBeUndefined();
    expect(repeated(choice(['a', 'b']))).toMatchObject({ choices: ['a', 'b'], isRepeated: true });
  });
});

describe('places among steps', () => {
  test.each([
    ['0.4', 0.4],
    ['12', 12],
    ['1', 1],
    ['.25', 0.25],
  ])('%s is read', (text, place) => {
    expect(stepPlace.read(text)).toBe(place);
    expect(stepPlaces.read(`${text}, 20`)).toEqual([place, 20]);
  });

  test.each(['0', '-0.5', '1.5', '', 'half', '0.4,', '1e99'])('%j is refused', (text) => {
    expect(stepPlace.read(text)).toBeUndefined();
    expect(stepPlaces.read(text)).toBeUndefined();
  });
});

describe('wholeOrNever()', () => {
  test('reads never as no end', () => {
    expect([wholeOrNever(1).read('never'), wholeOrNever(1).read('5')]).toEqual([Number.POSITIVE_INFINITY, 5]);
    expect([wholeOrNever(1).read('0'), wholeOrNever(1).read('unlimited')]).toEqual([undefined, undefined]);
  });
});

describe('ascendingCounts', () => {
  test('reads numbers that ascend, and never as none', () => {
    expect(['2,4, 8', '3', 'never'].map((text) => ascendingCounts.read(text))).toEqual([[2, 4, 8], [3], []]);
  });

  test.each(['1', '2,2', '4,2', '', '2,', '2.5', '-2', 'none'])('%j is refused', (text) => {
    expect(ascendingCounts.read(text)).toBeUndefined();
  });
});

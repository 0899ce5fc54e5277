import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileWords } from './file-words.ts';

it('leaves of a name what any file system takes', () => {
  expect(fileWords(['DPO-Diff', 'random, 8 steps', 'größer'])).toEqual([
    'dpo-diff',
    'random-8-steps',
    'gr-er',
  ]);
});

it('tells apart names of which the same is left, or nothing', () => {
  expect(fileWords(['随机', '梯度'])).toEqual(['run-1', 'run-2']);
  expect(fileWords(['a b', 'a.b', 'A, b'])).toEqual(['a-b', 'a-b-2', 'a-b-3']);
  expect(fileWords(['run-2', '梯度', 'run 2 2'])).toEqual(['run-2', 'run-2-2-2', 'run-2-2']);
});

it('never gives a word twice', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'A', '1', '2', '-', ' ', '机'), maxLength: 5 });
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
      const words = fileWords(names);
      expect(new Set(words).size).toBe(names.length);
      for (const word of words) expect(word).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});

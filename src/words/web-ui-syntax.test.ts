import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPromptSpace } from './build-prompt-space.ts';
import { readWebUiSyntax } from './web-ui-syntax.ts';

function kindsIn(prompt: string): string[] {
  return readWebUiSyntax(prompt).syntax.map(({ kind, text }) => `${kind} ${text}`);
}

describe('readWebUiSyntax()', () => {
  it.each([
    ['a (red:1.2) cat', ['weight (red:1.2)']],
    ['a (red cat:-.5)', ['weight (red cat:-.5)']],
    ['a (style2:1.3) cat', ['weight (style2:1.3)']],
    ['a ((red)) cat', ['emphasis ((red))']],
    ['a (((red))) cat', ['emphasis (((red)))']],
    ['((red:1.2))', ['emphasis ((red:1.2))']],
    ['a (very) red cat', ['parentheses (very)']],
    ['(a (b))', ['parentheses (a (b))', 'parentheses (b)']],
    ['a [red] cat', ['brackets [red]']],
    ['a [cat:dog:0.5]', ['editing [cat:dog:0.5]']],
    ['a [cat::10] and [dog:8]', ['editing [cat::10]', 'editing [dog:8]']],
    ['a [cow|horse] in a field', ['alternation [cow|horse]']],
    ['a {red|blue} cat', ['variants {red|blue}']],
    ['a {red} cat', ['braces {red}']],
    ['a __color__ cat, __a/b_c__', ['wildcard __color__', 'wildcard __a/b_c__']],
    ['a cat BREAK a dog AND a cow', ['break BREAK', 'and AND']],
    ['a cat <lora:style_v2:0.8>', ['lora <lora:style_v2:0.8>']],
    ['a cat <hypernet:x:1>', ['network <hypernet:x:1>']],
    [String.raw`a cat \(animal\)`, [String.raw`escape \(`, String.raw`escape \)`]],
    ['embedding:bad-hands-5, a cat', ['embedding embedding:bad-hands-5']],
    ['([a:b:0.3] cat:1.4)', ['weight ([a:b:0.3] cat:1.4)', 'editing [a:b:0.3]']],
  ])('finds the commands in %s', (prompt, kinds) => {
    expect(kindsIn(prompt)).toEqual(kinds);
  });

  it.each([
    'a 3:2 photo at 10:30',
    'a cat :) and a dog ;-( (:',
    'a smiling cat :)',
    'CATS AND DOGS',
    'the words TEA BREAK on a wall',
    'a sign, android, breaks, BREAKFAST, R-AND-B',
    'snake_case and __init',
    'C:\\pictures\\cat',
    'unpaired ( bracket and a ] too',
    'if a < b and b > c',
    '1girl, solo, 8k, f/1.8',
    'an embedding: a pearl',
  ])('finds none in %s', (prompt) => {
    expect(kindsIn(prompt)).toEqual([]);
  });

  it('takes a time or a ratio in parentheses for no weight', () => {
    expect(kindsIn('(at 10:30) (3:2) (ratio 16:9) [10:30]')).toEqual([
      'parentheses (at 10:30)',
      'parentheses (3:2)',
      'parentheses (ratio 16:9)',
      'brackets [10:30]',
    ]);
  });

  it('says where each stands, whatever the prompt', () => {
    const bits = fc.constantFrom(...'()[]{}|:\\<>_ ', 'BREAK', 'AND', 'lora', '1.2', 'cat', '😀', ':)', '__');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
        const prompt = parts.join('');
        const { syntax, commands } = readWebUiSyntax(prompt);
        for (const { start, end, text } of syntax) expect(prompt.slice(start, end)).toBe(text);
        for (const { start, end } of commands) {
          expect(0 <= start && start < end && end <= prompt.length).toBe(true);
        }
      }),
    );
  });

  it('finds nothing in text without brackets, bars, angles, underscores and capitals', () => {
    const words = fc
      .stringMatching(/^[a-z0-9 ,.:;'!?-]{0,80}$/)
      .filter((text) => !text.includes('embedding:'));
    fc.assert(
      fc.property(words, (prompt) => {
        expect(kindsIn(prompt)).toEqual([]);
      }),
    );
  });

  it('takes a long prompt of nothing but brackets in its stride', () => {
    const start = performance.now();
    readWebUiSyntax('('.repeat(20_000) + ')'.repeat(20_000) + '\\('.repeat(20_000) + '[a|'.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('a search space', () => {
  function searched(prompt: string): string[] {
    return buildPromptSpace(prompt, { task: 'attack' }).slots.map(({ text }) => text);
  }

  it('takes words with a weight, but not the weight', () => {
    expect(searched('a (small dog:1.2)')).toEqual(searched('a small dog'));
    expect(searched('a (small dog:2)')).toEqual(searched('a small dog'));
  });

  it('has no slot for what only a web UI would understand', () => {
    const commands = ['BREAK', '<lora:small_house:0.8>', '__animal__', '[house:tree:0.5]', 'embedding:house'];
    for (const command of commands)
      expect(searched(`a small dog ${command}`)).toEqual(searched('a small dog'));
  });
});

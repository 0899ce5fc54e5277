import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, shortJson } from './short-json.ts';

describe('shortJson()', () => {
  it('is JSON for what is short', () => {
    for (const value of [null, true, 0.5, 'a', [1, 'b', null], { a: [1], b: { c: 2 } }, [], {}]) {
      expect(shortJson(value)).toBe(JSON.stringify(value));
    }
    expect(shortJson(undefined)).toBe('missing');
  });

  it('stays short, whatever the size and depth', () => {
    let deep: unknown = 0;
    for (let level = 0; level < 50_000; level++) deep = level % 2 ? [deep] : { a: deep };
    const large = [deep, Array(100_000).fill('x'), 'y'.repeat(1e6), { ['k'.repeat(1e6)]: 1 }];
    for (const value of [deep, large, large[1], large[2], large[3]]) {
      expect(shortJson(value).length).toBeLessThanOrEqual(80);
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(shortJson(value).length).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('quotes a name without its whole length', () => {
    expect(quoted('a"b')).toBe('"a\\"b"');
    expect(quoted('x'.repeat(5000)).length).toBeLessThan(200);
  });
});

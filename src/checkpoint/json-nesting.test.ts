import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNestedTooDeep } from './json-nesting.ts';

/** Levels of objects and arrays, the plain way. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('isNestedTooDeep()', () => {
  it('counts levels of any JSON, whatever its strings hold', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'large' },
        fc.string(),
        fc.constantFrom('[', '{"', '\\', '"', '\\"]'),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(json, fc.integer({ min: 1, max: 5 }), (value, limit) => {
        expect(isNestedTooDeep(JSON.stringify(value), limit)).toBe(depthOf(value) > limit);
      }),
    );
  });

  it('ends on text that is no JSON', () => {
    for (const text of ['"', '"\\', '[[["', ']]]]', '', '"\\"[[['])
      expect(isNestedTooDeep(text, 3)).toBe(false);
    expect(isNestedTooDeep(`]]${'['.repeat(9)}`, 3)).toBe(true);
  });
});

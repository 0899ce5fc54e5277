import { describe, expect, it } from 'vitest';
import { listOf, recordOf } from './large-json.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const record = recordOf(isText, 'a text');
const list = listOf(isText, 'a text');

function issuesOf(schema: typeof record | typeof list, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.error?.issues.map(({ path, message }) => [path, message]);
}

describe('recordOf() and listOf()', () => {
  it('give back the same object, not a copy', () => {
    const entries = { a: 'b', constructor: 'c' };
    expect(record.parse(entries)).toBe(entries);
    const items = ['a', 'b'];
    expect(list.parse(items)).toBe(items);
  });

  it('name the first fault and stop', () => {
    expect(issuesOf(record, { a: 'b', c: 1, d: 2 })).toEqual([[['c'], 'expected a text']]);
    expect(issuesOf(list, ['a', 1, 2])).toEqual([[[1], 'expected a text']]);
  });

  it('see a key called __proto__', () => {
    expect(issuesOf(record, JSON.parse('{"__proto__": 1}'))).toEqual([[['__proto__'], 'expected a text']]);
  });

  it('refuse what is neither', () => {
    for (const value of [null, undefined, 'a', 1, ['a']]) {
      expect(issuesOf(record, value)).toEqual([[[], 'expected an object']]);
    }
    for (const value of [null, undefined, 'a', { 0: 'a' }]) {
      expect(issuesOf(list, value)).toEqual([[[], 'expected a list']]);
    }
  });
});

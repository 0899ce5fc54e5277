/**
 * @file Schemas for objects and lists with as many entries as a vocabulary or a model has. They stop at the first fault and copy
 * nothing: a list of all faults of a hostile file would be many times its size.
 */
import { z } from 'zod';

/** An object whose values are all `isValue`; `expected` says what that is, as in "a whole number". */
export function recordOf<T>(
  isValue: (value: unknown) => value is T,
  expected: string,
): z.ZodType<Readonly<Record<string, T>>> {
  return z.unknown().transform((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      context.addIssue({ code: 'custom', message: 'expected an object' });
      return z.NEVER;
    }
    const record = value as Readonly<Record<string, unknown>>;
    for (const key in record) {
      if (isValue(record[key])) continue;
      context.addIssue({ code: 'custom', message: `expected ${expected}`, path: [key] });
      return z.NEVER;
    }
    return record as Readonly<Record<string, T>>;
  });
}

/** A list whose items are all `isItem`. */
export function listOf<T>(isItem: (value: unknown) => value is T, expected: string): z.ZodType<readonly T[]> {
  return z.unknown().transform((value, context) => {
    if (!Array.isArray(value)) {
      context.addIssue({ code: 'custom', message: 'expected a list' });
      return z.NEVER;
    }
    const wrong = value.findIndex((item) => !isItem(item));
    if (wrong < 0) return value as readonly T[];
    context.addIssue({ code: 'custom', message: `expected ${expected}`, path: [wrong] });
    return z.NEVER;
  });
}

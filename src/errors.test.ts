import { expect, test } from 'vitest';
import { DpoError } from './errors.ts';

test('a message stays on its line and gives the terminal no commands, whatever a file is called', () => {
  const error = new DpoError('FILE_ACCESS', 'a\nb\u001b[31m\u009b2J\u2028\u202ec 猫 é is fine.');
  expect(error.message).toBe('a\\u000ab\\u001b[31m\\u009b2J\\u2028\\u202ec 猫 é is fine.');
  expect(String(error)).toBe(`DpoError: ${error.message}`);
});

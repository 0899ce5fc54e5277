import { expect, test } from 'vitest';
import type { Host } from './host.ts';
import { mergeReporter } from './merge-reporter.ts';

function written(isTTY: boolean, quiet = false): string {
  let [text, time] = ['', 0];
  const stderr = { isTTY, columns: 30, write: (part: string) => (text += part) };
  const host = { stderr, env: {}, now: () => time++ } as unknown as Host;
  const { onMerge } = mergeReporter(host, { quiet });
  for (let done = 0; done < 3; done++) onMerge?.({ done, total: 3 });
  return text;
}

test('a terminal gets a live line, which is taken away at the end', () => {
  const text = written(true);
  expect(text).toContain('merging a LoRA: weight 2 of 3');
  expect(text.endsWith('\r\u001b[K')).toBe(true);
});

test('elsewhere it is said once', () => {
  expect(written(false)).toBe('Merging a LoRA into 3 weights; they are kept for later runs.\n');
  expect(written(false, true)).toBe('');
  expect(written(true, true)).toBe('');
});

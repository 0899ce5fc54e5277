/** @file JSON grown to a hundred thousand bytes and more: where a reader's cost grows faster than its file, it shows here. */
import type { Draw } from './draw.ts';

/** What a large file is large of; `count` pieces, each of a few bytes. */
const FILLINGS: readonly ((count: number) => string)[] = [
  (count) => `[${Array(count).fill('1').join(',')}]`,
  (count) => `[${Array(count).fill('"a b"').join(',')}]`,
  (count) => `[${Array(count).fill('[]').join(',')}]`,
  (count) => `[${Array(count).fill('{}').join(',')}]`,
  (count) => `{${Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join(',')}}`,
  (count) => `{${Array.from({ length: count }, (_, i) => `"k${i}":"v"`).join(',')}}`,
  (count) => `{${Array.from({ length: count }, () => '"a":1').join(',')}}`,
  (count) => `"${'x'.repeat(count * 4)}"`,
  (count) => `"${'\\u0041'.repeat(count)}"`,
  (count) => '['.repeat(count) + ']'.repeat(count),
  (count) => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`,
  (count) => '9'.repeat(count * 4),
];

/** `text`, an object, with the value of one key, or of a new one, or with itself replaced by something large. */
export function grownJson(text: string, draw: Draw): string {
  const filling = draw.pick(FILLINGS)(draw.pick([20_000, 60_000, 150_000]));
  if (draw.chance(0.1)) return filling;
  const object = JSON.parse(text) as Record<string, unknown>;
  const key = draw.chance(0.2) ? 'grown' : draw.pick(Object.keys(object));
  const others = Object.entries(object).filter(([name]) => name !== key);
  const members = others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...members, `${JSON.stringify(key)}:${filling}`].join(',')}}`;
}

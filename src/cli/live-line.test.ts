import { describe, expect, test } from 'vitest';
import { LiveLine } from './live-line.ts';

function setUp(columns?: number) {
  const clock = { now: 0 };
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text), isTTY: true, ...(columns && { columns }) };
  return { clock, written, line: new LiveLine(stream, () => clock.now) };
}

describe('LiveLine', () => {
  test('writes each new text over the old in one piece', () => {
    const { clock, written, line } = setUp(20);
    line.draw((width) => `${width} columns`);
    clock.now += 1;
    line.draw(() => 'shorter');
    expect(written).toEqual(['\r19 columns\u001b[K', '\rshorter\u001b[K']);
  });

  test('draws neither the same twice nor many times at once', () => {
    const { clock, written, line } = setUp();
    line.draw(() => 'one');
    line.draw(() => 'two');
    clock.now += 1;
    line.draw(() => 'one');
    expect(written).toHaveLength(1);
  });

  test('keeps the line below what is printed, and leaves nothing behind', () => {
    const { written, line } = setUp();
    line.draw(() => 'live');
    line.print('lasting');
    line.clear();
    line.clear();
    expect(written.slice(1)).toEqual(['\r\u001b[Klasting\nlive', '\r\u001b[K']);
  });
});

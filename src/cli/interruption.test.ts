import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Interruption } from './interruption.ts';

function setUp() {
  const source = Object.assign(new EventEmitter(), { exits: [] as number[], exit: (_: number) => {} });
  source.exit = (code) => source.exits.push(code);
  const told: string[] = [];
  const interruption = new Interruption(source, {
    onFirst: (signal) => told.push(signal),
    onSecond: () => told.push('second'),
  });
  return { source, told, interruption };
}

describe('Interruption', () => {
  test('asks for the end at the first signal', () => {
    const { source, told, interruption } = setUp();
    expect(interruption.received).toBeNull();
    source.emit('SIGTERM');
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.received).toBe('SIGTERM');
    expect(told).toEqual(['SIGTERM']);
    expect(source.exits).toEqual([]);
  });

  test('ends the process at the second, with the code of that signal', () => {
    const { source, told } = setUp();
    source.emit('SIGTERM');
    source.emit('SIGINT');
    expect(source.exits).toEqual([130]);
    expect(told).toEqual(['SIGTERM', 'second']);
  });

  test('leaves the signals alone once it is disposed of', () => {
    const { source, interruption } = setUp();
    interruption.dispose();
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
  });
});

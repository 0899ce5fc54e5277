import { describe, expect, it } from 'vitest';
import { EventChannel } from './event-channel.ts';

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

describe('an event channel', () => {
  it('gives what was pushed before and after the reader came, in order', async () => {
    const channel = new EventChannel<number>();
    channel.push(1);
    channel.push(2);
    const reading = all(channel);
    await Promise.resolve();
    channel.push(3);
    setTimeout(() => {
      channel.push(4);
      channel.push(5);
      channel.close();
    });
    expect(await reading).toEqual([1, 2, 3, 4, 5]);
    expect(await all(channel)).toEqual([]);
  });

  it('throws the failure after the values that came before it', async () => {
    const channel = new EventChannel<number>();
    channel.push(1);
    channel.fail(new Error('broken'));
    const seen: number[] = [];
    const reading = (async () => {
      for await (const value of channel) seen.push(value);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(seen).toEqual([1]);
  });

  it('throws even a failure that is undefined', async () => {
    const channel = new EventChannel<number>();
    channel.fail(undefined);
    await expect(all(channel)).rejects.toBeUndefined();
  });

  it('leaves no reader waiting when there are two', async () => {
    const channel = new EventChannel<number>();
    const readers = [all(channel), all(channel)];
    setTimeout(() => {
      channel.push(1);
      channel.push(2);
      channel.close();
    });
    const seen = await Promise.all(readers);
    expect(seen.flat().sort()).toEqual([1, 2]);
  });
});

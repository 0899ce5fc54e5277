import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';
import type { Host } from './host.ts';
import { whileLoading } from './while-loading.ts';

function host(): Host & { signals: EventEmitter } {
  const stream = { write: () => true };
  const signals = Object.assign(new EventEmitter(), { exit: () => undefined });
  return { stdout: stream, stderr: stream, env: {}, signals, now: () => 0, date: () => new Date(0) };
}

describe('whileLoading()', () => {
  test('gives what is loaded, and lets go of the signals', async () => {
    const at = host();
    expect(await whileLoading(at, {}, async () => 'model')).toBe('model');
    expect(at.signals.eventNames()).toEqual([]);
  });

  test('ends with the exit code of the signal, also where nobody listened to it', async () => {
    for (const isPolite of [true, false]) {
      const at = host();
      const loading = whileLoading(at, {}, async ({ signal, onDownload }) => {
        onDownload?.({ type: 'waiting', path: 'a' });
        at.signals.emit('SIGINT');
        if (isPolite) signal?.throwIfAborted();
      });
      const error = await loading.catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        message: expect.stringMatching(/^Stopped by Ctrl-C\. What has arrived/),
      });
      expect(exitCodeOf(error)).toBe(130);
    }
  });

  test('passes on what goes wrong', async () => {
    await expect(whileLoading(host(), {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});

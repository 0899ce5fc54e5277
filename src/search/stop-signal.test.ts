import { describe, expect, it } from 'vitest';
import { StopSignal } from './stop-signal.ts';

describe('StopSignal', () => {
  it('remembers which came first', () => {
    let now = 0;
    const controller = new AbortController();
    const stop = new StopSignal({ now: () => now, seconds: 1, signal: controller.signal });
    expect(stop.check()).toBeNull();
    now = 1000;
    expect(stop.check()).toBe('time');
    controller.abort();
    expect(stop.check()).toBe('time');
    expect(stop.signal.aborted).toBe(true);
    stop.dispose();
  });

  it("explains the caller's own reason, also wrapped, and an AbortError, and nothing else", () => {
    const controller = new AbortController();
    const reason = new Error('Ctrl-C');
    const stop = new StopSignal({
      now: () => 0,
      seconds: Number.POSITIVE_INFINITY,
      signal: controller.signal,
    });
    expect(stop.explains(reason)).toBe(false);
    controller.abort(reason);
    expect(stop.check()).toBe('aborted');
    expect(stop.explains(reason)).toBe(true);
    expect(stop.explains(new Error('sampling was cut', { cause: reason }))).toBe(true);
    expect(stop.explains(new DOMException('cut', 'AbortError'))).toBe(true);
    expect(stop.explains(new Error('out of memory'))).toBe(false);
    expect(stop.explains('out of memory')).toBe(false);
    stop.dispose();
  });

  it('can ignore the time for a while, but not the caller', async () => {
    const controller = new AbortController();
    const options = { now: () => 0, seconds: 0.001, signal: controller.signal };
    const stop = new StopSignal(options);
    stop.ignoreTime();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([stop.check(), stop.signal.aborted]).toEqual([null, false]);
    stop.heedTime();
    expect([stop.check(), stop.signal.aborted]).toEqual(['time', true]);
    stop.dispose();

    const other = new StopSignal(options);
    other.ignoreTime();
    controller.abort();
    expect(other.check()).toBe('aborted');
    other.heedTime();
    expect(other.check()).toBe('aborted');
    other.dispose();
  });

  it('stops work in time where the clock has jumped ahead', async () => {
    let now = 0;
    const stop = new StopSignal({ now: () => now, seconds: 3600 });
    now = 3600_000 - 20;
    expect(stop.check()).toBeNull();
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
    expect(stop.check()).toBe('time');
    stop.dispose();
  });

  it('takes a deadline beyond what a timer can hold', () => {
    let now = 0;
    const stop = new StopSignal({ now: () => now, seconds: 1e7 });
    expect(stop.check()).toBeNull();
    now = 1e10;
    expect(stop.check()).toBe('time');
    stop.dispose();
  });
});

/** @file A small fuzz of the checkpoint border, and proof that the fuzzer sees what it looks for. `npm run fuzz` is the large one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BufferWatch } from '../bench/fuzz/buffer-watch.ts';
import { type CaseResult, FuzzCases, problemOf } from '../bench/fuzz/fuzz-case.ts';
import { TARGETS, type Target } from '../bench/fuzz/targets.ts';
import { DpoError } from '../src/errors.ts';

const CASES = 2000;
const dir = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('2,000 damaged files', async () => {
  const cases = new FuzzCases(join(dir, 'small'), 20_261_124);
  const results: CaseResult[] = [];
  for (let index = 0; index < CASES; index++) results.push(await cases.run(index));

  it('are each accepted, or refused by a sentence that names the file', () => {
    expect(
      results.flatMap(({ index, problem }) => (problem === null ? [] : `case ${index}: ${problem}`)),
    ).toEqual([]);
  });

  it('reach every target, and each is sometimes accepted and sometimes refused', () => {
    for (const { name } of TARGETS) {
      const outcomes = new Set(results.filter(({ target }) => target === name).map(({ outcome }) => outcome));
      expect([name, [...outcomes].sort()]).toEqual([name, ['accepted', 'refused']]);
    }
  });

  it('are the same again for the same seed, whatever ran before', async () => {
    const again = new FuzzCases(join(dir, 'again'), 20_261_124);
    const withoutPlace = (message: string | null) => message?.replaceAll(/\/(?:small|again)\//g, '/');
    for (const index of [1999, 7, 1000]) {
      const { outcome, message } = await again.run(index);
      expect([outcome, withoutPlace(message)]).toEqual([
        results[index]!.outcome,
        withoutPlace(results[index]!.message),
      ]);
      expect(again.input(index).changed).toEqual(cases.input(index).changed);
    }
  });
});

describe('what is wrong', () => {
  it.each([
    ['a bug', new TypeError('x is not iterable'), /^threw no DpoError: TypeError/],
    ['a text', 'a text', /^threw no DpoError: a text/],
    ['a failed invariant', new DpoError('INTERNAL', '/in/file is odd.'), /^threw INTERNAL/],
    ['no file', new DpoError('INVALID_CHECKPOINT', 'It is damaged.'), /^did not name the file/],
    [
      'a long sentence',
      new DpoError('INVALID_CHECKPOINT', `/in/file ${'x'.repeat(3000)}`),
      /^said 3009 characters/,
    ],
  ])('is seen in a refusal with %s', (_, error, problem) => {
    expect(problemOf(error, '/in')).toMatch(problem);
  });

  it('is not seen in a refusal as it should be', () => {
    expect(problemOf(new DpoError('INVALID_CHECKPOINT', '/in/file is cut short.'), '/in')).toBeNull();
  });

  it('is seen in a reader that believes a claim, crashes, or takes too long', async () => {
    const reader = (open: Target['open']) => ({
      name: 'reader',
      share: 1,
      corpora: () => [new Map([['a.json', Buffer.from('{"size": 12}')]])],
      open,
    });
    const problems = async (open: Target['open']) => {
      const { problem } = await new FuzzCases(join(dir, 'bad'), 1, [reader(open)]).run(0);
      return problem;
    };
    expect(await problems(async () => new Float32Array(1e6))).toMatch(/^asked for 4000000 bytes at once for/);
    expect(await problems(async () => Buffer.alloc(1e6))).toMatch(/^asked for 1000000 bytes at once/);
    expect(await problems(async () => new Array(1e6).fill(0))).toMatch(/^asked for 8000000 bytes at once/);
    expect(await problems(async () => JSON.parse('{'))).toMatch(/^threw no DpoError: SyntaxError/);
    expect(await problems(async () => busyFor(1050))).toMatch(/^took 1\d\d\d ms of a processor/);
    expect(await problems(async () => new Float32Array(100))).toBeNull();
  });

  it('is watched without harm to the rest of the program', () => {
    const before = [ArrayBuffer, Float32Array, Array, Buffer.alloc];
    const watch = new BufferWatch();
    watch.start(100);
    const bytes = new Uint8Array(60);
    expect(bytes instanceof Uint8Array && Array.isArray(new Array(3))).toBe(true);
    expect(() => new Float32Array(26)).toThrow(RangeError);
    expect(watch.stop()).toBe(104);
    expect([ArrayBuffer, Float32Array, Array, Buffer.alloc]).toEqual(before);
  });
});

function busyFor(cpuMs: number): void {
  const start = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(start);
    if (user + system > 1000 * cpuMs) return;
  }
}

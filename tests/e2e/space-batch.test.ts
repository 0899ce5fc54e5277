import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SD1_FOLDER } from '../diffusion/recorded-pipeline.ts';
import { runDpoDiff } from './command-line-process.ts';

const cwd = mkdtempSync(join(tmpdir(), 'space-batch-'));
const PROMPTS = ['red', 'old', 'wooden', 'bright', 'happy', 'tall'].flatMap((how) =>
  ['cat', 'house', 'river', 'bottle', 'castle', 'robot'].flatMap((what) =>
    ['on a table', 'in the rain'].map((where) => `a ${how} ${what} ${where}`),
  ),
);
writeFileSync(
  join(cwd, 'prompts.txt'),
  `\uFEFF# many\r\n\r\n${PROMPTS.join('\r\n')}\r\n${PROMPTS[0]}\r\nzzz qqq\r\n`,
);

type Stop = (lines: number) => NodeJS.Signals | undefined;

/** Runs the command; `stop` is asked, as lines come into the partial file, for a signal to end it by. */
async function batch(out: string, stop: Stop = () => undefined, ...more: string[]) {
  const partial = join(cwd, `${out}.partial`);
  const args = ['space', '--prompts', 'prompts.txt', '--model', SD1_FOLDER, '--search', 'both', '--out', out];
  let timer: NodeJS.Timeout | undefined;
  const running = runDpoDiff([...args, ...more], {
    cwd,
    onStart: (child) => {
      timer = setInterval(() => {
        const lines = existsSync(partial) ? readFileSync(partial, 'utf8').split('\n').length - 1 : 0;
        const signal = stop(lines);
        if (signal === undefined) return;
        clearInterval(timer);
        child.kill(signal);
      }, 2);
    },
  });
  const finished = await running;
  clearInterval(timer);
  return finished;
}

describe('dpo-diff space --prompts', () => {
  test('goes on where kill -9 ended it, however often, and ends with the same file', async () => {
    const through = await batch('through.json');
    expect(through).toMatchObject({ code: 0 });
    expect(through.stdout).toContain('73 prompts: 72 with words to search, 1 without.');
    expect(through.stderr).toMatch(
      /^Warning: No word of the prompt "zzz qqq" has a synonym, an opposite or a contrast/m,
    );
    for (const lines of [1, 30]) {
      const killed = await batch('killed.json', (found) => (found > lines ? 'SIGKILL' : undefined));
      expect(killed.signal).toBe('SIGKILL');
      expect(existsSync(join(cwd, 'killed.json'))).toBe(false);
    }
    const kept = readFileSync(join(cwd, 'killed.json.partial'), 'utf8').split('\n').length - 2;
    expect(kept).toBeGreaterThanOrEqual(30);
    const last = await batch('killed.json', undefined, '--json');
    expect(JSON.parse(last.stdout)).toMatchObject({ out: 'killed.json', prompts: 73, kept });
    expect(readFileSync(join(cwd, 'killed.json'))).toEqual(readFileSync(join(cwd, 'through.json')));
    expect(existsSync(join(cwd, 'killed.json.partial'))).toBe(false);
  }, 120_000);

  test.each([
    ['SIGINT', 130, 'Ctrl-C'],
    ['SIGTERM', 143, 'SIGTERM'],
  ] as const)('stops at %s with what it has', async (signal, code, name) => {
    const out = `${signal}.json`;
    const stopped = await batch(out, (lines) => (lines > 5 ? signal : undefined));
    expect(stopped.code).toBe(code);
    const [, done] = new RegExp(
      `^Stopped by ${name}: ${out}\\.partial has (\\d+) of 73 prompts; the same command continues\\.$`,
      'm',
    ).exec(stopped.stderr)!;
    const lines = readFileSync(join(cwd, `${out}.partial`), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(Number(done) + 1);
  });

  test('asks for one prompt or one file, and for a place to write to', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await runDpoDiff(['space', ...args], { cwd });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused()).toContain('The PROMPT is missing');
    expect(await refused('a cat', '--prompts', 'prompts.txt')).toContain('Leave one of them out.');
    expect(await refused('--prompts', 'prompts.txt')).toContain('Add --out FILE.json');
    expect(await refused('--prompts', 'none.txt', '--out', 'x.json')).toContain('none.txt cannot be read');
  });
});

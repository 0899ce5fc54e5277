import { describe, expect, test } from 'vitest';
import { DpoError } from '../errors.ts';
import { runCommandLine } from './command-line.ts';
import { errorText } from './error-text.ts';
import { exitCodeOf } from './exit-code.ts';

async function run(...args: string[]) {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const signals = { on() {}, off() {}, exit() {} };
  const host = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    signals,
    now: () => 0,
    date: () => new Date(0),
  };
  const exitCode = await runCommandLine(args, host, '1.2.3');
  return { exitCode, ...texts };
}

describe('runCommandLine()', () => {
  test('prints help and version on standard output', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
    for (const args of [['--help'], ['help'], ['improve', '--help'], ['help', 'score']]) {
      const { exitCode, stdout, stderr } = await run(...args);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: dpo-diff/);
      expect(stdout).toMatch(/\nExamples?:\n {2}dpo-diff /);
    }
  });

  test('shows the help on standard error when nothing is asked', async () => {
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: dpo-diff/);
  });

  test.each([
    [['improv', 'x'], 'There is no command "improv". Did you mean improve? See dpo-diff --help.'],
    [['improve'], 'The PROMPT is missing; put it in quotes if it has spaces. See dpo-diff improve --help.'],
    [
      ['score', 'a.png'],
      'The PROMPT is missing; put it in quotes if it has spaces. See dpo-diff score --help.',
    ],
    [['improve', 'a', 'cat'], 'There are too many arguments; put a prompt of several words in quotes.'],
    [
      ['improve', 'a', '--stpes', '3'],
      'There is no option --stpes. Did you mean --steps? See dpo-diff improve',
    ],
    [['improve', '-xyz'], 'There is no option -xyz. See dpo-diff improve --help.'],
    [
      ['improve', "-a cat's hat"],
      "There is no option -a cat's hat. A prompt that begins with a dash goes after --.",
    ],
    [['improve', 'a', '--steps'], 'The option --steps <N> needs a value after it.'],
    [['improve', 'a', '--steps', '1e'], '--steps must be a whole number of at least 1, but it is "1e".'],
    [
      ['generate', 'a', '--budget', '3'],
      'dpo-diff generate has no option --budget; it belongs to improve, attack, experiment. See dpo-diff generate --help.',
    ],
    [
      ['improve', 'a', '--min-similarity=0.5'],
      'dpo-diff improve has no option --min-similarity=0.5; it belongs to attack, experiment.',
    ],
    [['space', 'a', '--config', '/etc/passwd/x'], 'is a file, where a folder was expected'],
    [['improve', '  '], 'The prompt is empty.'],
    [['generate', ''], 'The prompt is empty.'],
    [['score', 'a.png', ''], 'The prompt is empty.'],
  ])('refuses %j in one sentence', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^dpo-diff: .*\n$/);
  });
});

describe('errorText()', () => {
  test('shows where an error came from only when asked to', () => {
    const error = new DpoError('FILE_ACCESS', 'It cannot be read.', { cause: new Error('EACCES') });
    expect(errorText(error, false)).toBe('dpo-diff: It cannot be read.\n');
    expect(errorText(error, true)).toMatch(
      /It cannot be read\.[\s\S]*\n {4}at [\s\S]*Caused by: Error: EACCES/,
    );
    expect(errorText(new TypeError('x is not a function'), false)).toContain('--verbose');
  });
});

describe('exitCodeOf()', () => {
  test('tells mistakes of the user from others', () => {
    expect(exitCodeOf(new DpoError('INVALID_OPTION', ''))).toBe(2);
    expect(exitCodeOf(new DpoError('DEVICE_UNAVAILABLE', ''))).toBe(2);
    expect(exitCodeOf(new DpoError('EXECUTION_FAILED', ''))).toBe(1);
    expect(exitCodeOf(new Error(''))).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { candidate, finished, gradientIteration, STARTED, sampling } from '../../tests/cli/study-events.ts';
import { createStudyReporter } from './study-reporter.ts';

const EVENTS = [
  STARTED,
  { type: 'warning', message: 'words fall off.' } as const,
  sampling(20),
  candidate(0, 0.5, { improved: true }),
  gradientIteration(0, 1.1),
  gradientIteration(1, 1.2),
  candidate(1, 0.6, { spent: 2.2, bestLoss: 0.5 }),
  candidate(2, null, { spent: 3.2, bestLoss: 0.5 }),
  candidate(3, 0.4, { spent: 4.2, improved: true }),
  sampling(2, 'held-out'),
  sampling(2, 'held-out'),
  finished(),
];

function told(options: {
  isTTY?: boolean;
  env?: Record<string, string>;
  quiet?: boolean;
  verbose?: boolean;
}): string {
  let text = '';
  let now = 0;
  const stream = { write: (piece: string) => (text += piece), isTTY: options.isTTY ?? false, columns: 100 };
  const reporter = createStudyReporter({
    ...{ stream, iterations: 20, env: options.env ?? {}, quiet: options.quiet, verbose: options.verbose },
    now: () => (now += 1),
  });
  for (const event of EVENTS) reporter.note(event);
  reporter.close();
  return text;
}

const PLAIN = `Searching a negative prompt for "a red cat": 2 words, 9 combinations.
pocket, 64x64 pixels, 10 steps, guidance 7.5, seeds 0, 1; hybrid search, 6 evaluations; on cpu in float32.
Warning: words fall off.
The original:
    1  loss 0.500  without a negative prompt
Gradient search: learning which words matter.
Evolution:
    4  loss 0.400  "dog"
Pictures on the held-out seeds.
`;

describe('createStudyReporter()', () => {
  test('keeps a prompt with quotes and line breaks on one line', () => {
    const space = { ...STARTED.space, prompt: 'a "red"\ncat' };
    let text = '';
    const stream = { write: (piece: string) => (text += piece) };
    createStudyReporter({ stream, iterations: 20, env: {}, now: () => 0 }).note({ ...STARTED, space });
    expect(text).toContain(String.raw`Searching a negative prompt for "a \"red\"\ncat": 2 words`);
  });

  test('says what auto passed over, and why, where every detail is asked for', () => {
    const passedOver = [{ device: 'cuda', reason: 'it is not available here', isInstalled: false }] as const;
    const toldOf = (verbose: boolean) => {
      let text = '';
      const stream = { write: (piece: string) => (text += piece) };
      createStudyReporter({ stream, verbose, iterations: 20, env: {}, now: () => 0 }).note({
        ...STARTED,
        passedOver,
      });
      return text;
    };
    expect(toldOf(true)).toMatch(
      /; on cpu in float32\.\n {2}cuda was passed over: it is not available here\.\n$/,
    );
    expect(toldOf(false)).not.toContain('cuda');
  });

  test('writes a line for each new best and each part of the work where nobody watches', () => {
    expect(told({})).toBe(PLAIN);
  });

  test.each([[{ isTTY: true, env: { CI: 'true' } }], [{ isTTY: true, env: { TERM: 'dumb' } }]])(
    'does the same for %j',
    (options) => expect(told(options)).toBe(PLAIN),
  );

  test('says more when asked to, and nothing when asked to', () => {
    const verbose = told({ verbose: true });
    expect(verbose).toContain('    3  not counted: the picture is black');
    expect(verbose).toContain('  iteration 2  at step 3  loss 0.500');
    expect(told({ quiet: true, isTTY: true })).toBe('');
  });

  test('draws a line over and over on a terminal, below the same lines, and takes it away', () => {
    const text = told({ isTTY: true, env: { NO_COLOR: '1' } });
    const screen = afterOverwriting(text);
    expect(screen).toBe(PLAIN);
    expect(text).toContain('gradient 1 of ~20');
    expect(text).toContain('loss 0.500 → 0.400');
    expect(text).not.toContain('\u001b[3');
    expect(told({ isTTY: true })).toContain('\u001b[36m');
  });
});

/** What stays on the screen: of each line, what follows its last carriage return. */
function afterOverwriting(text: string): string {
  const lines = text.split('\n').map((line) => line.split('\r').at(-1)!.replace('\u001b[K', ''));
  return lines.join('\n');
}

/** @file Experiments as users run them: real processes on one real store, killed and joined by others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { StudyRow } from '../../src/experiment/experiment-row.ts';
import { StudyStore } from '../../src/store/study-store.ts';
import { MAIN, runDpoDiff, TSX } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-experiment-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd });

const PATIENCE = 600_000;
const JOBS = 8;

/** Two prompts, four searches each; every job is a study, so that studies tell how often each was done. */
await writeFile(
  join(cwd, 'small.yaml'),
  `title: A small experiment
found: Nothing.
report: comparison
prompts: { from: list, prompts: [a red cat and a blue car, a yellow bus and a green tree] }
search-seeds: [0, 1, 2, 3]
options: { steps: 4, seeds: [0], held-out-seeds: [100], method: random, budget: 3 }
runs:
  - name: random
`,
);

interface Outcome {
  readonly rows: readonly StudyRow[];
  /** One for each time that a job was begun. */
  readonly studies: readonly string[];
}

function outcomeOf(path: string, name = 'small'): Outcome {
  const store = new StudyStore(path);
  try {
    const rows = store.experiments.results(name) as StudyRow[];
    const studies = store.studies.list({ experiment: name });
    expect(studies.map(({ state }) => state)).toEqual(studies.map(() => 'done'));
    return { rows, studies: studies.map(({ id }) => id) };
  } finally {
    store.close();
  }
}

/** Each job has its row, and each row a study of its own: no job was done twice. */
function expectDoneOnce({ rows, studies }: Outcome): void {
  expect(rows).toHaveLength(JOBS);
  expect([...studies].sort()).toEqual(rows.map(({ studyId }) => studyId).sort());
}

function withoutTimes(rows: readonly StudyRow[]): unknown[] {
  return rows.map(({ seconds: _, studyId: __, ...row }) => row);
}

/** Workers of the process `parent`: its children, by the system's own account. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}

function start(args: readonly string[]): { child: ChildProcess; code: Promise<number | null> } {
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], { cwd, stdio: 'ignore' });
  return { child, code: new Promise((resolve) => child.on('close', resolve)) };
}

/** Until so many jobs are begun or done, one of them just now. */
async function untilRunning(path: string, jobs: number, child: ChildProcess): Promise<void> {
  for (;;) {
    await pause(50);
    if (child.exitCode !== null) throw new Error(`The experiment ended with ${child.exitCode}.`);
    const store = new StudyStore(path);
    const { running, done } = store.experiments.counts('small');
    store.close();
    if (running + done >= jobs && running > 0) return;
  }
}

const undisturbed = dpoDiff('experiment', 'small.yaml', '--store', 'undisturbed.db', '--json');

describe('dpo-diff experiment', () => {
  test('does every job once, and has nothing to do the second time', { timeout: PATIENCE }, async () => {
    const { code, stdout } = await undisturbed;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      experiment: 'small',
      counts: { done: JOBS, failed: 0 },
      failed: [],
    });
    const outcome = outcomeOf(join(cwd, 'undisturbed.db'));
    expectDoneOnce(outcome);
    const again = await dpoDiff('experiment', 'small.yaml', '--store', 'undisturbed.db');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(
      /^run +done[\s\S]*random +8\/8[\s\S]*dpo-diff report small --store undisturbed\.db\n$/,
    );
    expect(outcomeOf(join(cwd, 'undisturbed.db'))).toEqual(outcome);
  });

  test('gives the job of a worker that is killed to another', { timeout: PATIENCE }, async () => {
    const path = join(cwd, 'worker.db');
    const { child, code } = start(['experiment', 'small.yaml', '--store', path, '--jobs', '2']);
    await untilRunning(path, 2, child);
    const workers = childrenOf(child.pid!);
    expect(workers.length).toBeGreaterThanOrEqual(2);
    process.kill(workers[0], 'SIGKILL');
    expect(await code).toBe(0);
    const outcome = outcomeOf(path);
    expectDoneOnce(outcome);
    await undisturbed;
    expect(withoutTimes(outcome.rows)).toEqual(withoutTimes(outcomeOf(join(cwd, 'undisturbed.db')).rows));
  });

  test('goes on where it was when everything was killed', { timeout: PATIENCE }, async () => {
    const path = join(cwd, 'parent.db');
    const { child, code } = start(['experiment', 'small.yaml', '--store', path, '--jobs', '2']);
    await untilRunning(path, 3, child);
    const workers = childrenOf(child.pid!);
    child.kill('SIGKILL');
    expect(await code).toBe(null);
    // Workers do not outlive the one who keeps them.
    while (workers.some((pid) => readable(`/proc/${pid}/stat`))) await pause(50);
    const again = await dpoDiff('experiment', 'small.yaml', '--store', path, '--quiet');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expectDoneOnce(outcomeOf(path));
  });

  test('is joined by a second one', { timeout: PATIENCE }, async () => {
    const path = join(cwd, 'both.db');
    const args = ['experiment', 'small.yaml', '--store', path, '--json'];
    const [one, other] = await Promise.all([dpoDiff(...args), dpoDiff(...args)]);
    for (const { code, stdout } of [one, other]) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout).counts).toMatchObject({ done: JOBS, running: 0 });
    }
    expectDoneOnce(outcomeOf(path));
  });

  test.each([['1'], ['2']])(
    'is stopped by Ctrl-C with %s jobs at once, and says how to go on',
    { timeout: PATIENCE },
    async (jobs) => {
      const path = join(cwd, `stopped-${jobs}.db`);
      const args = ['experiment', 'small.yaml', '--store', path, '--jobs', jobs];
      let isTold = false;
      const stopped = await runDpoDiff(args, {
        cwd,
        onStderr: (text, child) => {
          if (isTold || !/[1-4] of 8 jobs done/.test(text)) return;
          // A second one would quit at once.
          isTold = child.kill('SIGINT');
        },
      });
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toContain(`Go on with: dpo-diff ${args.join(' ')}\n`);
      const store = new StudyStore(path);
      const counts = store.experiments.counts('small');
      store.close();
      expect(counts.running + counts.stale).toBe(0);
      expect(counts.waiting).toBeGreaterThan(0);
      expect((await dpoDiff(...args)).code).toBe(0);
      expectDoneOnce(outcomeOf(path));
    },
  );

  test('records failures and goes on; --retry does them again, --restart everything', {
    timeout: PATIENCE,
  }, async () => {
    const text = readFileSync(join(cwd, 'small.yaml'), 'utf8').replace(
      'a yellow bus and a green tree',
      'of the and',
    );
    await writeFile(join(cwd, 'failing.yaml'), text.replace('[0, 1, 2, 3]', '[0]'));
    const args = ['experiment', 'failing.yaml', '--store', 'failing.db'];
    const { code, stderr, stdout } = await dpoDiff(...args);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('1/2 (1 failed)') });
    expect(stderr).toContain(
      '1 job failed (--retry tries again):\n  p001/random/s0: No word of the prompt "of the and"',
    );
    expect(await dpoDiff(...args, '--retry')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('1 failed job will be tried again'),
    });
    const other = await dpoDiff(...args, '--steps', '3');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('--restart') });
    const restarted = await dpoDiff(...args, '--steps', '3', '--restart', '--json');
    expect(JSON.parse(restarted.stdout)).toMatchObject({ counts: { done: 1, failed: 1 } });
    // What cannot begin again is not forgotten.
    const lost = text.replace(/^prompts: .*$/m, 'prompts: { from: file, path: gone.txt }');
    expect(lost).not.toBe(text);
    await writeFile(join(cwd, 'failing.yaml'), lost);
    expect(await dpoDiff(...args, '--restart')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gone.txt'),
    });
    const listed = JSON.parse((await dpoDiff('report', '--store', 'failing.db', '--json')).stdout);
    expect(listed.experiments).toMatchObject([{ name: 'failing', jobs: { done: 1, failed: 1 } }]);
  });

  test('chooses hard prompts first, and the same ones in several processes', {
    timeout: PATIENCE,
  }, async () => {
    const text = `title: Hard prompts
found: Nothing.
report: random-prompts
prompts: { from: world, count: 12, seed: 2024 }
hard: { count: 2, misses-concept: true, seeds: [0] }
kind: random-prompts
parameters: { draws: 1 }
options: { steps: 4, seeds: [100] }
runs: [{ name: negative }]
`;
    await writeFile(join(cwd, 'hard.yaml'), text);
    const promptsOf = async (store: string, jobs: string) => {
      const { code } = await dpoDiff('experiment', 'hard.yaml', '--store', store, '--jobs', jobs);
      expect(code).toBe(0);
      return outcomeOf(join(cwd, store), 'hard').rows.map(({ prompt }) => prompt);
    };
    const [one, two] = await Promise.all([promptsOf('hard-1.db', '1'), promptsOf('hard-2.db', '2')]);
    expect(one).toHaveLength(2);
    expect(two).toEqual(one);
  });

  test('lists what comes with the program, and says what is wrong in a file', {
    timeout: PATIENCE,
  }, async () => {
    const { code, stdout } = await dpoDiff('experiment');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^figure-6 +Four ways to search, against the budget \(Figure 6\)$/m);
    await writeFile(join(cwd, 'wrong.yaml'), 'title: x\nfuond: y\n');
    const wrong = await dpoDiff('experiment', 'wrong.yaml', '--store', 'wrong.db');
    expect(wrong).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('wrong.yaml, line 2: "fuond"'),
    });
    const none = await dpoDiff('experiment', 'figur-6', '--store', 'wrong.db');
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "figure-6"?') });
    const noModel = await dpoDiff(
      'experiment',
      'small.yaml',
      '--store',
      'wrong.db',
      '--jobs',
      '2',
      '--model',
      cwd,
    );
    expect(noModel).toMatchObject({ code: 2, stderr: expect.stringContaining('model_index.json') });
  });
});

function readable(path: string): boolean {
  try {
    // A process that has ended and that nobody has collected yet is a zombie.
    const stat = readFileSync(path, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

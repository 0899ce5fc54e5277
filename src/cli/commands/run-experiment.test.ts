import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { failJob, finishJob } from '../../../tests/store/take-job.ts';
import { expandJobs } from '../../experiment/expand-jobs.ts';
import type { ExperimentDefinition } from '../../experiment/experiment-definition.ts';
import { choiceName } from '../../experiment/hard-prompts.ts';
import { parseExperiment } from '../../experiment/read-experiment.ts';
import type { ExperimentTable } from '../../store/experiment-table.ts';
import { StudyStore } from '../../store/study-store.ts';
import { runCommandLine } from '../command-line.ts';
import { EXPERIMENT_OPTION_RULES } from '../experiment-option-rules.ts';

const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-experiment-'));
afterAll(() => rmSync(dir, { recursive: true }));

const PROMPTS = join(dir, 'prompts.txt');
const FILE = join(dir, 'small.yaml');
const TEXT = `title: Small
found: Nothing.
report: comparison
prompts: { from: file, path: prompts.txt }
options: { steps: 4, guidance: 3 }
runs: [{ name: run }]
`;
const HARD = 'hard: { loss-above: 0, count: 2 }\n';

async function experiment(text: string, ...args: string[]) {
  writeFileSync(FILE, text);
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (written: string) => {
      texts[name] += written;
    },
  });
  const signals = { on() {}, off() {}, exit() {} };
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const host = { ...streams, env: {}, signals, now: () => 0, date: () => new Date(0) };
  const given = ['experiment', FILE, '--store', path, ...args];
  return { code: await runCommandLine(given, host, '1.2.3'), ...texts };
}

/** What the store has of `text`, whose jobs were entered and then treated so. */
function begun(text: string, treat: (experiments: ExperimentTable) => void): void {
  const definition = parseExperiment(text, FILE, { rules: EXPERIMENT_OPTION_RULES });
  const jobs = expandJobs(definition, ['a red cat', 'a blue car']).map((job) => ({ key: job.key, job }));
  inStore(({ experiments }) => {
    if (definition.hard) {
      const candidates = ['a red cat', 'a blue car'].map((prompt, i) => ({ key: `c${i}`, job: { prompt } }));
      experiments.begin(choiceName('small'), definition, candidates);
    } else experiments.begin('small', definition, jobs);
    treat(experiments);
  });
}

function inStore<T>(work: (store: StudyStore) => T): T {
  const store = new StudyStore(path);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** All jobs, one after the other. */
function failAll(experiments: ExperimentTable): void {
  for (let job = experiments.take('small'); job; job = experiments.take('small'))
    experiments.fail('small', job.place, 'no memory');
}

const REFUSED = {
  code: 2,
  stdout: '',
  stderr: expect.stringContaining('an experiment "small" that asked for something else'),
};

let path: string;
let count = 0;

beforeEach(() => {
  path = join(dir, `${count++}.db`);
  writeFileSync(PROMPTS, 'a red cat\na blue car\n');
});

describe('dpo-diff experiment', () => {
  it('refuses a file to which "hard" was added together with other steps', async () => {
    begun(TEXT, () => {});
    expect(await experiment(TEXT.replace('steps: 4', 'steps: 5') + HARD)).toMatchObject(REFUSED);
    expect(inStore(({ experiments }) => experiments.names())).toEqual(['small']);
  });

  it('refuses a file from which "hard" was taken away, and stores nothing empty', async () => {
    begun(TEXT + HARD, () => {});
    expect(await experiment(TEXT)).toMatchObject(REFUSED);
    expect(inStore(({ experiments }) => experiments.has('small'))).toBe(false);
    expect(inStore(({ experiments }) => experiments.has('small/prompts'))).toBe(true);
  });

  it.each(['', HARD])(
    'refuses options that exclude each other, and leaves the name free %s',
    async (hard) => {
      const text = TEXT.replace('steps: 4', 'steps: 4, search-steps: 5') + hard;
      expect(await experiment(text)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('The run "run" cannot be done. The search steps must be'),
      });
      expect(inStore(({ experiments }) => experiments.has('small'))).toBe(false);
      expect(inStore(({ experiments }) => experiments.has('small/prompts'))).toBe(false);
    },
  );

  it('goes on with a file that says the same in other words, and keeps these', async () => {
    begun(TEXT, failAll);
    const text = TEXT.replace('steps: 4, guidance: 3', 'guidance: 3, steps: 4').replace(
      'Nothing.',
      'Something.',
    );
    const { code, stdout } = await experiment(text, '--json');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 1, counts: { failed: 2 } });
    const { found } = inStore(({ experiments }) => experiments.definition('small') as ExperimentDefinition);
    expect(found).toBe('Something.');
  });

  it('tells of prompts that could not be looked at, and exits with 1', async () => {
    begun(TEXT + HARD, (experiments) => {
      failJob(experiments, 'small/prompts', 0, 'no memory');
      finishJob(experiments, 'small/prompts', 1, { prompt: 'a blue car', losses: [1], isHard: true });
      const definition = experiments.definition('small/prompts');
      experiments.begin('small', definition, [{ key: 'p000/run/s0', job: { run: 'run' } }]);
      finishJob(experiments, 'small', 0, { kind: 'gradient-norm', seconds: 1, unetCalls: 1 });
    });
    const told = await experiment(TEXT + HARD, '--quiet');
    expect(told).toMatchObject({
      code: 1,
      stderr:
        '1 job failed (--retry tries again):\n  prompts/c0: no memory\nThe prompts were chosen among the others; only --restart chooses again.\n',
    });
    const { stdout } = await experiment(TEXT + HARD, '--json', '--retry');
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { done: 1, failed: 1 },
      failed: [{ key: 'prompts/c0', error: 'no memory' }],
    });
  });

  it('refuses a file of prompts that was edited, and needs none that is gone', async () => {
    begun(TEXT, failAll);
    writeFileSync(PROMPTS, 'a red cat\na blue bus\n');
    expect(await experiment(TEXT)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        `The file ${PROMPTS} holds other prompts than when the experiment "small"`,
      ),
    });
    rmSync(PROMPTS);
    expect(await experiment(TEXT)).toMatchObject({ code: 1 });
  });

  it('tries nothing again for a definition that is refused', async () => {
    begun(TEXT, failAll);
    const refused = await experiment(TEXT, '--steps', '5', '--retry');
    expect(refused).toMatchObject(REFUSED);
    expect(refused.stderr).not.toContain('will be tried again');
    writeFileSync(PROMPTS, 'a blue bus\n');
    expect(await experiment(TEXT, '--retry')).toMatchObject({ code: 2 });
    expect(inStore(({ experiments }) => experiments.counts('small').failed)).toBe(2);
  });
});

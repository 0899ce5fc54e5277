import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticDefinition, syntheticStudies } from '../../../tests/experiment/synthetic-rows.ts';
import { failJob, finishJob } from '../../../tests/store/take-job.ts';
import { plainPicture } from '../../../tests/study/synthetic-study.ts';
import type { ReportKind } from '../../experiment/experiment-definition.ts';
import { StudyStore } from '../../store/study-store.ts';
import { encodePng } from '../../study/png-image.ts';
import { runCommandLine } from '../command-line.ts';

const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-report-'));
const path = join(dir, 'studies.db');
afterAll(() => rmSync(dir, { recursive: true }));

/** A store with an experiment of four jobs, of which one waits and one failed. */
function filledStore(): void {
  const store = new StudyStore(path);
  const image = store.images.add(encodePng(plainPicture(16, [0, 0, 1])));
  const definition = { ...syntheticDefinition('comparison'), name: 'table-1' };
  store.experiments.begin(
    'table-1',
    definition,
    [0, 1, 2, 3].map((key) => ({ key: String(key), job: {} })),
  );
  for (const [place, row] of syntheticStudies({ prompts: 2, image }).entries())
    finishJob(store.experiments, 'table-1', place, row);
  failJob(store.experiments, 'table-1', 2, 'it could not');
  const later = { ...definition, name: 'later', report: 'hologram' as ReportKind };
  store.experiments.begin('later', later, []);
  store.experiments.begin('hard/prompts', { ...definition, name: 'hard' }, []);
  store.close();
}

async function dpoDiff(...args: string[]) {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const signals = { on() {}, off() {}, exit() {} };
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const host = { ...streams, env: {}, signals, now: () => 0, date: () => new Date(0) };
  return { code: await runCommandLine(['report', ...args], host, '1.2.3'), ...texts };
}

describe('dpo-diff report', () => {
  filledStore();

  it('lists the experiments with their jobs', async () => {
    const { code, stdout } = await dpoDiff('--store', path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/experiment +done +waiting +failed/);
    expect(stdout).toMatch(/table-1 +2 +1 +1/);
    const { stdout: json } = await dpoDiff('--store', path, '--json');
    expect(JSON.parse(json).experiments).toContainEqual({
      name: 'table-1',
      jobs: { waiting: 1, running: 0, stale: 0, failed: 1, done: 2 },
    });
  });

  it('says of an experiment whose prompts are not chosen that it has no results yet', async () => {
    const { code, stderr } = await dpoDiff('hard', '--store', path);
    expect(code).toBe(2);
    expect(stderr).toContain('its prompts are still being chosen. Go on with: dpo-diff experiment hard');
    const within = await dpoDiff('hard/prompts', '--store', path);
    expect(within).toMatchObject({ code: 2, stderr: expect.not.stringMatching(/It has .*hard/) });
  });

  it('writes the report of an experiment that is not complete, its pictures inside', async () => {
    const out = join(dir, 'out');
    const { code, stdout } = await dpoDiff('table-1', '--store', path, '--out', out);
    expect(code).toBe(0);
    expect(stdout).toContain('2 jobs done, 1 waiting, 1 failed');
    const files = readdirSync(out);
    for (const file of [
      'report.html',
      'report.md',
      'jobs.csv',
      'losses.csv',
      'table-1-pictures.svg',
      'table-1-pictures.png',
    ])
      expect(files).toContain(file);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('of 4 jobs, 2 are done, 1 not done yet, 1 failed');
    expect(html).toContain('data:image/png;base64,');
    expect(html).toContain('npx dpo-diff experiment table-1\nnpx dpo-diff report table-1');
  });

  it('prints what it found as JSON', async () => {
    const out = join(dir, 'json');
    const { stdout } = await dpoDiff('table-1', '--store', path, '--out', out, '--json');
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ experiment: 'table-1', dir: out, done: 2, waiting: 1, failed: 1 });
    expect(result.clauses[0]).toMatchObject({ claim: 'hybrid: the loss falls' });
    expect(readdirSync(out).sort()).toEqual(result.files.toSorted());
  });

  it.each([
    [['unknown', '--store', path], 'There is no experiment "unknown"'],
    [['later', '--store', path], 'this version knows comparison, random-prompts'],
    [['--store', join(dir, 'no.db')], 'There is no store'],
    [['--store', 'none'], 'This needs a store, and there is none'],
    [[], 'This needs a store, and there is none'],
  ])('refuses %j', async (args, sentence) => {
    const { code, stdout, stderr } = await dpoDiff(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});

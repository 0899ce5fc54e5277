import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StudyStore } from '../../store/study-store.ts';
import type { StudyResult } from '../../study/study-result.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { runResume } from './run-resume.ts';
import { runStudy } from './run-study.ts';

const QUICK = { steps: 2, budget: 3, method: 'random', seeds: [0], heldOutSeeds: [1, 2] } as const;

let folder: string;
let store: string;
let out: string;
let done: StudyResult;
let told: { stdout: string; stderr: string };
let host: Host;

beforeEach(() => {
  told = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof told) => ({
    write: (text: string) => {
      told[name] += text;
    },
  });
  host = {
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    env: {},
    signals: { on() {}, off() {}, exit() {} },
    now: () => 0,
    date: () => new Date(0),
  };
});

const search = (options: CliOptions) =>
  runStudy(host, { task: 'improve', prompt: 'a red cat and a blue car', options, typed: [] });

const stored = () => {
  const opened = new StudyStore(store);
  const study = opened.studies.get(done.studyId!);
  opened.close();
  return study;
};

it('is the command that a stopped search names, with the store that was named', {
  timeout: 60_000,
}, async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'dpo-diff-stopped-'));
  const store = join(temporary, 'my studies.db');
  const options = { ...QUICK, confirm: 2, store, out: join(temporary, 'run') };
  let interrupt = () => {};
  const signals = {
    ...host.signals,
    on: (signal: string, listener: () => void) => {
      if (signal === 'SIGINT') interrupt = listener;
    },
    off: () => {
      interrupt = () => {};
    },
  };
  const stderr = {
    write: (text: string) => {
      told.stderr += text;
      if (text.includes('The original')) interrupt();
    },
  };
  const request = { task: 'improve', prompt: 'a red cat and a blue car', options, typed: [] } as const;
  expect(await runStudy({ ...host, stderr, signals }, request)).toBe(130);
  expect(told.stderr).toMatch(/^Warning: --confirm has nothing to do/);
  expect(told.stderr).toMatch(/Go on with: dpo-diff resume \w{8} --store '.*my studies\.db'\n$/);
  await rm(temporary, { recursive: true });
});

describe('runResume() of a study that is done', { timeout: 120_000 }, () => {
  let whole: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dpo-diff-run-resume-'));
    store = join(folder, 'studies.db');
    out = join(folder, 'run');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('shows it as it was, where its folder is whole', async () => {
    expect(await search({ ...QUICK, store, out, json: true })).toBe(0);
    done = JSON.parse(told.stdout);
    whole = (await readdir(out)).sort();
    expect(whole).toEqual(expect.arrayContaining(['report.html', 'result.json', 'held-out-original-2.png']));
    const before = stored().updated;
    told.stdout = '';
    expect(await runResume(host, done.studyId!, { store, json: true })).toBe(0);
    expect(JSON.parse(told.stdout)).toEqual(done);
    expect(stored().updated).toBe(before);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the folder is gone', () => rm(out, { recursive: true })],
    [
      'the process died when the study was done',
      async () => {
        for (const name of await readdir(out)) if (name !== 'events.jsonl') await rm(join(out, name));
        const events = await readFile(join(out, 'events.jsonl'), 'utf8');
        await writeFile(join(out, 'events.jsonl'), events.replace(/[^\n]*\n$/, ''));
      },
    ],
    ['a picture is missing', () => rm(join(out, 'held-out-best-1.png'))],
    ['the report is missing', () => rm(join(out, 'report.html'))],
  ])('writes its pictures and report again when %s, and samples nothing', async (_, damage) => {
    await damage();
    told.stdout = '';
    expect(await runResume(host, done.studyId!, { store })).toBe(0);
    expect((await readdir(out)).sort()).toEqual(whole);
    expect(told.stdout).toContain(join(out, 'report.html'));
    expect(told.stderr).toContain(`not all of its pictures and reports are in ${out}`);
    const again = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'));
    expect(again).toMatchObject({ studyId: done.studyId, original: done.original, best: done.best });
    expect(again.knownPictures).toBeGreaterThanOrEqual(done.evaluations);
    expect(stored().state).toBe('done');
  });

  it('names no report of another run that is in its folder by now', async () => {
    expect(await search({ ...QUICK, store, out, searchSeed: 1, json: true })).toBe(0);
    const other = await readFile(join(out, 'result.json'), 'utf8');
    told.stdout = '';
    expect(await runResume(host, done.studyId!, { store })).toBe(0);
    expect(told.stdout).toContain(done.summary);
    expect(told.stdout).not.toContain('report.html');
    expect(told.stderr).toContain(`Another run is in its folder ${out} by now.`);
    expect(told.stderr).toContain(`dpo-diff resume ${done.studyId} --store ${store} writes`);
    expect(await readFile(join(out, 'result.json'), 'utf8')).toBe(other);
  });
});

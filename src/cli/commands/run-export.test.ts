import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { newStudy } from '../../../tests/store/store-rows.ts';
import { temporaryStores } from '../../../tests/store/temporary-store.ts';
import { QUICK_STUDY, STUDY_PROMPT } from '../../../tests/study/quick-study.ts';
import { StudyStore } from '../../store/study-store.ts';
import { improve } from '../../study/improve.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import { runCommandLine } from '../command-line.ts';
import type { Host } from '../host.ts';

const freshPath = temporaryStores();
const store = freshPath();
const told = { stdout: '', stderr: '' };

beforeEach(() => {
  told.stdout = '';
  told.stderr = '';
});

const open = new StudyStore(store);
const pipeline = await loadPipeline({ threads: 1 });
const study = await improve(pipeline, STUDY_PROMPT, {
  ...QUICK_STUDY,
  method: 'random',
  record: { store: open, experiment: 'figure-6' },
}).result();
await pipeline.release();
open.studies.begin(newStudy());
open.close();

async function run(args: readonly string[], env: Host['env'] = {}): Promise<number> {
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      told[name] += text;
    },
  });
  const host = {
    ...{ stdout: stream('stdout'), stderr: stream('stderr'), env },
    ...{ signals: process, now: () => 0, date: () => new Date() },
  };
  return runCommandLine(['export', ...args], host, '0');
}

describe('dpo-diff export', () => {
  it('writes to standard output, and nothing else', async () => {
    expect(await run(['--store', store])).toBe(0);
    expect(told.stderr).toBe('');
    expect(JSON.parse(told.stdout)).toMatchObject({ studyId: study.studyId, prompt: STUDY_PROMPT });
  });

  it('counts what the web UI would misread, and leaves it out', async () => {
    const path = freshPath();
    const other = new StudyStore(path);
    const best = { ...study.best, prompt: `${STUDY_PROMPT} <lora:x:1>` };
    other.studies.finish(other.studies.begin(newStudy()).id, { ...study, best });
    other.close();
    const sentence =
      'Warning: Left out: 1 study with <lora:…>, BREAK or AND in a prompt. They were text in the search, and would be commands to the web UI.\n';
    expect(await run(['--store', path, '--format', 'a1111'])).toBe(0);
    expect(told).toEqual({ stdout: '', stderr: `0 studies exported.\n${sentence}` });
    const out = freshPath('prompts.txt');
    expect(await run(['--store', path, '--format', 'a1111', '--out', out, '--json'])).toBe(0);
    expect(JSON.parse(told.stdout)).toEqual({ out, studies: 0, leftOut: 1 });
  });

  it('writes a file, and says how many studies are in it', async () => {
    const out = freshPath('prompts.jsonl');
    expect(await run(['--store', store, '--out', out])).toBe(0);
    expect(told).toEqual({ stdout: '', stderr: `1 study in ${out}.\n` });
    expect(JSON.parse(readFileSync(out, 'utf8')).studyId).toBe(study.studyId);
    expect(await run(['--store', store, '--out', out, '--experiment', 'figure-7'])).toBe(2);
    expect(told.stderr).toContain('There is no experiment "figure-7"');
    expect(JSON.parse(readFileSync(out, 'utf8')).studyId).toBe(study.studyId);
    const none = ['--experiment', 'figure-6', '--min-gain', '9'];
    expect(await run(['--store', store, '--out', out, '--json', ...none])).toBe(0);
    expect(JSON.parse(told.stdout)).toEqual({ out, studies: 0, leftOut: 0 });
    expect(readFileSync(out, 'utf8')).toBe('');
  });

  it('takes ids, an experiment, a least gain and a format', async () => {
    const id = study.studyId!;
    const chosen = ['--study', id, '--study', id.slice(0, 7), '--experiment', 'figure-6', '--min-gain', '-1'];
    expect(await run(['--store', store, '--format', 'a1111', ...chosen])).toBe(0);
    expect(told.stdout).toMatch(
      /^--prompt "a red cat and a blue car" --negative_prompt "[^"]+" --steps 4 .*\n$/,
    );
    expect(await run(['--store', store, '--min-gain', '5'])).toBe(0);
    expect(told.stderr).toBe('0 studies exported.\n');
  });

  it('leaves a file as it is when a study cannot be exported', async () => {
    const out = freshPath('prompts.jsonl');
    await run(['--store', store, '--out', out]);
    const before = readFileSync(out, 'utf8');
    told.stderr = '';
    expect(await run(['--store', store, '--out', out, '--study', '!!'])).toBe(2);
    expect(told.stderr).toMatch(/^dpo-diff: There is no study "!!"/);
    expect(readFileSync(out, 'utf8')).toBe(before);
    expect(existsSync(`${out}.tmp`)).toBe(false);
  });

  it('looks into the store of the user without --store', async () => {
    const data = dirname(freshPath());
    mkdirSync(join(data, 'dpo-diff'));
    const own = new StudyStore(join(data, 'dpo-diff/studies.db'));
    own.close();
    expect(await run([], { XDG_DATA_HOME: data, HOME: data, LOCALAPPDATA: data })).toBe(0);
    expect(told.stderr).toBe('0 studies exported.\n');
  });

  it('makes no store, and says that there is none', async () => {
    const missing = freshPath();
    expect(await run(['--store', missing])).toBe(2);
    expect(told.stderr).toContain(`There is no store ${missing} yet`);
    expect(existsSync(missing)).toBe(false);
    expect(await run(['--store', 'none'])).toBe(2);
    expect(told.stderr).toContain('This needs a store, and there is none');
    expect(await run([])).toBe(2);
  });

  it('says where it cannot write', async () => {
    expect(await run(['--store', store, '--out', '/proc/x/prompts.jsonl'])).toBe(2);
    expect(told.stderr).toMatch(/^dpo-diff: "\/proc\/x\/prompts\.jsonl" cannot be written: /);
    expect(await run(['--store', store, '--format', 'csv'])).toBe(2);
  });
});

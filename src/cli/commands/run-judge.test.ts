import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersFile } from '../../../tests/experiment/judge-answers.ts';
import { JUDGED_PAIRS, SECRETS } from '../../../tests/experiment/judged-scenes.ts';
import { DpoError } from '../../errors.ts';
import type { JudgedExperiment } from '../../experiment/judgement/pairs-of-experiment.ts';
import type { SheetKey } from '../../experiment/judgement/sheet-key.ts';
import type { CliOptions } from '../shared-options.ts';
import { type PairsLoader, runJudge } from './run-judge.ts';

let folder: string;
let out: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-judge-'));
  out = join(folder, 'sheets', 'scenes.html');
});
afterEach(() => rm(folder, { recursive: true }));

function pairsOf(experiment: string): JudgedExperiment {
  if (experiment === 'scenes') return { title: 'Scenes', pairs: JUDGED_PAIRS, lostSeeds: 0, openJobs: 0 };
  throw new DpoError('INVALID_OPTION', `There is no experiment "${experiment}".`);
}

async function judge(options: CliOptions, experiment = 'scenes', pairs: PairsLoader = pairsOf) {
  let stdout = '';
  const stream = {
    write: (text: string) => {
      stdout += text;
    },
  };
  const host = {
    stdout: stream,
    stderr: stream,
    env: {},
    signals: { on() {}, off() {}, exit() {} },
    now: () => 0,
    date: () => new Date(0),
  };
  const exitCode = await runJudge(host, { experiment, pairsOf: pairs }, { out, ...options });
  return { exitCode, stdout };
}

const readKey = async (): Promise<SheetKey> =>
  JSON.parse(await readFile(out.replace('.html', '.key.json'), 'utf8'));

async function answersOf(name: string): Promise<string> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(answersFile(await readKey(), name)));
  return path;
}

describe('runJudge()', () => {
  it('writes the sheet and its key, and says who gets which', async () => {
    const { exitCode, stdout } = await judge({});
    expect(exitCode).toBe(0);
    expect(await readdir(join(folder, 'sheets'))).toEqual(['scenes.html', 'scenes.key.json']);
    expect(stdout).toContain('scenes.html: 5 pairs to judge. Send judges this file alone');
    expect(stdout).toContain('judges must not see it');
    expect(stdout).toContain('Searches that found no other prompt: 1.');
    const html = await readFile(out, 'utf8');
    for (const secret of SECRETS) expect(html).not.toContain(secret);
    expect((await readKey()).experiment).toBe('scenes');
  });

  it('says how many seeds want a picture', async () => {
    const lacking: PairsLoader = (name) => ({ ...pairsOf(name), lostSeeds: 2 });
    expect((await judge({})).stdout).not.toContain('Left out');
    expect((await judge({}, 'scenes', lacking)).stdout).toContain('Left out: 2 seeds of pairs');
    expect(JSON.parse((await judge({ json: true }, 'scenes', lacking)).stdout)).toMatchObject({
      lostSeeds: 2,
    });
  });

  it('says that there will be more to judge', async () => {
    const unfinished: PairsLoader = (name) => ({ ...pairsOf(name), openJobs: 3 });
    expect((await judge({})).stdout).not.toContain('not finished');
    expect((await judge({}, 'scenes', unfinished)).stdout).toContain(
      'The experiment is not finished: 3 jobs to do.',
    );
  });

  it('writes the same sheet again, so that answers stay valid', async () => {
    await judge({});
    const answers = await answersOf('Ann');
    await judge({});
    expect((await judge({ import: [answers] })).exitCode).toBe(0);
  });

  it('replaces no key of another sheet, whose answers it would make useless', async () => {
    await judge({});
    const answers = await answersOf('Ann');
    const more: PairsLoader = (name) => ({ ...pairsOf('scenes'), pairs: JUDGED_PAIRS.slice(1), title: name });
    await expect(judge({}, 'scenes', more)).rejects.toThrow(
      /scenes\.key\.json is the key of a sheet of "scenes" with other pictures, .* Name the new sheet with --out/,
    );
    await expect(judge({}, 'other', more)).rejects.toThrow('a sheet of the experiment "scenes"');
    expect((await judge({ import: [answers] })).exitCode).toBe(0);
    await judge({ out: join(folder, 'second.html') }, 'scenes', more);
    // A key that cannot be read is of no use to anybody.
    await writeFile(out.replace('.html', '.key.json'), '{');
    await judge({});
    expect((await judge({ import: [answers] })).exitCode).toBe(0);
  });

  it('imports what judges saved, as text, as Markdown and as JSON', async () => {
    await judge({});
    const answers = await Promise.all(['Ann', 'Bob'].map(answersOf));
    const { exitCode, stdout } = await judge({ import: answers });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nhybrid-run {5}all {9}4 {2}2 \(50 %\) {2}2 \(50 %\) +0 \(0 %\)/);
    expect(stdout).toMatch(/attack-run +all +4 {2}2 \(50 %\) +2 /);
    const markdown = await readFile(out.replace('.html', '.md'), 'utf8');
    expect(markdown).toContain('| hybrid-run | all | 4 | 2 (50 %) | 2 (50 %) | 0 (0 %) |');
    const json = JSON.parse((await judge({ import: answers, json: true })).stdout);
    expect(json.runs.map(({ run }: { run: string }) => run)).toEqual([
      'evolution-run',
      'hybrid-run',
      'attack-run',
    ]);
  });

  it('reads answers and a key that an editor began with a byte order mark', async () => {
    await judge({});
    const answers = await answersOf('Ann');
    const key = out.replace('.html', '.key.json');
    for (const path of [answers, key]) await writeFile(path, `\uFEFF${await readFile(path, 'utf8')}`);
    expect((await judge({ import: [answers] })).exitCode).toBe(0);
  });

  it('tells programs where everything is', async () => {
    const { stdout } = await judge({ json: true });
    expect(JSON.parse(stdout)).toMatchObject({ html: out, pairs: 5, omitted: [{ reason: 'unchanged' }] });
  });

  it('refuses in a sentence what cannot be', async () => {
    await expect(judge({}, 'other')).rejects.toThrow('There is no experiment "other".');
    await expect(judge({ out: join(folder, 'sheet.json') })).rejects.toThrow('whose name ends in .html');
    await judge({});
    const answers = await answersOf('Ann');
    await expect(judge({ import: [answers] }, 'other')).rejects.toThrow(
      'is the key of the experiment "scenes"',
    );
    await expect(judge({ import: [join(folder, 'none.json')] })).rejects.toThrow('none.json');
    await expect(judge({ import: [answers], out: join(folder, 'x.html') })).rejects.toThrow(
      /^There is no \S+x\.key\.json, the key that was written beside the sheet\. Name the sheet with --out/,
    );
  });
});

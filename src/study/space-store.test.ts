import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import type { Task } from '../words/prompt-space.ts';
import { readSpaceFile } from '../words/space-file.ts';
import { type BuiltSpace, buildSpaces } from './build-spaces.ts';
import { SpaceStore, type StoredSpace } from './space-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
let files = 0;
const newPath = () => join(folder, `spaces-${files++}.json`);
const PROMPTS = ['a red cat', 'ein roter Käfer', 'nothing', 'a blue car'];

function spaceOf(prompt: string, task: Task = 'improve'): StoredSpace {
  if (prompt === 'nothing') throw new DpoError('INVALID_PROMPT', 'No word of it.');
  const [text] = prompt.split(' ').slice(-1);
  const choice = { text: 'grün\n"x"', source: 'test', relation: 'contrast', score: 1 };
  return { prompt, task, slots: [{ text, start: prompt.length - text.length, choices: [choice] }] };
}

interface Run {
  readonly path: string;
  readonly prompts?: readonly string[];
  readonly task?: Task;
  readonly settings?: string;
  readonly signal?: AbortSignal;
}

async function run({ path, prompts = PROMPTS, task = 'improve', settings = 'defaults', signal }: Run) {
  const built: string[] = [];
  const store = SpaceStore.open(path, { task, settings });
  const told: BuiltSpace[] = [];
  const build = (prompt: string) => {
    built.push(prompt);
    return spaceOf(prompt, task);
  };
  for await (const each of buildSpaces(prompts, {
    task,
    store,
    build,
    signal: signal ?? new AbortController().signal,
  }))
    told.push(each);
  return { built, told };
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('a file of many spaces', () => {
  it('is an array of them, with the reason where there is none, and can be searched', async () => {
    const path = newPath();
    const { told } = await run({ path });
    expect(told.map(({ problem }) => problem)).toEqual([undefined, undefined, 'No word of it.', undefined]);
    expect(json(path)).toEqual(
      PROMPTS.map((prompt) =>
        prompt === 'nothing'
          ? { prompt, task: 'improve', slots: [], problem: 'No word of it.' }
          : spaceOf(prompt),
      ),
    );
    expect(existsSync(`${path}.partial`)).toBe(false);
    expect(readSpaceFile(path, { prompt: 'a red cat', task: 'improve' })).toEqual(spaceOf('a red cat'));
  });

  it('is continued from whatever a run left, cut at any byte', async () => {
    const whole = newPath();
    await run({ path: whole });
    const path = newPath();
    const store = SpaceStore.open(path, { task: 'improve', settings: 'defaults' });
    for (const prompt of ['a red cat', 'ein roter Käfer']) store.add(spaceOf(prompt));
    store.close();
    const bytes = readFileSync(`${path}.partial`);
    const lineEnds = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
    for (let length = 0; length <= bytes.length; length++) {
      const cut = newPath();
      writeFileSync(`${cut}.partial`, bytes.subarray(0, length));
      const { built } = await run({ path: cut });
      const kept = Math.max(0, lineEnds.filter((end) => end <= length).length - 1);
      expect(built).toEqual(PROMPTS.slice(kept));
      expect(readFileSync(cut)).toEqual(readFileSync(whole));
      expect(existsSync(`${cut}.partial`)).toBe(false);
    }
  });

  it('is whole although the partial file is still there, as after a crash between the two', async () => {
    const path = newPath();
    await run({ path });
    const first = readFileSync(path);
    writeFileSync(
      `${path}.partial`,
      `{"format":"dpo-diff-spaces/1","settings":"defaults"}\n${JSON.stringify(spaceOf('a red cat'))}\n`,
    );
    expect((await run({ path })).built).toEqual([]);
    expect(readFileSync(path)).toEqual(first);
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  it('ends before the next prompt when it is stopped, and leaves no file that looks whole', async () => {
    const path = newPath();
    const stop = new AbortController();
    const store = SpaceStore.open(path, { task: 'improve', settings: 'defaults' });
    for await (const { prompt } of buildSpaces(PROMPTS, {
      task: 'improve',
      store,
      build: spaceOf,
      signal: stop.signal,
    }))
      if (prompt === PROMPTS[1]) stop.abort();
    store.close();
    expect(existsSync(path)).toBe(false);
    expect((await run({ path })).built).toEqual(PROMPTS.slice(2));
  });

  it('grows by prompts and by the other task, and keeps what people wrote into it', async () => {
    const path = newPath();
    const edited = {
      note: 'mine',
      prompt: ' a red cat ',
      task: 'improve',
      slots: [{ text: 'cat', choices: ['dog'] }],
    };
    writeFileSync(path, `\uFEFF${JSON.stringify([edited], null, 2)}`);
    const { built, told } = await run({ path, prompts: ['a red cat', 'a hat'] });
    expect(built).toEqual(['a hat']);
    expect(told[0]).toEqual({ prompt: 'a red cat', isKept: true });
    await run({ path, prompts: ['a red cat'], task: 'attack' });
    expect(json(path)).toEqual([edited, spaceOf('a hat'), spaceOf('a red cat', 'attack')]);
  });

  it.each([
    ['no JSON', 'x', '', /is no array of search spaces/],
    ['one space', '{"prompt":"x","task":"improve","slots":[]}', '', /is no array of search spaces/],
    ['another array', '[1]', '', /is no array of search spaces/],
    ['a foreign partial file', undefined, '{"a":1}\n', /partial" is not what an earlier run began/],
    [
      'a damaged line',
      undefined,
      '{"format":"dpo-diff-spaces/1","settings":"defaults"}\n{"prompt":1}\n',
      /partial" has no search space on line 2/,
    ],
    [
      'other settings',
      undefined,
      '{"format":"dpo-diff-spaces/1","settings":"maxChoices 3"}\n',
      /was begun with other options \(maxChoices 3 instead of defaults\)/,
    ],
  ])('refuses %s and touches nothing', async (_, whole, partial, message) => {
    const path = newPath();
    if (whole !== undefined) writeFileSync(path, whole);
    if (partial !== '') writeFileSync(`${path}.partial`, partial);
    await expect(run({ path })).rejects.toThrow(message);
    await expect(run({ path })).rejects.toBeInstanceOf(DpoError);
    if (whole !== undefined) expect(readFileSync(path, 'utf8')).toBe(whole);
    if (partial !== '') expect(readFileSync(`${path}.partial`, 'utf8')).toBe(partial);
  });

  it('says that a place cannot be written', async () => {
    await expect(run({ path: join(folder, 'none', 'x.json') })).rejects.toThrow(
      /cannot be written: its folder does not exist/,
    );
  });
});

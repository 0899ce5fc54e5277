import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SyntheticStudyOptions,
  syntheticEvents,
  syntheticStudy,
} from '../../tests/study/synthetic-study.ts';
import { DpoError } from '../errors.ts';
import { readImage } from './read-image.ts';
import { RunFolder, recordStudy } from './run-folder.ts';
import type { PictureEvent, StudyEvent } from './study-event.ts';

let parent: string;
let dir: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'dpo-run-'));
  dir = join(parent, 'runs', 'one');
});
afterEach(() => rm(parent, { recursive: true }));

/** Records a made-up study and gives what passed on. */
async function run(options: SyntheticStudyOptions = {}): Promise<StudyEvent[]> {
  return collect(recordStudy(syntheticStudy(options), await RunFolder.create(dir)));
}

async function collect(events: AsyncIterable<StudyEvent>): Promise<StudyEvent[]> {
  const seen: StudyEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

async function json(name: string) {
  return JSON.parse(await readFile(join(dir, name), 'utf8'));
}

describe('RunFolder', () => {
  it('leaves pictures, grid, report, result and events behind, and nothing half-written', async () => {
    await run({ seeds: [0], heldOutSeeds: [2, 3] });
    expect((await readdir(dir)).sort()).toEqual([
      'best-0.png',
      'events.jsonl',
      'grid.png',
      'held-out-best-2.png',
      'held-out-best-3.png',
      'held-out-original-2.png',
      'held-out-original-3.png',
      'original-0.png',
      'report.html',
      'result.json',
    ]);
  });

  it('writes pictures as they are, with their parameters', async () => {
    const events = await run();
    for (const event of events.filter((e): e is PictureEvent => e.type === 'picture')) {
      const path = join(dir, `${event.heldOut ? 'held-out-' : ''}${event.which}-${event.seed}.png`);
      const { shape, data } = await readImage(path);
      expect(shape).toEqual(event.image.shape);
      const worst = data.reduce((max, value, i) => Math.max(max, Math.abs(value - event.image.data[i])), 0);
      expect(worst).toBeLessThan(0.51 / 255);
      const text = (await sharp(path).metadata()).comments?.[0]?.text;
      expect(text).toMatch(/^a red cat and a blue car\n/);
      expect(text?.includes('Negative prompt: ')).toBe(event.which === 'best');
      expect(text).toContain(`Steps: 20, Sampler: DDIM, CFG scale: 5, Seed: ${event.seed}, Size: 64x64`);
    }
    expect((await sharp(join(dir, 'grid.png')).metadata()).format).toBe('png');
    expect(await readFile(join(dir, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('stores the result with every evaluation in order', async () => {
    const events = await run();
    const stored = await json('result.json');
    const { history, ...result } = stored;
    const last = events.at(-1)!;
    expect(last).toEqual({ type: 'finished', result });
    expect(result.runDir).toBe(dir);
    expect(history).toHaveLength(30);
    expect(history.map((entry: { index: number }) => entry.index)).toEqual(
      history.map((_: unknown, i: number) => i),
    );
    expect(Object.keys(history[11])).toEqual([
      ...['index', 'prompt', 'negativePrompt', 'candidate', 'loss', 'losses', 'invalid', 'phase'],
    ]);
    expect(history[11]).toMatchObject({
      loss: null,
      losses: [],
      invalid: 'the picture of seed 1 is all black',
    });
  });

  it('stores events line by line, pictures by their file, sampling not at all', async () => {
    const events = await run({ seeds: [0], heldOutSeeds: [] });
    const lines = (await readFile(join(dir, 'events.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(
      events.map(({ type }) => type).filter((type) => type !== 'sampling'),
    );
    const pictures = lines.filter(({ type }) => type === 'picture');
    expect(pictures[0]).toMatchObject({ which: 'original', seed: 0, file: 'original-0.png' });
    expect(pictures[0].image).toBeUndefined();
    expect(lines.filter(({ type }) => type === 'candidate')).toEqual(
      JSON.parse(JSON.stringify(events.filter(({ type }) => type === 'candidate'))),
    );
  });

  it('appends each event as it comes', async () => {
    const folder = await RunFolder.create(dir);
    const [started, warning] = syntheticEvents();
    const count = async () => (await readFile(join(dir, 'events.jsonl'), 'utf8')).split('\n').length - 1;
    expect(await count()).toBe(0);
    await folder.record(started);
    expect(await count()).toBe(1);
    await folder.record(warning);
    expect(await count()).toBe(2);
  });

  it('passes every event on, the last with the folder', async () => {
    const events = await run();
    expect(events.slice(0, -1)).toEqual(syntheticEvents().slice(0, -1));
    expect(events.at(-1)).toMatchObject({ type: 'finished', result: { runDir: dir } });
  });

  it('makes no grid of a study that ended before its pictures', async () => {
    await run({ evaluations: 0, gradientIterations: 0, pictures: false });
    expect((await readdir(dir)).sort()).toEqual(['events.jsonl', 'report.html', 'result.json']);
  });

  it('replaces an earlier run and keeps files of others', async () => {
    await run({ seeds: [0, 1] });
    await writeFile(join(dir, 'notes.txt'), 'mine');
    await writeFile(join(dir, 'best-1.png.tmp'), 'left by a crash');
    await run({ seeds: [5], heldOutSeeds: [] });
    const names = await readdir(dir);
    expect(names.filter((name) => name.startsWith('best')).sort()).toEqual(['best-5.png']);
    expect(names).toContain('notes.txt');
    expect((await json('result.json')).seeds).toEqual([5]);
    const lines = (await readFile(join(dir, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('"type":"started"'))).toHaveLength(1);
  });

  it('keeps an earlier run until there is something new', async () => {
    await run({ seeds: [0], heldOutSeeds: [] });
    const before = await readFile(join(dir, 'events.jsonl'), 'utf8');
    const events = syntheticEvents({ seeds: [5], heldOutSeeds: [] });
    const first = events.findIndex(({ type }) => type === 'candidate');
    const folder = await RunFolder.create(dir);
    for (const event of events.slice(0, first)) await folder.record(event);
    expect(await readFile(join(dir, 'events.jsonl'), 'utf8')).toBe(before);
    expect(await readdir(dir)).toEqual(
      expect.arrayContaining(['best-0.png', 'report.html', 'result.json', 'grid.png']),
    );
    await folder.record(events[first]);
    expect(await readdir(dir)).toEqual(['events.jsonl']);
    const lines = (await readFile(join(dir, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['started', 'warning', 'candidate']);
  });

  it('removes nothing from a folder where no run was', async () => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'best-99.png'), 'a photo of my own');
    await run({ seeds: [0], heldOutSeeds: [] });
    expect(await readFile(join(dir, 'best-99.png'), 'utf8')).toBe('a photo of my own');
  });

  it.each([
    ['result.json', '{"score": 3}'],
    ['result.json', 'not even JSON'],
    ['events.jsonl', '{"event":"click"}\n'],
    ['report.html', '<html>Mine</html>'],
  ])('refuses a folder with a %s that is not its own: %s', async (name, text) => {
    await mkdir(dir, { recursive: true });
    const others = { [name]: text, 'report.html': '<html>Mine</html>', 'best-3.png': 'a photo of my own' };
    for (const [file, content] of Object.entries(others)) await writeFile(join(dir, file), content);
    await expect(RunFolder.create(dir)).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: `"${join(dir, name)}" was not written by dpo-diff, and a run would overwrite it. Choose another folder with --out, or move that file.`,
    });
    for (const [file, content] of Object.entries(others))
      expect(await readFile(join(dir, file), 'utf8')).toBe(content);
    expect((await readdir(dir)).sort()).toEqual(Object.keys(others).sort());
  });

  it('replaces a run that came to nothing', async () => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'events.jsonl'), '');
    expect((await RunFolder.create(dir)).isReplacing).toBe(true);
  });

  it('refuses a folder that cannot be, in a sentence', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    await mkdir(join(parent, 'taken', 'events.jsonl'), { recursive: true });
    const cases: [path: string, message: RegExp][] = [
      [file, /is a file/],
      [join(file, 'below'), /a part of its path, is a file/],
      [join(parent, 'x'.repeat(300)), /the name is too long/],
      [join(parent, 'taken'), /events\.jsonl" cannot be written: a folder of that name is in the way/],
      ['', /is empty/],
    ];
    for (const [path, message] of cases) {
      const expected = { code: 'FILE_ACCESS', message: expect.stringMatching(message) };
      await expect(RunFolder.create(path), path).rejects.toMatchObject(expected);
    }
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written', async () => {
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o500);
    await expect(RunFolder.create(dir)).rejects.toThrow(/permission is denied/);
    await chmod(dir, 0o700);
  });
});

describe('recordStudy()', () => {
  it('passes on the result and writes what it can when a file cannot be written, and then says which', async () => {
    const folder = await RunFolder.create(dir);
    await mkdir(join(dir, 'grid.png', 'full'), { recursive: true });
    const seen: StudyEvent[] = [];
    const recording = (async () => {
      for await (const event of recordStudy(syntheticStudy(), folder)) seen.push(event);
    })();
    const error: unknown = await recording.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(DpoError);
    expect(error).toMatchObject({
      code: 'FILE_ACCESS',
      message: `"${join(dir, 'grid.png')}" cannot be written: a folder of that name is in the way. Choose another name, or move the folder.`,
    });
    expect(seen.at(-1)).toMatchObject({ type: 'finished', result: { runDir: dir }, unwritten: ['grid.png'] });
    expect(await readdir(dir)).toEqual(expect.arrayContaining(['result.json', 'report.html', 'best-0.png']));
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('goes on when the folder vanishes, and says so at the end', async () => {
    const folder = await RunFolder.create(dir);
    await rm(dir, { recursive: true });
    const seen: StudyEvent[] = [];
    await expect(
      (async () => {
        for await (const event of recordStudy(syntheticStudy(), folder)) seen.push(event);
      })(),
    ).rejects.toThrow(/events\.jsonl" cannot be written: its folder does not exist/);
    const [started, warning, ...rest] = seen;
    expect(started.type).toBe('started');
    expect(warning).toMatchObject({
      type: 'warning',
      message: expect.stringMatching(/its folder does not exist, or is gone\. The study goes on, but/),
    });
    expect(rest.slice(0, -1)).toEqual(syntheticEvents().slice(1, -1));
    expect(rest.at(-1)).toMatchObject({
      unwritten: expect.arrayContaining(['events.jsonl', 'report.html', 'result.json', 'best-0.png']),
    });
  });

  it('tells of the first failure at once, in the report too', async () => {
    const folder = await RunFolder.create(dir);
    await mkdir(join(dir, 'original-0.png', 'full'), { recursive: true });
    await mkdir(join(dir, 'best-0.png', 'full'), { recursive: true });
    const seen: StudyEvent[] = [];
    const recording = (async () => {
      for await (const event of recordStudy(syntheticStudy(), folder)) seen.push(event);
    })();
    await expect(recording).rejects.toThrow(/original-0\.png" cannot be written/);
    const at = seen.findIndex((e) => e.type === 'warning' && e.message.includes('original-0.png'));
    expect(seen[at - 1]).toMatchObject({ type: 'picture', which: 'original', seed: 0 });
    expect(seen.filter((e) => e.type === 'warning' && e.message.includes('best-0.png'))).toEqual([]);
    expect(seen.at(-1)).toMatchObject({ unwritten: ['original-0.png', 'best-0.png'] });
    expect(await readFile(join(dir, 'report.html'), 'utf8')).toContain(
      'The study goes on, but the run folder',
    );
  });

  it('lets an error of the study through and keeps the events until then', async () => {
    const folder = await RunFolder.create(dir);
    async function* failing() {
      yield* syntheticEvents().slice(0, 4);
      throw new Error('the model broke');
    }
    await expect(collect(recordStudy(failing(), folder))).rejects.toThrow('the model broke');
    expect((await readFile(join(dir, 'events.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });
});

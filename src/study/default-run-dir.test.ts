import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRunDir, slugOf } from './default-run-dir.ts';

describe('slugOf()', () => {
  it.each([
    ['A red cat & a BLUE car!', 'a-red-cat-a-blue-car'],
    ['  ', 'prompt'],
    ['../../etc/passwd', 'etc-passwd'],
    ['🐱', 'prompt'],
    ['赤い猫', '赤い猫'],
    ['a photo of an astronaut riding a horse on the moon', 'a-photo-of-an-astronaut-riding-a-horse-o'],
  ])('makes %j into %j', (prompt, slug) => {
    expect(slugOf(prompt)).toBe(slug);
  });

  it('is a safe piece of a file name for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const slug = slugOf(text);
        expect(slug).toMatch(/^[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u);
        expect([...slug].length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('defaultRunDir()', () => {
  const now = new Date(2026, 0, 5, 9, 7, 3);
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'dpo-runs-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('makes a folder named by time and prompt, another where it exists', async () => {
    const first = await defaultRunDir('a red cat', now, parent);
    expect(first).toBe(join(parent, '2026-01-05-090703-a-red-cat'));
    expect(await defaultRunDir('a red cat', now, parent)).toBe(`${first}-2`);
    await mkdir(`${first}-3`);
    await writeFile(`${first}-4`, 'a file');
    expect(await defaultRunDir('a red cat', now, parent)).toBe(`${first}-5`);
    expect(await readdir(first)).toEqual([]);
  });

  it('gives runs that begin at the same time a folder each', async () => {
    const folder = join(parent, 'deep', 'runs');
    const dirs = await Promise.all(Array.from({ length: 8 }, () => defaultRunDir('x', now, folder)));
    expect(new Set(dirs).size).toBe(8);
    expect(await readdir(folder)).toHaveLength(8);
  });

  it('says so when none can be made', async () => {
    await writeFile(join(parent, 'file'), '');
    await expect(defaultRunDir('x', now, join(parent, 'file'))).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
  });
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
  it('names a folder by time and prompt, another where it exists', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'dpo-runs-'));
    const now = new Date(2026, 0, 5, 9, 7, 3);
    const first = await defaultRunDir('a red cat', now, parent);
    expect(first).toBe(join(parent, '2026-01-05-090703-a-red-cat'));
    await mkdir(first);
    expect(await defaultRunDir('a red cat', now, parent)).toBe(`${first}-2`);
    await mkdir(`${first}-2`);
    expect(await defaultRunDir('a red cat', now, parent)).toBe(`${first}-3`);
    await rm(parent, { recursive: true });
  });

  it('lies in runs/ when nobody says where', async () => {
    expect(await defaultRunDir('x', new Date(2026, 0, 5))).toBe(join('runs', '2026-01-05-000000-x'));
  });
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { ImageFiles } from './image-files.ts';

const freshPath = temporaryStores();

describe('ImageFiles', () => {
  it('keeps equal pictures once', () => {
    const images = new ImageFiles(freshPath());
    const hash = images.add(new Uint8Array([1, 2, 3]));
    expect(images.add(new Uint8Array([1, 2, 3]))).toBe(hash);
    expect(images.add(new Uint8Array([1, 2, 4]))).not.toBe(hash);
    const files = (readdirSync(images.dir, { recursive: true }) as string[]).filter((name) =>
      name.includes('.'),
    );
    expect(files).toHaveLength(2);
    expect(images.pathOf(hash)).toMatch(new RegExp(`/${hash.slice(0, 2)}/${hash}\\.png$`));
  });

  it('gives any bytes again', () => {
    const images = new ImageFiles(freshPath());
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(new Uint8Array(images.read(images.add(bytes))!)).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('does not serve a damaged file, and writes it anew when the picture comes again', () => {
    const images = new ImageFiles(freshPath());
    const png = new Uint8Array(1000).fill(7);
    const hash = images.add(png);
    writeFileSync(images.pathOf(hash), png.subarray(0, 500));
    expect(images.read(hash)).toBeUndefined();
    expect(images.add(png)).toBe(hash);
    expect(new Uint8Array(images.read(hash)!)).toEqual(png);
  });

  it('has nothing under a name that is no hash', () => {
    const images = new ImageFiles(freshPath());
    for (const name of ['', '../studies', '/etc/passwd', 'A'.repeat(64), 'f'.repeat(64)])
      expect(images.read(name)).toBeUndefined();
  });

  it('says in a sentence where it cannot write', () => {
    const dir = freshPath();
    writeFileSync(dir, 'a file');
    expect(() => new ImageFiles(dir).add(new Uint8Array([1]))).toThrow(
      expect.objectContaining({
        code: 'FILE_ACCESS',
        message: expect.stringMatching(/cannot be used: there is a file where a folder should be/),
      }),
    );
  });

  it('says in a sentence where a folder is in the way, and leaves nothing behind', () => {
    const images = new ImageFiles(freshPath());
    const path = images.pathOf(images.add(new Uint8Array([5])));
    const other = new ImageFiles(freshPath());
    const taken = other.pathOf(path.slice(-68, -4));
    mkdirSync(taken, { recursive: true });
    expect(() => other.add(new Uint8Array([5]))).toThrow(expect.objectContaining({ code: 'FILE_ACCESS' }));
    expect(readdirSync(dirname(taken))).toHaveLength(1);
    expect(existsSync(taken)).toBe(true);
  });
});

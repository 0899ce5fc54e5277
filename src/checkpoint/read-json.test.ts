import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-json-'));
afterAll(() => rm(dir, { recursive: true }));

async function read(text: string): Promise<unknown> {
  const path = join(dir, 'file.json');
  await writeFile(path, text);
  return readJson(path);
}

describe('readJson()', () => {
  it("reads Python's numbers that JSON has not, and leaves strings alone", async () => {
    const text = '{"a": -Infinity, "b": [Infinity, NaN], "-Infinity": "say \\"NaN\\", Infinity"}';
    expect(await read(text)).toEqual({
      a: Number.NEGATIVE_INFINITY,
      b: [Number.POSITIVE_INFINITY, null],
      '-Infinity': 'say "NaN", Infinity',
    });
  });

  it.each(['{"a": -Infinit}', '{"a": "NaN', 'NaN"', '{"a": Infinityy}', '{'])('refuses %s', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'INVALID_CHECKPOINT' });
  });
});

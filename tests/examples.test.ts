/** @file Executes every example as a reader would, in a process and a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
/** Resolved here, because the examples run in a folder that has no packages. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What each example prints, line by line, with numbers left open. */
const OUTPUTS: Readonly<Record<string, readonly RegExp[]>> = {
  '01-improve-a-prompt.ts': [
    /^without a negative prompt: loss \d\.\d{3}$/m,
    /^with "[a-z, ]*": loss \d\.\d{3}$/m,
    /^(Repairs this picture|No negative prompt made)/m,
  ],
  '02-watch-the-search.ts': [
    /^slot: .+, or nothing$/m,
    /^gradient 1 at step \d+: loss \d\.\d{3}$/m,
    /^\* \d\.\d{3} ""$/m,
    /^stopped by aborted after [1-9]\d* evaluations$/m,
  ],
  '03-attack-a-prompt.ts': [
    /^"a red cat and a blue car": loss \d\.\d{3}$/m,
    /^".+": loss \d\.\d{3}, similarity [01]\.\d{3}$/m,
  ],
  '04-your-own-objective.ts': [
    /^evaluation 0: "one big red cats", 4 wrong$/m,
    /^best of \d+: "three tiny blue houses", 0 wrong$/m,
  ],
  '05-generate-and-score.ts': [/0\.png: negative prompt "", spherical loss \d\.\d{3}$/m, /1\.png/],
  '06-text-gradient.ts': [
    /^loss of the mixture: \d\.\d{3}$/m,
    /^\s*-?\d+\.\d{3} {2}\(no word\)$/m,
    /^\s*-?\d+\.\d{3} {2}yellow$/m,
  ],
  '07-your-own-scorer.ts': [
    /^scored by: scorer \+ 0\.5 × green light$/m,
    /^scorer: \d\.\d{3} → \d\.\d{3}$/m,
    /^green light: \d\.\d{3} → \d\.\d{3}$/m,
    /^green pixels, never seen by the search: \d\.\d{3} → \d\.\d{3}$/m,
    /^The scorer green pixels has no gradient, .* Choose the method random or evolution/m,
    /^evolution found ".*": loss \d\.\d{3}$/m,
  ],
};

let folder: string;
/** What each example printed, once it has run. */
const printed = new Map<string, string>();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dpo-diff-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function execute(name: string): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, ['--import', LOADER, join(EXAMPLES, name), '--quick'], { cwd: folder });
}

describe('examples', () => {
  it('are all listed here', () => {
    expect(readdirSync(EXAMPLES).sort()).toEqual(Object.keys(OUTPUTS).sort());
  });

  it.each(Object.keys(OUTPUTS))('%s runs and prints what it promises', async (name) => {
    const { stdout, stderr } = await execute(name);
    printed.set(name, stdout);
    expect(stderr).toBe('');
    for (const pattern of OUTPUTS[name]) expect(stdout).toMatch(pattern);
  });

  it.each([
    { name: '01-improve-a-prompt.ts', sign: 1 },
    { name: '03-attack-a-prompt.ts', sign: -1 },
  ])('$name never ends with something worse than the original', ({ name, sign }) => {
    const losses = [...printed.get(name)!.matchAll(/: loss (\d\.\d{3})/g)].map(([, loss]) => Number(loss));
    expect(losses).toHaveLength(2);
    expect(sign * losses[1]).toBeLessThanOrEqual(sign * losses[0]);
  });

  it('05 writes pictures that a PNG reader reads', () => {
    const [first, second] = [0, 1].map((i) => decode(readFileSync(join(folder, `runs/example-05/${i}.png`))));
    expect([first.width, first.height, first.channels]).toEqual([64, 64, 3]);
    expect(new Set(first.data).size).toBeGreaterThan(8);
    expect(Buffer.from(first.data)).not.toEqual(Buffer.from(second.data));
  });

  it.each(Object.keys(OUTPUTS))('%s has at most 60 lines', (name) => {
    const lines = readFileSync(join(EXAMPLES, name), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });
});

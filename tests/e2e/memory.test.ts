/** @file What the command line does about memory, with a real limit of the process: `ulimit -v`, which needs no rights. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MAIN, runDpoDiff, TSX } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-memory-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd });
const PROMPT = 'a red cat';

/** Runs within so many GiB of addresses, of which Node with WebAssembly and onnxruntime has about 34 for itself. */
function limitedDpoDiff(gib: number, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  const line = `ulimit -v ${gib * 2 ** 20}; exec "$0" --import "$@"`;
  return new Promise((resolve) => {
    execFile('sh', ['-c', line, process.execPath, TSX, MAIN, ...args], { cwd }, (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stderr }),
    );
  });
}

describe.runIf(process.platform === 'linux')('a run that cannot fit', () => {
  test('is refused before it starts, within a real limit of memory', async () => {
    const out = join(cwd, 'too-large');
    const { code, stderr } = await limitedDpoDiff(44, [
      ...['generate', PROMPT, '--size', '8192x8192', '--memory', 'low', '--vae-tiling', 'off'],
      ...['--steps', '1', '--seeds', '0', '--out', out],
    ]);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    const found =
      /^dpo-diff: Sampling at 8192x8192 would take about ([\d.]+) GB with --memory low, and ([\d.]+) [GM]B are available\. Use --vae-tiling on \(about [\d.]+ GB\), or a smaller --size; --ignore-memory .* starts it all the same\.$/m;
    expect(stderr).toMatch(found);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(existsSync(out)).toBe(false);
  });
});

test('tiles are recorded in the picture', async () => {
  const out = join(cwd, 'tiles');
  const { code, stderr } = await dpoDiff(
    ...['generate', PROMPT, '--size', '96x96', '--vae-tiling', 'on', '--steps', '1', '--seeds', '0'],
    ...['--out', out],
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect((await readFile(join(out, 'seed-0.png'))).toString('latin1')).toContain('VAE tiling: on');
});

test('a search that tiles says how to make its pictures again', async () => {
  const { code, stdout } = await dpoDiff(
    ...['improve', PROMPT, '--size', '96x96', '--vae-tiling', 'on', '--steps', '2', '--seeds', '0'],
    ...['--held-out-seeds', 'none', '--budget', '2', '--iterations', '1', '--gradient-step-index', '1'],
    ...['--out', join(cwd, 'run')],
  );
  expect(code).toBe(0);
  expect(stdout).toContain('--vae-tiling on');
  const events = await readFile(join(cwd, 'run', 'events.jsonl'), 'utf8');
  expect(JSON.parse(events.split('\n')[0])).toMatchObject({ settings: { vaeTiling: 'on' } });
  expect(await readFile(join(cwd, 'run', 'report.html'), 'utf8')).toContain('in tiles');
});

test('inspect tells what each memory mode takes at a size', async () => {
  const { code, stdout } = await dpoDiff('inspect', '--size', '128x96', '--vae-tiling', 'on');
  expect(code).toBe(0);
  expect(stdout).toMatch(/to sample at 128x96 in tiles,/);
  expect(stdout).toMatch(
    /--memory {2}to sample {2}text gradient\nfast .*\nbalanced .*\nlow .*\navailable here now: [\d.]+ GB/,
  );
  const report = JSON.parse((await dpoDiff('inspect', '--json', '--memory', 'low')).stdout);
  expect(report.memory).toMatchObject({ memory: 'low', width: 64, modes: [{ mode: 'fast' }, {}, {}] });
  expect(await dpoDiff('inspect', '--size', '65x64')).toMatchObject({
    code: 2,
    stderr: "dpo-diff: The picture's width must be a multiple of 16 pixels, got 65.\n",
  });
  expect(await dpoDiff('inspect', '--vae-tiling', 'often')).toMatchObject({ code: 2 });
});

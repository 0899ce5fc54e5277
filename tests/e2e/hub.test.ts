/** @file Models from the hub, with the program as a process of its own and a server that fails on purpose. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inspectCheckpoint } from '../../src/study/inspect-checkpoint.ts';
import { filesBelow, HubServer } from '../hub/hub-server.ts';
import { type RunOptions, runDpoDiff } from './command-line-process.ts';

const SD1 = join(import.meta.dirname, '../fixtures/sd1');
const UNET = 'unet/diffusion_pytorch_model.safetensors';
const PROMPT = 'a red cat and a blue car';
const GENERATE = ['generate', PROMPT, '--steps', '1', '--seeds', '0', '--out', 'out', '--model'];

const server = new HubServer();
/** An address at which nobody listens. */
const nobody = await new HubServer().start().then(async (other) => {
  const { url } = other;
  await other.stop();
  return url;
});
const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-hub-'));
const sd1 = filesBelow(SD1);
let homes = 0;

beforeAll(async () => {
  await server.start();
  server.add('org/sd1', { files: sd1 });
  server.add('org/gated', { files: sd1, gated: true });
  server.add('org/private', { files: sd1, token: 'secret' });
  const index = (className: string) => Buffer.from(JSON.stringify({ _class_name: className }));
  server.add('org/flux', { files: new Map([...sd1, ['model_index.json', index('FluxPipeline')]]) });
  const pickled = [...sd1].map(([path, bytes]) => [path.replace(/\.safetensors$/, '.bin'), bytes] as const);
  server.add('org/pickled', { files: new Map(pickled) });
});
afterEach(() => {
  server.forget();
  server.speed = undefined;
});
afterAll(async () => {
  await server.stop();
  await rm(cwd, { recursive: true, force: true });
});

/** A cache that is empty, and how to run with it. */
function freshHome(): {
  home: string;
  run: (args: string[], options?: Partial<RunOptions>) => ReturnType<typeof runDpoDiff>;
} {
  const home = join(cwd, `home-${homes++}`);
  const own = {
    HF_HOME: home,
    HF_ENDPOINT: server.url,
    HOME: home,
    HF_TOKEN: undefined,
    HF_HUB_CACHE: undefined,
  };
  return {
    home,
    run: (args, { env, ...options } = {}) => runDpoDiff(args, { cwd, env: { ...own, ...env }, ...options }),
  };
}

function blobsIn(home: string): string[] {
  const dir = join(home, 'hub', 'models--org--sd1', 'blobs');
  return existsSync(dir) ? readdirSync(dir) : [];
}

function partialSize(home: string): number {
  const name = blobsIn(home).find((blob) => blob.endsWith('.incomplete'));
  return name === undefined ? 0 : statSync(join(home, 'hub', 'models--org--sd1', 'blobs', name)).size;
}

/** Ends the process with `signal` when so much of the UNet has arrived. */
function endAt(home: string, bytes: number, signal: NodeJS.Signals): RunOptions['onStderr'] {
  let timer: NodeJS.Timeout | undefined;
  return (text, child) => {
    if (timer !== undefined || !text.includes(UNET)) return;
    timer = setInterval(() => {
      if (partialSize(home) < bytes && child.exitCode === null) return;
      clearInterval(timer);
      child.kill(signal);
    }, 20);
  };
}

describe('a model by its name', () => {
  test('is downloaded once, then used with and without network', async () => {
    const { home, run } = freshHome();
    const first = await run([...GENERATE, 'org/sd1']);
    expect(first).toMatchObject({ code: 0, stdout: 'out/seed-0.png\n' });
    expect(first.stderr).toMatch(/^Downloading org\/sd1: 14 files, 2\.9 MB, into .*models--org--sd1\.\n/);
    expect(first.stderr).toContain(`${UNET} (1.2 MB)\n`);
    for (const control of ['\r', '\u001b']) expect(first.stderr).not.toContain(control);
    expect(await readFile(join(cwd, 'out/seed-0.png'), 'latin1')).toContain('Model: org/sd1');
    const wanted = server.downloads.map(({ path }) => path.replace(/.*resolve\/[0-9a-f]{40}\//, ''));
    expect(wanted.filter((path) => /single_file|reference|lora/.test(path))).toEqual([]);
    server.forget();

    expect(await run([...GENERATE, 'org/sd1'])).toMatchObject({ code: 0, stderr: '' });
    expect(server.asked.map(({ path }) => path.split('?')[0])).toEqual(['/api/models/org/sd1/revision/main']);
    server.forget();

    expect(await run([...GENERATE, 'org/sd1'], { env: { HF_HUB_OFFLINE: '1' } })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(server.asked).toEqual([]);

    const unreachable = await run([...GENERATE, 'org/sd1'], { env: { HF_ENDPOINT: nobody } });
    expect(unreachable.code).toBe(0);
    expect(unreachable.stderr).toMatch(
      /^Warning: The hub could not be asked about org\/sd1 \(.*\); the copy in the cache is used, commit [0-9a-f]{8}\.\n$/,
    );
    expect(await readdir(join(home, 'hub', '.locks', 'models--org--sd1'))).toEqual([]);
  });

  test('is searched, with a scorer by its name', async () => {
    const scorer = new Map(
      [...sd1].filter(([path]) => path.startsWith('scorer/')).map(([path, bytes]) => [path.slice(7), bytes]),
    );
    const tokenizer = [...sd1]
      .filter(([path]) => path.startsWith('tokenizer/'))
      .map(([path, bytes]) => [path.slice(10), bytes] as const);
    server.add('org/clip', { files: new Map([...scorer, ...tokenizer]) });
    const { home, run } = freshHome();
    const search = [
      '--steps',
      '2',
      '--budget',
      '1',
      '--seeds',
      '0',
      '--held-out-seeds',
      'none',
      '--method',
      'random',
    ];
    const { code, stderr, stdout } = await run([
      'improve',
      PROMPT,
      '--model',
      'org/sd1',
      '--scorer',
      'org/clip',
      ...search,
      '--out',
      'run',
      '--quiet',
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ evaluations: 1 });
    expect(existsSync(join(home, 'hub', 'models--org--clip', 'refs', 'main'))).toBe(true);
    // The scorer of the model's own was not asked for.
    expect(server.downloads.filter(({ path }) => path.includes('/scorer/'))).toEqual([]);
  });

  test('gives its words without its weights', async () => {
    const { run } = freshHome();
    const { code, stdout } = await run(['space', PROMPT, '--model', 'org/sd1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^word +choice/);
    expect(server.downloads.filter(({ path }) => path.endsWith('.safetensors'))).toEqual([]);
    expect(server.bytesSent).toBeLessThan(30_000);
  });

  test('is inspected by its headers, with the report of the folder', async () => {
    const { home, run } = freshHome();
    const temporary = join(home, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const { code, stdout } = await run(['inspect', 'org/sd1', '--json'], { env: { TMPDIR: temporary } });
    expect(code).toBe(0);
    const { dir, name, scorer, ...report } = JSON.parse(stdout);
    const { dir: _dir, name: _name, scorer: ownScorer, ...local } = await inspectCheckpoint(SD1);
    // What is free differs from one moment to the next.
    for (const { memory } of [report, local]) Object.assign(memory!, { availableBytes: 0 });
    expect(report).toEqual(JSON.parse(JSON.stringify(local)));
    expect({ dir, name, scorer }).toEqual({
      dir: `${server.url}/org/sd1`,
      name: 'org/sd1',
      scorer: { ...ownScorer, dir: `${server.url}/org/sd1/scorer` },
    });
    const ranges = server.downloads
      .filter(({ path }) => path.endsWith('.safetensors'))
      .map(({ range }) => range);
    expect(new Set(ranges.map((range) => /^bytes=(0-7|8-\d+)$/.test(range ?? '')))).toEqual(new Set([true]));
    expect(server.bytesSent).toBeLessThan(200_000);
    expect((await readdir(temporary)).filter((name) => name.startsWith('dpo-diff'))).toEqual([]);
    expect(existsSync(join(home, 'hub'))).toBe(false);
  });

  test('lies in the cache as files where there are no links', async () => {
    const { home, run } = freshHome();
    const env = { HF_HUB_DISABLE_SYMLINKS: '1' };
    expect(await run([...GENERATE, 'org/sd1', '--quiet'], { env })).toMatchObject({ code: 0, stderr: '' });
    expect(blobsIn(home)).toEqual([]);
    expect(await run([...GENERATE, 'org/sd1'], { env: { ...env, HF_HUB_OFFLINE: '1' } })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('is inspected though it cannot be run', async () => {
    const { run } = freshHome();
    const { code, stdout } = await run(['inspect', 'org/flux']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/FluxPipeline/);
    expect(stdout).toContain('can be run');
  });
});

describe('what goes wrong', () => {
  // Each is a process; the others are in src/checkpoint/hub/resolve-model.test.ts.
  const refusals: [name: string, message: RegExp][] = [
    ['org/gated', /org\/gated is gated.*Accept its terms at http.*org\/gated.*set HF_TOKEN/],
    [
      'org/nowhere',
      /no file or folder org\/nowhere here, and no such model at http.*if it is private, set HF_TOKEN/,
    ],
    [
      'org/flux',
      /org\/flux is a "FluxPipeline", which is not supported; supported: Stable Diffusion 1.x and 2.x/,
    ],
    ['org/pickled', /pickled weights only \(text_encoder\/model.bin.*convert/],
    ['./org/sd1', /org\/sd1 cannot be used: there is no such file/],
  ];
  test.each(refusals)('%s: a sentence, no weights, exit code 2', async (name, message) => {
    const { home, run } = freshHome();
    const { code, stderr } = await run([...GENERATE, name]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    expect(stderr).toMatch(/^dpo-diff: [^\n]*\n$/);
    expect(
      server.downloads.filter(({ path }) => path.endsWith('.safetensors') && !name.endsWith('gated')),
    ).toEqual([]);
    expect(blobsIn(home).filter((blob) => blob.length === 64)).toEqual([]);
  });

  test('without network and without a cache', async () => {
    const { run } = freshHome();
    const unreachable = await run([...GENERATE, 'org/sd1'], { env: { HF_ENDPOINT: nobody } });
    expect(unreachable).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be reached \(.*ECONNREFUSED.*HF_ENDPOINT/),
    });
    const offline = await run([...GENERATE, 'org/sd1'], { env: { HF_HUB_OFFLINE: '1' } });
    expect(offline).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is not in the cache .*HF_HUB_OFFLINE forbids/),
    });
    expect(server.asked).toEqual([]);
  });

  test('a token opens what is private and goes to the hub alone', async () => {
    const { home, run } = freshHome();
    mkdirSync(home);
    await writeFile(join(home, 'token'), 'secret\n');
    expect((await run([...GENERATE, 'org/private', '--quiet'])).code).toBe(0);
    const storage = server.asked.filter(({ authorization }) => authorization === undefined);
    expect(
      server.asked.filter(({ authorization }) => authorization === 'Bearer secret').length,
    ).toBeGreaterThan(10);
    expect(storage.length).toBe(4);
    const wrong = await freshHome().run([...GENERATE, 'org/private'], { env: { HF_TOKEN: 'hf_wrong' } });
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the token in HF_TOKEN has no access'),
    });
  });

  test('a damaged file is loaded once more, then refused and not kept', async () => {
    const { home, run } = freshHome();
    server.fail(UNET, { kind: 'corrupt', at: 5000 });
    const once = await run([...GENERATE, 'org/sd1']);
    expect(once).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('its checksum is wrong; trying again'),
    });
    await rm(home, { recursive: true });
    server.fail(UNET, { kind: 'corrupt', at: 5000 }, { kind: 'corrupt', at: 6000 });
    const twice = await run([...GENERATE, 'org/sd1']);
    expect(twice).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/arrived damaged twice: its checksum is wrong/),
    });
    expect(twice.stderr).not.toContain('    at ');
    expect(existsSync(join(home, 'hub/models--org--sd1/refs/main'))).toBe(false);
    expect(blobsIn(home).filter((name) => name.endsWith('.incomplete'))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a download that is ended', () => {
  test('by kill -9 is continued where it was', async () => {
    const { home, run } = freshHome();
    server.speed = 1_500_000;
    const killed = await run([...GENERATE, 'org/sd1'], { onStderr: endAt(home, 300_000, 'SIGKILL') });
    expect(killed.signal).toBe('SIGKILL');
    const kept = partialSize(home);
    expect(kept).toBeGreaterThanOrEqual(300_000);
    server.speed = undefined;
    server.forget();
    const again = await run([...GENERATE, 'org/sd1']);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(new RegExp(`${UNET} \\(1\\.2 MB, continued at \\d+\\.\\d kB\\)`));
    const asked = server.downloads.filter(({ path }) => path.endsWith(UNET)).map(({ range }) => range);
    expect(new Set(asked)).toEqual(new Set([`bytes=${kept}-`]));
    // What was left of the UNet, and the scorer.
    expect(server.bytesSent).toBe(1_169_360 - kept + 701_860);
  });

  test.each([
    ['SIGINT', 130, 'Ctrl-C'],
    ['SIGTERM', 143, 'SIGTERM'],
  ] as const)('by %s ends at once and keeps what arrived', async (signal, exitCode, name) => {
    const { home, run } = freshHome();
    server.speed = 1_000_000;
    const { code, stderr, stdout } = await run(['improve', PROMPT, '--model', 'org/sd1'], {
      onStderr: endAt(home, 1, signal),
    });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `dpo-diff: Stopped by ${name}. What has arrived is kept, and continued the next time\\.\\n$`,
      ),
    );
    expect(partialSize(home)).toBeGreaterThan(0);
    expect(await readdir(join(home, 'hub/.locks/models--org--sd1'))).toEqual([]);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });

  test('by nobody, while another process wants the same, comes once', async () => {
    const { run } = freshHome();
    server.speed = 3_000_000;
    const args = [
      ['space', PROMPT, '--model', 'org/sd1'],
      ...['a', 'b'].map((out) => [...GENERATE, 'org/sd1', '--out', out]),
    ];
    const all = await Promise.all(args.map((each) => run(each)));
    const unexpected = all.filter(({ code }) => code !== 0).map(({ stderr }) => stderr);
    expect(unexpected).toEqual([]);
    expect(server.bytesSent).toBeLessThan(2_900_000 + 60_000);
  });
});

/** Runs `use` with a small file system at a path of its own; false where mounting is not permitted. */
async function withSmallDisk(bytes: number, use: (path: string) => Promise<void>): Promise<boolean> {
  const path = join(cwd, 'small-disk');
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return false;
  }
  try {
    await use(path);
  } finally {
    execFileSync('umount', [path]);
  }
  return true;
}

describe('on a small disk', () => {
  test('nothing is begun that does not fit', async () => {
    const claimedSizes = new Map([[UNET, 5e15]]);
    server.add('org/huge', { files: sd1, claimedSizes });
    const { code, stderr } = await freshHome().run([...GENERATE, 'org/huge']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /The download takes 50000\d\d\.\d GB, but the disk of .* has \d+\.\d GB free\. Make room, or let HF_HUB_CACHE/,
      ),
    });
    expect(server.downloads.filter(({ path }) => path.endsWith('.safetensors'))).toEqual([]);
  });

  test('a disk that fills up is named, and what arrived is continued', async ({ skip }) => {
    const { run } = freshHome();
    const isMounted = await withSmallDisk(4_000_000, async (disk) => {
      const env = { HF_HUB_CACHE: disk };
      server.speed = 1_500_000;
      let isFull = false;
      const { code, stderr } = await run([...GENERATE, 'org/sd1'], {
        env,
        onStderr: (text) => {
          if (isFull || !text.includes(UNET)) return;
          isFull = true;
          // Another program takes the room that was there.
          execFileSync('sh', ['-c', `dd if=/dev/zero of='${disk}/other' bs=65536 2>/dev/null || true`]);
        },
      });
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/cannot be written: the disk is full\. Make room/),
      });
      await rm(join(disk, 'other'));
      server.speed = undefined;
      expect((await run([...GENERATE, 'org/sd1'], { env })).code).toBe(0);
    });
    skip(!isMounted, 'mounting a file system is not permitted here');
  });
});

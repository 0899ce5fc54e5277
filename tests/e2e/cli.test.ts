import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/checkpoint/safetensors.ts';
import type { StudyResult } from '../../src/study/study-result.ts';
import { MAIN, runDpoDiff, TSX } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-cli-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd });

const SD1 = join(import.meta.dirname, '../fixtures/sd1');

const PROMPT = 'a red cat and a blue car';
const SMALL = [
  '--steps',
  '4',
  '--budget',
  '4',
  '--seeds',
  '0',
  '--held-out-seeds',
  '1,2',
  '--iterations',
  '2',
];

describe('dpo-diff', () => {
  test('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await dpoDiff('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('shows help without loading what the commands need', async () => {
    const loaded: string[] = [];
    const child = spawn(process.execPath, [
      ...['--import', TSX, '--input-type=module', '--eval'],
      `process.argv.splice(1, process.argv.length, 'dpo-diff', 'improve', '--help');
       await import(${JSON.stringify(pathToFileURL(MAIN).href)});
       process.stderr.write(process.report.getReport().sharedObjects.join('\\n'));`,
    ]);
    child.stderr.on('data', (text) => loaded.push(String(text)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(loaded.join('')).not.toMatch(/onnxruntime|sharp|resvg/);
  });

  test('says what is wrong and exits with 2', async () => {
    const mistakes: [args: string[], message: string][] = [
      [['improve', 'of the and'], 'nothing to search'],
      [['improve', PROMPT, '--guidance', '1'], 'guidance scale must be above 1'],
      [['improve', PROMPT, '--gradient-step-index', '50', '--steps', '20'], 'step index from 0 to 19'],
      [['improve', PROMPT, '--out', join(cwd, 'file', 'run')], 'Choose another name'],
      [['generate', PROMPT, '--size', '65x64'], 'multiple of 16'],
      [['generate', PROMPT, '--model', cwd], 'model_index.json'],
      [['score', join(cwd, 'file'), PROMPT], 'holds no image'],
      [['space', PROMPT, '--space', 'nowhere.json'], 'nowhere.json'],
      [['inspect', cwd], 'holds no model'],
    ];
    await writeFile(join(cwd, 'file'), 'text');
    for (const [args, message] of mistakes) {
      const { code, stdout, stderr } = await dpoDiff(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n {4}at /);
    }
  });

  test('shows the stack of an error with --verbose', async () => {
    const { stderr } = await dpoDiff('inspect', cwd, '--verbose');
    expect(stderr).toMatch(/DpoError: .*\n {4}at /);
  });

  test('does not mind a reader who leaves', async () => {
    const line = `'${process.execPath}' --import '${TSX}' '${MAIN}' inspect; echo "exit $?" >&2`;
    const child = spawn('sh', ['-c', `{ ${line}; } | true`], { cwd });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('exit 0\n');
  });
});

describe.skipIf(!existsSync('/dev/full'))('dpo-diff on a full disk', () => {
  const inspectInto = async (redirection: string) => {
    const child = spawn('sh', [
      '-c',
      `'${process.execPath}' --import '${TSX}' '${MAIN}' inspect ${redirection}`,
    ]);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += piece));
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, text };
  };

  test('says that the result is lost', async () => {
    expect(await inspectInto('>/dev/full')).toEqual({
      code: 1,
      text: 'dpo-diff: The result cannot be written to standard output: there is no room left on its disk.\n',
    });
  });

  test('gives the result though nothing can be said beside it', async () => {
    expect(await inspectInto('2>/dev/full')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^pocket: /),
    });
    expect(await inspectInto('--stpes 2>/dev/full')).toEqual({ code: 2, text: '' });
  });
});

test('bin/dpo-diff.js says what to do where nothing is built yet', async () => {
  await cp(join(import.meta.dirname, '../../bin'), join(cwd, 'unbuilt', 'bin'), { recursive: true });
  await writeFile(join(cwd, 'unbuilt', 'package.json'), '{"type": "module"}');
  const child = spawn(process.execPath, [join(cwd, 'unbuilt', 'bin', 'dpo-diff.js'), '--help']);
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'dpo-diff: The program is not built yet: run `npm ci` or `npm run build`.\n',
  });
});

describe('dpo-diff space, inspect, generate and score', () => {
  test('need no scorer to show words', async () => {
    const model = join(cwd, 'no-scorer');
    const isScorer = (path: string) => path.startsWith(join(SD1, 'scorer'));
    await cp(SD1, model, { recursive: true, filter: (path) => !isScorer(path) });
    expect(await dpoDiff('space', PROMPT, '--model', model)).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await dpoDiff('improve', PROMPT, '--model', model);
    expect(code).toBe(2);
    expect(stderr).toContain('has no folder "scorer"; give a CLIP model with --scorer DIR');
  });

  test('warn of words that are not read, unless they are to be quiet', async () => {
    const long = 'a red cat '.repeat(12);
    const args = ['generate', long, '--negative', long, '--steps', '1', '--seeds', '0', '--out', 'long'];
    const { code, stderr } = await dpoDiff(...args);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Warning: The text encoder reads 30 tokens; these words of the prompt fall off: "a red cat .*"\.\nWarning: .* of the negative prompt fall off: .*\n$/,
    );
    const scored = await dpoDiff('score', 'long/seed-0.png', long);
    expect(scored.stderr).toMatch(/^Warning: The scorer reads \d+ tokens; /);
    expect(await dpoDiff('score', 'long/seed-0.png', long, '--quiet')).toMatchObject({ code: 0, stderr: '' });
  });

  test('name the words that the token limit keeps out, in the table and as JSON, and web UI commands', async () => {
    const long = `a (small:1.2) dog ${'and a bird '.repeat(10)}near a blue house`;
    const table = await dpoDiff('space', long);
    expect(table.stdout).toMatch(
      /\n\nNot searched:\n(?: {2}.*\n)* {2}house +beyond what the text encoder reads\n/,
    );
    expect(table.stderr).toMatch(
      /^Warning: The prompt has commands of web UIs, .*"\(small:1\.2\)" at character 3/m,
    );
    const { stdout, stderr } = await dpoDiff('space', long, '--json', '--quiet');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).leftOut).toContainEqual({
      text: 'house',
      start: long.indexOf('house'),
      reason: 'not-read',
    });
  });

  test('refuse to search a negative prompt for a distilled model, and leave nothing behind', async () => {
    const model = join(cwd, 'sd-turbo');
    await cp(SD1, model, { recursive: true });
    const args = ['improve', PROMPT, '--model', model, '--out', 'distilled'];
    const { code, stderr } = await dpoDiff(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^dpo-diff: The model sd-turbo seems to be guidance-distilled, by the word "turbo"[^\n]*\n$/,
    );
    expect(existsSync(join(cwd, 'distilled'))).toBe(false);
    const allowed = await dpoDiff(...args, '--allow-distilled', '--guidance', '1');
    expect(allowed.stderr).toMatch(/The guidance scale must be above 1 to search a negative prompt/);
  });

  test('warn of black pictures', async () => {
    const model = join(cwd, 'black');
    await cp(SD1, model, { recursive: true });
    const file = join(model, 'vae', 'diffusion_pytorch_model.safetensors');
    const tensors = await readSafetensors(file);
    tensors.get('decoder.conv_out.weight')!.data.fill(0);
    tensors.get('decoder.conv_out.bias')!.data.fill(-2);
    await writeSafetensors(file, tensors);
    const args = ['generate', PROMPT, '--model', model, '--steps', '1', '--seeds', '3', '--out', 'black-out'];
    expect(await dpoDiff(...args)).toMatchObject({
      code: 0,
      stderr: 'Warning: On seed 3 a picture is all black.\n',
    });
  });

  test('leave no folder where the device cannot be used', async () => {
    const args = [PROMPT, '--device', 'webgpu', '--steps', '1', '--budget', '1', '--held-out-seeds', 'none'];
    const { code, stderr } = await dpoDiff('improve', ...args, '--quiet', '--out', 'no-device');
    // Where there is a driver there is nothing to see.
    if (code === 0) return;
    expect(code).toBe(2);
    expect(stderr).toMatch(/dpo-diff: The device "webgpu" [^\n]*\n$/);
    expect(stderr).not.toContain('onnxruntime_src');
    expect(existsSync(join(cwd, 'no-device'))).toBe(false);
  });

  test('say where they compute, and what was passed over, when every detail is asked for', async () => {
    const args = [
      'generate',
      PROMPT,
      '--steps',
      '1',
      '--seeds',
      '3',
      '--out',
      'where',
      '--precision',
      'float16',
    ];
    const { code, stderr } = await dpoDiff(...args, '--verbose', '--device', 'cpu');
    expect(code).toBe(0);
    expect(stderr).toBe('Computing on cpu in float16.\n');
    const wrong = await dpoDiff(...args, '--device', 'cpu:1');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/--device must be one of auto, cpu, .* numbered/);
  });

  test('show the words of a prompt, and take them back from a file', async () => {
    const table = await dpoDiff('space', PROMPT);
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^word +choice +source +relation +score\n/);
    const { stdout } = await dpoDiff('space', PROMPT, '--task', 'attack', '--max-choices', '2', '--json');
    const space = JSON.parse(stdout);
    expect(space).toMatchObject({ prompt: PROMPT, task: 'attack' });
    await writeFile(join(cwd, 'space.json'), stdout);
    const again = await dpoDiff('space', PROMPT, '--task', 'attack', '--space', 'space.json', '--json');
    expect(JSON.parse(again.stdout)).toEqual(space);
  });

  test('say what a model holds', async () => {
    const { code, stdout } = await dpoDiff('inspect');
    expect(code).toBe(0);
    expect(stdout).toMatch(/unet +UNet2DConditionModel +6\.9 M/);
    expect(stdout).toMatch(/can be run +yes/);
    expect(JSON.parse((await dpoDiff('inspect', '--json')).stdout)).toMatchObject({ runnable: true });
  });

  test('write pictures, print their paths, and score them', async () => {
    const made = await dpoDiff(
      'generate',
      PROMPT,
      '--negative',
      'dog',
      '--steps',
      '2',
      '--seeds',
      '3,5',
      '--out',
      'p',
    );
    expect(made).toMatchObject({ code: 0, stdout: 'p/seed-3.png\np/seed-5.png\n', stderr: '' });
    expect(readFileSync(join(cwd, 'p/seed-5.png'), 'latin1')).toContain('Negative prompt: dog');
    const scored = await dpoDiff('score', 'p/seed-3.png', PROMPT, '--json');
    const { loss, cosineSimilarity } = JSON.parse(scored.stdout);
    // loss = 2 asin(|x − y| / 2)², and |x − y|² = 2 − 2 cos.
    expect(2 * Math.asin(Math.sqrt((1 - cosineSimilarity) / 2)) ** 2).toBeCloseTo(loss, 6);
  });
});

describe('dpo-diff improve and attack', () => {
  test('find a prompt, tell of it in plain lines, and leave a folder', async () => {
    const { code, stdout, stderr } = await dpoDiff('improve', PROMPT, ...SMALL, '--out', 'run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Mean loss/);
    expect(stdout).toContain('run/report.html');
    expect(stderr).toContain('Gradient search');
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stderr).not.toContain('\r');
    expect(stderr.split('\n').length).toBeLessThan(20);
    expect(await readdir(join(cwd, 'run'))).toEqual(
      expect.arrayContaining(['events.jsonl', 'grid.png', 'original-0.png', 'report.html', 'result.json']),
    );
  });

  test('say that an earlier run is replaced', async () => {
    const args = [PROMPT, ...SMALL, '--budget', '1', '--method', 'random', '--held-out-seeds', 'none'];
    const run = () => dpoDiff('improve', ...args, '--out', 'twice');
    expect((await run()).stderr).not.toContain('Replacing');
    expect((await run()).stderr).toMatch(/^Warning: --iterations .*\nReplacing the earlier run in twice\.\n/);
  });

  test('print one object with --json, the same for the same seed, with options from a file', async () => {
    await writeFile(join(cwd, 'options.json'), JSON.stringify({ steps: 9, 'max-choices': 2, quiet: true }));
    const run = () => dpoDiff('improve', PROMPT, '--config', 'options.json', ...SMALL, '--json');
    const [one, other] = [await run(), await run()];
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout.trimEnd()).not.toContain('\n');
    const result = JSON.parse(one.stdout) as StudyResult;
    expect(result).toMatchObject({ task: 'improve', prompt: PROMPT, seeds: [0], heldOutSeeds: [1, 2] });
    expect(result.best.loss).toBeLessThanOrEqual(result.original.loss!);
    expect(existsSync(join(result.runDir!, 'result.json'))).toBe(true);
    const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, runDir: '' });
    expect(timeless(other.stdout)).toEqual(timeless(one.stdout));
  });

  test('attack', async () => {
    const args = [
      'attack',
      PROMPT,
      ...SMALL,
      '--min-similarity',
      '-1',
      '--out',
      'attack',
      '--json',
      '--quiet',
    ];
    const { code, stdout } = await dpoDiff(...args);
    expect(code).toBe(0);
    const { original, best } = JSON.parse(stdout) as StudyResult;
    expect(best.loss).toBeGreaterThanOrEqual(original.loss!);
    expect(best.similarity).toBeLessThanOrEqual(1.0001);
  });

  test.each([
    ['SIGINT', 130, 'Ctrl-C'],
    ['SIGTERM', 143, 'SIGTERM'],
  ] as const)('write what was found so far at %s', async (signal, exitCode, name) => {
    let sent = false;
    const out = `stopped-${signal}`;
    const args = ['improve', PROMPT, '--steps', '10', '--budget', '5000', '--method', 'random', '--out', out];
    const { code, stdout, stderr } = await runDpoDiff([...args, '--json'], {
      cwd,
      onStderr: (text, child) => {
        if (!sent && text.includes('Random candidates')) sent = child.kill(signal);
      },
    });
    expect(code).toBe(exitCode);
    const result = JSON.parse(stdout) as StudyResult;
    expect(result).toMatchObject({ stoppedBy: 'aborted', runDir: join(cwd, out) });
    expect(result.evaluations).toBeGreaterThanOrEqual(1);
    expect(stderr).toContain(`Stopped by ${name}; the best of`);
    expect(existsSync(join(cwd, out, 'report.html'))).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('quit at once at the second signal', async () => {
    let sent = 0;
    const args = [
      'improve',
      PROMPT,
      '--steps',
      '10',
      '--budget',
      '5000',
      '--method',
      'random',
      '--out',
      'quit',
    ];
    const { code, stdout } = await runDpoDiff(args, {
      cwd,
      onStderr: (text, child) => {
        if (sent === 0 && text.includes('Random candidates')) {
          sent = 1;
          // Both are waiting when the process next looks.
          child.kill('SIGTERM');
          child.kill('SIGINT');
        }
      },
    });
    expect([130, 143]).toContain(code);
    expect(stdout).toBe('');
  });
});

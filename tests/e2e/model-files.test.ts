/** @file Models in one file and LoRAs, through the command line. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runDpoDiff } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-files-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const SD1 = join(import.meta.dirname, '../fixtures/sd1');
const SINGLE = join(SD1, 'single_file.safetensors');
const LORAS = join(SD1, 'lora');
const CACHE = join(cwd, 'cache');
const MERGED = join(CACHE, 'dpo-diff', 'merged');

const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd, env: { XDG_CACHE_HOME: CACHE } });
const generate = (...args: string[]) =>
  dpoDiff('generate', 'a red cat', '--steps', '2', '--seeds', '0', '--out', join(cwd, 'out'), ...args);

/** Runs what a reader would paste into a shell. */
function pasted(command: string): ReturnType<typeof dpoDiff> {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  const [npx, name, ...args] = words.split('\0').slice(0, -1);
  expect([npx, name]).toEqual(['npx', 'dpo-diff']);
  return dpoDiff(...args);
}

const storedResult = (run: string) => JSON.parse(readFileSync(join(run, 'result.json'), 'utf8'));

const pngText = () => readFileSync(join(cwd, 'out/seed-0.png'), 'latin1');

describe('a model in one file', () => {
  test('is run with LoRAs, which are merged once and recorded', async () => {
    const args = [
      ...['--model', SINGLE, '--pipeline-config', SD1],
      ...['--lora', `${join(LORAS, 'kohya.safetensors')}:0.5`, '--lora', join(LORAS, 'peft.safetensors')],
    ];
    const first = await generate(...args);
    expect(first).toMatchObject({ code: 0, stdout: `${join(cwd, 'out/seed-0.png')}\n` });
    expect(first.stderr).toMatch(/Merging a LoRA into \d+ weights/);
    expect(pngText()).toMatch(
      /Model: single_file, Lora: "kohya:0.5 \([0-9a-f]{12}\), peft:1 \([0-9a-f]{12}\)"/,
    );
    expect(await readdir(MERGED)).toHaveLength(1);
    const again = await generate(...args);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(MERGED)).toHaveLength(1);
  });

  test('is searched, and the report and the command to repeat it name the LoRA', async () => {
    const run = join(cwd, 'run');
    const { code, stdout } = await dpoDiff(
      ...[
        'attack',
        'a red cat',
        '--model',
        SINGLE,
        '--pipeline-config',
        SD1,
        '--budget',
        '8',
        '--steps',
        '2',
      ],
      ...['--seeds', '0', '--held-out-seeds', 'none', '--method', 'random', '--min-similarity', '-1'],
      ...['--lora', join(LORAS, 'peft.safetensors'), '--out', run],
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`--pipeline-config ${SD1}`);
    expect(stdout).toContain(`--lora ${join(LORAS, 'peft.safetensors')}:1`);
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toMatch(/<dt>LoRA<\/dt><dd>peft, scale 1 \(/);
    expect(readFileSync(join(run, 'events.jsonl'), 'utf8')).toMatch(
      /"loras":\[\{"name":"peft","sha256":"[0-9a-f]{64}"/,
    );
    const first = storedResult(run);
    expect(first.settings).toMatchObject({ model: 'single_file', scheduler: 'ddim', sampler: 'DDIM' });
    // Both commands are pasted as they stand.
    const repeat = /<pre [^>]*><code>(.*)<\/code>/.exec(readFileSync(join(run, 'report.html'), 'utf8'))![1];
    const repeated = await pasted(repeat.replace(/<[^>]*>/g, '').replaceAll('&#39;', "'"));
    expect(repeated.code).toBe(0);
    expect(storedResult(run).best).toEqual(first.best);
    const made = await pasted(`${/Generate with it: +(.*)/.exec(stdout)![1]} --out ${join(cwd, 'again')}`);
    expect(made.code).toBe(0);
    const [found, again] = [join(run, 'best-0.png'), join(cwd, 'again/seed-0.png')].map((path) =>
      readFileSync(path),
    );
    expect(again.equals(found)).toBe(true);
  });

  test('is refused in a sentence where something is wrong', async () => {
    const pickled = join(cwd, 'model.ckpt');
    await writeFile(pickled, 'x');
    const mistakes: [args: string[], message: string][] = [
      [['--model', pickled], 'Download the .safetensors file'],
      [['--model', SD1, '--lora', `${join(LORAS, 'peft.safetensors')}:much`], '--lora must be'],
      [['--model', SD1, '--lora', join(SD1, '../sdxl/lora/peft.safetensors')], 'does not fit this model'],
    ];
    for (const [args, message] of mistakes) {
      const { code, stderr } = await generate(...args);
      expect({ args, code, stderr }).toMatchObject({
        args,
        code: 2,
        stderr: expect.stringContaining(message),
      });
      expect(stderr).not.toContain('    at ');
    }
  });
});

describe('inspect', () => {
  test('takes its model from a configuration file, and says that it is distilled', async () => {
    const named = join(cwd, 'lcm_dream.safetensors');
    await copyFile(SINGLE, named);
    const config = join(cwd, 'inspect.json');
    await writeFile(config, JSON.stringify({ model: named, 'pipeline-config': SD1 }));
    const { code, stdout } = await dpoDiff('inspect', '--config', config);
    expect(code).toBe(0);
    expect(stdout).toContain('lcm_dream: Stable Diffusion 1.x');
    expect(stdout).toContain('by the word "lcm" in its name: it is sampled with --guidance 1');
    expect(stdout).toContain('DDIMScheduler; --scheduler checkpoint runs DDIM');
  });

  test('shows a LoRA, each layer when asked', async () => {
    const path = join(LORAS, 'kohya.safetensors');
    const { code, stdout } = await dpoDiff('inspect', path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/unet +74 +4 +2/);
    expect(stdout).toContain('Give it with --lora FILE');
    const { stdout: all } = await dpoDiff('inspect', path, '--verbose');
    expect(all).toMatch(/text_encoder +text_model_encoder_layers_0_mlp_fc1 +4 +2/);
  });
});

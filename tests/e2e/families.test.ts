import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StudyResult } from '../../src/study/study-result.ts';
import { runDpoDiff } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-families-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const FIXTURES = join(import.meta.dirname, '../fixtures');
const PROMPT = 'a red cat and a blue car';
const PICTURES = ['--seeds', '3', '--steps', '4', '--quiet', '--json'];
const SEARCH = ['--budget', '4', '--iterations', '2', '--held-out-seeds', 'none'];

function dpoDiff(command: string, family: string, ...args: string[]) {
  const model = ['--model', join(FIXTURES, family)];
  return runDpoDiff([command, PROMPT, ...model, ...PICTURES, ...args], { cwd });
}

describe('a search on a checkpoint of another family', () => {
  test.each([
    ['sd2', 'improve', []],
    ['sdxl', 'improve', ['--original-size', '64x48', '--crop-top-left', '0,8']],
    ['sdxl', 'attack', ['--min-similarity', '-1']],
  ])('%s: %s records what it used, and its best picture can be made again', async (family, task, options) => {
    const out = `${family}-${task}`;
    const { code, stdout, stderr } = await dpoDiff(task, family, ...SEARCH, ...options, '--out', out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { best, gradientIterations } = JSON.parse(stdout) as StudyResult;
    expect(gradientIterations).toBeGreaterThan(0);
    const [started] = readFileSync(join(cwd, out, 'events.jsonl'), 'utf8').split('\n');
    const { settings } = JSON.parse(started);
    const sizes = family === 'sdxl' ? { targetSize: { width: 32, height: 32 } } : {};
    expect(settings).toMatchObject({ model: family, steps: 4, ...sizes });
    const isTold = options.includes('--crop-top-left');
    if (isTold) expect(settings).toMatchObject({ cropTopLeft: { x: 0, y: 8 } });
    expect(readFileSync(join(cwd, out, 'report.html'), 'utf8').includes('Crop top left')).toBe(
      family === 'sdxl',
    );
    const again = await runDpoDiff(
      [
        ...['generate', best.prompt, '--negative', best.negativePrompt, '--model', join(FIXTURES, family)],
        ...[...PICTURES, '--out', 'again', ...(isTold ? options : [])],
      ],
      { cwd },
    );
    expect(JSON.parse(again.stdout).images[0].loss).toBeCloseTo(best.loss!, 4);
  });

  test('refuses sizes where the model is told of none, and says so in a sentence', async () => {
    const { code, stdout, stderr } = await dpoDiff('generate', 'sd2', '--crop-top-left', '0,8');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Only Stable Diffusion XL is told of sizes');
  });

  test('refuses a crop that is none', async () => {
    const { code, stderr } = await dpoDiff('generate', 'sdxl', '--crop-top-left', '8');
    expect(code).toBe(2);
    expect(stderr).toContain('pixels from the left and from the top with a comma between, such as 0,64');
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SD1_FOLDER } from '../diffusion/recorded-pipeline.ts';
import { runDpoDiff } from './command-line-process.ts';

const cwd = mkdtempSync(join(tmpdir(), 'both-prompts-'));
const PROMPT = 'a red cat and a blue car';
const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd });

describe('dpo-diff --search both', () => {
  test('shows words for both prompts, and its JSON is a file to search with', async () => {
    const table = await dpoDiff('space', PROMPT, '--search', 'both');
    expect(table.stderr).toBe('');
    expect(table.stdout).toMatch(/^word +choice +source +relation +score +into the\n/);
    expect(table.stdout).toMatch(/^cat +\w+ .* negative prompt$/m);
    expect(table.stdout).toMatch(/^cat +\w+ .* prompt$/m);
    expect(table.stdout).toMatch(
      /\d+ slots, each with one of its choices or the word itself, or none in the negative prompt: /,
    );
    const { stdout } = await dpoDiff('space', PROMPT, '--search', 'both', '--json');
    writeFileSync(join(cwd, 'both.json'), stdout);
    const again = await dpoDiff('space', PROMPT, '--space', 'both.json', '--json');
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(stdout));
    const positive = await dpoDiff('space', PROMPT, '--space', 'both.json', '--search', 'positive', '--json');
    const parts = JSON.parse(positive.stdout).slots.map(({ part }: { part?: string }) => part);
    expect(new Set(parts)).toEqual(new Set(['positive']));
  });

  test('finds both prompts, and prints the command that makes their pictures again', async () => {
    const options = [
      '--steps',
      '4',
      '--seeds',
      '2',
      '--held-out-seeds',
      'none',
      '--budget',
      '14',
      '--out',
      'run',
    ];
    const { code, stdout, stderr } = await dpoDiff('improve', PROMPT, '--search', 'both', ...options);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Searching substitutes and a negative prompt for "a red cat and a blue car": \d+ slots, /,
    );
    expect(stderr).toContain('"a red cat and a blue car" without a negative prompt');
    const { search, best, original, evaluations } = JSON.parse(
      readFileSync(join(cwd, 'run/result.json'), 'utf8'),
    );
    expect(search).toBe('both');
    expect(evaluations).toBeLessThanOrEqual(14);
    expect(best.loss).toBeLessThan(original.loss);
    expect(stdout).toContain(
      `Best prompt:\n\n${best.prompt}\n\nBest negative prompt:\n\n${best.negativePrompt || '(none)'}\n`,
    );
    const negative = best.negativePrompt === '' ? '' : ' --negative ';
    expect(stdout).toContain(`npx dpo-diff generate '${best.prompt}'${negative}`);
    const made = ['--seeds', '2', '--steps', '4', '--out', 'again', '--quiet'];
    await dpoDiff('generate', best.prompt, '--negative', best.negativePrompt, ...made);
    // Against the prompt of the user, as the search did it; the best prompt is another.
    const score = async (path: string) =>
      JSON.parse((await dpoDiff('score', path, PROMPT, '--json')).stdout).loss;
    const found = await score('run/best-2.png');
    expect(await score('again/seed-2.png')).toBeCloseTo(found, 4);
    expect(found).toBeCloseTo(best.loss, 2);
  }, 120_000);
});

describe('dpo-diff --space', () => {
  test('has the library beside the words of the prompt', async () => {
    const args = [
      'space',
      PROMPT,
      '--model',
      SD1_FOLDER,
      '--space',
      'antonym+library',
      '--library-slots',
      '2',
      '--max-choices',
      '2',
    ];
    const { stdout } = await dpoDiff(...args);
    expect(stdout).toMatch(
      /^\(quality\) +blurry +library +quality +1\.00\n +low quality +library +quality +0\.95$/m,
    );
    expect(stdout).toMatch(/^\(anatomy\) +deformed /m);
    expect(stdout).toMatch(/\d+ slots, each with one of its choices or none: /);
    const json = JSON.parse((await dpoDiff(...args, '--json')).stdout);
    expect(json.library.map(({ theme }: { theme: string }) => theme)).toEqual(['quality', 'anatomy']);
  });

  test('is told in a sentence what makes no sense', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await dpoDiff('improve', PROMPT, ...args, '--out', 'none');
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused('--space', 'library')).toContain(
      'learnt none of the words of the negative prompt library',
    );
    expect(await refused('--space', 'antonnym')).toContain('it is "antonnym", and there is no such file');
    expect(await refused('--space', 'synonym', '--search', 'negative')).toContain('--search both');
    expect(await refused('--search', 'both', '--guidance', '1')).toContain('guidance scale must be above 1');
  });
});

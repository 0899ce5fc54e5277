/** @file Attacks that are held to the prompt's meaning, with the program as a process of its own. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StoredResult } from '../../src/study/run-folder.ts';
import type { StudyResult } from '../../src/study/study-result.ts';
import { runDpoDiff } from './command-line-process.ts';

const BERT = join(import.meta.dirname, '../fixtures/sentence/bert-tiny');
const PROMPT = 'a small red cat';
const SMALL = ['--steps', '4', '--seeds', '0', '--held-out-seeds', 'none', '--method', 'random'];

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-similarity-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const attack = (...args: string[]) => runDpoDiff(['attack', PROMPT, ...SMALL, ...args], { cwd });

describe('dpo-diff attack', () => {
  test('counts and shows what MiniLM rejects', async () => {
    const { code, stdout, stderr } = await attack(
      '--similarity-model',
      'minilm',
      '--out',
      'minilm',
      '--verbose',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('Prompts less similar than 0.88 are rejected, by all-MiniLM-L6-v2.');
    expect(stderr).toMatch(/rejected, similarity 0\.\d{3} {2}"a \w+ \w+ \w+"/);
    expect(stdout.replaceAll('\n', ' ')).toMatch(/\d+ candidates rejected as too unlike/);
    const stored = JSON.parse(await readFile(join(cwd, 'minilm/result.json'), 'utf8')) as StoredResult;
    expect(stored.rejected).toBeGreaterThan(0);
    expect(stored.rejections).toHaveLength(stored.rejected!);
    expect(stored.rejections!.every(({ similarity }) => similarity < 0.88)).toBe(true);
    expect(stored.history.every(({ similarity }) => similarity! >= 0.88)).toBe(true);
    const report = await readFile(join(cwd, 'minilm/report.html'), 'utf8');
    expect(report).toContain(`${stored.rejected} rejected as too unlike the prompt`);
    expect(report).toContain('0.88 by all-MiniLM-L6-v2');
  });

  test("takes a sentence encoder's folder, and says that nobody measured it", async () => {
    const { stdout, stderr } = await attack(
      '--similarity-model',
      BERT,
      '--out',
      'bert',
      '--json',
      '--budget',
      '2',
    );
    expect(stderr).toContain('Nobody has measured which similarity by bert-tiny stands for the same meaning');
    const result = JSON.parse(stdout) as StudyResult;
    expect(result).toMatchObject({ similarityModel: 'bert-tiny', minSimilarity: 0.9 });
    const report = await readFile(join(cwd, 'bert/report.html'), 'utf8');
    expect(report).toContain(BERT);
  });

  test('refuses what is no sentence encoder before anything is sampled', async () => {
    const { code, stderr } = await attack('--similarity-model', cwd);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/is no sentence encoder: expected modules.json/),
    ]);
  });
});

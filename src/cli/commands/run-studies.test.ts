import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StudyStore } from '../../store/study-store.ts';
import { runStudies } from './run-studies.ts';

it('lists prompts and errors so that they do not command the terminal; JSON has them as they are', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-studies-'));
  const path = join(dir, 'studies.db');
  const prompt = 'a \u001b[31mred\u001b[0m\ncat';
  const store = new StudyStore(path);
  const entry = { task: 'improve', prompt, method: 'random', model: 'pocket', fingerprint: '', request: {} };
  store.studies.fail(store.studies.begin(entry).id, `no \u009b31m${prompt}`);
  store.close();

  const list = async (json: boolean) => {
    let stdout = '';
    const stream = {
      write: (text: string) => {
        stdout += text;
      },
    };
    const signals = { on() {}, off() {}, exit() {} };
    const host = { stdout: stream, stderr: stream, env: {}, signals, now: () => 0, date: () => new Date(0) };
    await runStudies(host, { store: path, json });
    return stdout;
  };
  const table = await list(false);
  expect(table).toContain('a \\u001b[31mred\\u001b[0m cat\n');
  expect(table).toContain(': no \\u009b31ma \\u001b[31mred');
  expect(table).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(JSON.parse(await list(true))).toMatchObject([{ prompt }]);
  rmSync(dir, { recursive: true });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newStudy } from '../../../tests/store/store-rows.ts';
import { temporaryStores } from '../../../tests/store/temporary-store.ts';
import { StudyStore } from '../../store/study-store.ts';
import { runCommandLine } from '../command-line.ts';
import { runStudies } from './run-studies.ts';

const path = temporaryStores()();
const store = new StudyStore(path);
const { id } = store.studies.begin(newStudy({ prompt: 'a red cat and a blue car under a green tree' }));
store.studies.note(id, { evaluations: 12, originalLoss: 0.6234, bestLoss: 0.5 });
store.close();

async function listed(columns?: number): Promise<string> {
  let stdout = '';
  const stream = {
    write: (text: string) => {
      stdout += text;
    },
    ...(columns !== undefined && { columns }),
  };
  const host = {
    ...{ stdout: stream, stderr: stream, env: {}, signals: process },
    ...{ now: () => 0, date: () => new Date() },
  };
  expect(await runCommandLine(['studies', '--store', path], host, '0')).toBe(0);
  return stdout;
}

describe('dpo-diff studies', () => {
  it('has all columns where nothing says how wide a line may be', async () => {
    expect(await listed()).toMatch(/^study +state +begun +evaluations +loss +prompt\n/);
    expect(await listed()).toContain('0.623 → 0.500  a red cat and a blue car under a green tree\n');
  });

  it.each([30, 39, 40, 41, 50, 60, 72, 80, 90, 120])('fits into %d columns', async (columns) => {
    const lines = (await listed(columns)).split('\n');
    // Narrower than the id, the state and a part of the prompt it does not get.
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(Math.max(columns, 39));
    expect(lines[1]).toMatch(new RegExp(`^${id}  running .* ?a red cat and a`));
  });

  it('gives up what can be done without first', async () => {
    const header = async (columns: number) => (await listed(columns)).split('\n')[0].split(/ +/);
    expect(await header(80)).toEqual(['study', 'state', 'begun', 'loss', 'prompt']);
    expect(await header(60)).toEqual(['study', 'state', 'loss', 'prompt']);
    expect(await header(40)).toEqual(['study', 'state', 'prompt']);
  });
});

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

/** @file Words from a language model, with the program as a process of its own and a server that misbehaves. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LlmServer, wordsAnswer } from '../words/llm-server.ts';
import { type RunOptions, runDpoDiff } from './command-line-process.ts';

const SD1 = join(import.meta.dirname, '../fixtures/sd1');
const PROMPT = 'a red cat and a blue car';
const KEY = 'sk-never-to-be-seen-0123456789';
const SMALL = ['--steps', '2', '--budget', '2', '--seeds', '0', '--held-out-seeds', 'none'];
const LLM = ['--model', SD1, '--words', 'llm', '--llm-model', 'test-model'];

const server = new LlmServer();
const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-language-model-'));
let homes = 0;
let home = '';

beforeAll(() => server.start());
beforeEach(() => {
  server.reset();
  server.content = ({ format }) => wordsAnswer({ red: ['green'], cat: ['dog', 'hot dog'] }, format);
  home = join(cwd, `home-${homes++}`);
});
afterAll(async () => {
  await server.stop();
  await rm(cwd, { recursive: true, force: true });
});

function run(args: string[], { env, ...options }: Partial<RunOptions> = {}) {
  const own = {
    OPENAI_BASE_URL: server.url,
    OPENAI_API_KEY: KEY,
    OPENAI_MODEL: undefined,
    OPENAI_LOG: 'debug',
    XDG_CACHE_HOME: home,
  };
  return runDpoDiff(args, { cwd, env: { ...own, ...env }, ...options });
}

/** Every file below `dir` as text. */
async function textsBelow(dir: string): Promise<string> {
  const names = existsSync(dir) ? await readdir(dir, { recursive: true }) : [];
  const texts = await Promise.all(
    names.map(async (name) => {
      const path = join(dir, name);
      return (await stat(path)).isFile() ? `${name}\n${await readFile(path, 'latin1')}` : '';
    }),
  );
  return texts.join('\n');
}

describe('dpo-diff --words llm', () => {
  test('shows the words, where they come from, and asks once', async () => {
    const { code, stdout, stderr } = await run(['space', PROMPT, ...LLM]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `Asking test-model at ${server.host} for words.\n`,
    });
    expect(stdout).toMatch(/^word +choice/);
    expect(stdout).toMatch(/cat +dog +llm +opposite/);
    expect(stdout).toContain(`Language model: test-model at ${server.host}, question words/1.`);
    server.reset();
    expect(await run(['space', PROMPT, ...LLM])).toEqual({ code: 0, signal: null, stdout, stderr: '' });
    expect(server.asked).toEqual([]);
  });

  test('searches them, and leaves the key nowhere though the server says it everywhere', async () => {
    server.behave(
      { kind: 'status', status: 500, body: `{"error": {"message": "${KEY} is overloaded"}}` },
      { kind: 'status', status: 400, body: `{"error": {"message": "no schema for ${KEY}"}}` },
      { kind: 'content', content: `{"words": "${KEY}"}` },
      {
        kind: 'content',
        content: `Of course, ${KEY}! ${wordsAnswer({ red: ['green', KEY], cat: ['dog'], [KEY]: ['x'] }, 'json_object')}`,
      },
    );
    const args = ['improve', PROMPT, ...LLM, ...SMALL, '--method', 'random', '--out', 'run', '--verbose'];
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain('Warning: The language model test-model at');
    expect(stderr).toContain('does not take the reply format json_schema (status 400)');
    expect(code).toBe(0);
    const events = await readFile(join(cwd, 'run', 'events.jsonl'), 'utf8');
    const started = JSON.parse(events.split('\n')[0]);
    expect(started.space.languageModel).toEqual({
      model: 'test-model',
      host: server.host,
      template: 'words/1',
    });
    expect(started.space.slots[0].choices[0]).toMatchObject({ source: 'llm', model: 'test-model' });
    const report = await readFile(join(cwd, 'run', 'report.html'), 'utf8');
    expect(report).toContain(`<dd>test-model at ${server.host}, question words/1</dd>`);
    const everything = `${stdout}${stderr}${await textsBelow(join(cwd, 'run'))}${await textsBelow(home)}`;
    expect(everything).toContain('dpo-diff-llm-replies/1');
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain(Buffer.from(KEY).toString('base64'));
  });

  test('attacks with them, and takes options from a file', async () => {
    server.content = ({ format }) => wordsAnswer({ cat: ['kitten'] }, format);
    const config = { words: 'llm', llmModel: 'from-file', 'llm-timeout': 20, model: SD1 };
    await writeFile(join(cwd, 'options.json'), JSON.stringify(config));
    const attack = ['attack', PROMPT, '--config', 'options.json', ...SMALL, '--method', 'random'];
    const { code, stdout } = await run([...attack, '--min-similarity', '-1', '--out', 'attack', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ task: 'attack', evaluations: 2 });
    expect(server.asked[0].model).toBe('from-file');
  });

  test('has the dictionary stand in for a model that refuses, and says so', async () => {
    server.content = () => "I'm sorry, I can't help with that.";
    const { code, stdout, stderr } = await run(['space', PROMPT, ...LLM]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "(it refused: I'm sorry, I can't help with that.); the words are the dictionary's.",
    );
    expect(stdout).toMatch(/ (closed-class|wordnet|thesaurus)/);
    expect(stdout).not.toContain('Language model:');
  });

  test('joins both sources, about key concepts', async () => {
    server.behave({ kind: 'content', content: '{"concepts": ["red cat"]}' });
    server.content = ({ format }) => wordsAnswer({ cat: ['capybara'] }, format);
    const { code, stdout } = await run(['space', PROMPT, ...LLM, '--words', 'llm+dictionary', '--keywords']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/cat +capybara +llm/);
    expect(stdout).toMatch(/^red/m);
    expect(stdout).not.toMatch(/^car/m);
    expect(stdout).toContain('Key concepts, the most important first: red cat.');
  });

  test('needs no key for a server of one’s own', async () => {
    const { code } = await run(['space', PROMPT, ...LLM], { env: { OPENAI_API_KEY: undefined } });
    expect(code).toBe(0);
    expect(server.asked[0].authorization).toBeUndefined();
  });

  test.each([
    [{ OPENAI_BASE_URL: undefined, OPENAI_API_KEY: undefined }, LLM, 'set OPENAI_API_KEY'],
    [{}, LLM.slice(0, 4), 'give --llm-model NAME'],
    [{}, [...LLM, '--space', 'x.json'], 'The file of --space gives the words'],
    [{ OPENAI_BASE_URL: `http://me:${KEY}@127.0.0.1:9/v1` }, LLM, 'only one of them can be sent'],
    [{ OPENAI_BASE_URL: `nowhere?${KEY}` }, LLM, 'must be an address that begins with http://'],
  ])('says what to do with %j', async (env, args, message) => {
    const { code, stdout, stderr } = await run(['space', PROMPT, ...args, '--verbose'], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(KEY);
    expect(server.asked).toEqual([]);
  });

  test('says which key is wrong without saying the key', async () => {
    server.key = 'another';
    const { code, stderr } = await run(['space', PROMPT, ...LLM, '--verbose']);
    expect(code).toBe(2);
    expect(stderr).toContain('does not let us ask test-model: it answered 401 Incorrect API key');
    expect(stderr).not.toContain(KEY);
  });

  test('ends at Ctrl-C, promptly', async () => {
    server.behave({ kind: 'stall' });
    let at = 0;
    const { code, stdout, stderr } = await run(['space', PROMPT, ...LLM], {
      onStderr: (text, child) => {
        if (at > 0 || !text.includes('Asking')) return;
        at = performance.now();
        setTimeout(() => child.kill('SIGINT'), 300);
      },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Stopped by Ctrl-C. Nothing was done.');
    expect(performance.now() - at).toBeLessThan(5000);
  });
});

test('dpo-diff --keywords needs no language model', async () => {
  const { code, stdout, stderr } = await run(['space', PROMPT, '--keywords', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout).keyConcepts).toEqual(['red cat', 'blue car']);
  expect(server.asked).toEqual([]);
});

test('dpo-diff --search both asks for opposites and for synonyms', async () => {
  server.content = ({ format, messages }) =>
    messages[0].content.includes('without changing')
      ? wordsAnswer({ cat: ['kitten'] }, format)
      : wordsAnswer({ cat: ['dog'], red: ['green'] }, format);
  const { code, stdout } = await run(['space', PROMPT, ...LLM, '--search', 'both', '--json']);
  expect(code).toBe(0);
  const { slots, languageModel } = JSON.parse(stdout);
  expect(slots.map(({ text, part }: { text: string; part: string }) => [text, part])).toEqual([
    ['red', 'negative'],
    ['cat', 'negative'],
    ['cat', 'positive'],
  ]);
  expect(languageModel.model).toBe('test-model');
  const joined = await run(['space', PROMPT, ...LLM, '--space', 'antonym+library']);
  expect(joined.stdout).toMatch(/cat +dog +llm/);
  expect(joined.stdout).toMatch(/library/);
});

test('dpo-diff space --prompts asks for each prompt, and continues', async () => {
  await writeFile(join(cwd, 'prompts.txt'), `${PROMPT}\na red cat\n`);
  const args = ['space', '--prompts', 'prompts.txt', '--out', 'spaces.json', ...LLM];
  expect((await run(args)).code).toBe(0);
  const spaces = JSON.parse(await readFile(join(cwd, 'spaces.json'), 'utf8'));
  expect(spaces).toHaveLength(2);
  expect(spaces[1].slots[0].choices[0]).toMatchObject({ source: 'llm', model: 'test-model' });
});

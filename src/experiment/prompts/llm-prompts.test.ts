import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LlmServer } from '../../../tests/words/llm-server.ts';
import { readPrompts } from './read-prompts.ts';

const server = new LlmServer();
const root = await mkdtemp(join(tmpdir(), 'dpo-diff-sentences-'));
let homes = 0;
let cacheHome = '';

beforeAll(() => server.start());
beforeEach(() => {
  server.reset();
  cacheHome = join(root, `cache-${homes++}`);
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

async function ask(count: number, signal?: AbortSignal): Promise<string[]> {
  const env = { OPENAI_BASE_URL: server.url, XDG_CACHE_HOME: cacheHome };
  const prompts = await readPrompts({ from: 'llm', count }, { llm: { model: 'test-model', env }, signal });
  return prompts.map(({ prompt }) => prompt);
}

const questions = () => server.asked.map(({ messages }) => messages[0].content.split('\n')[0]);

describe('readPrompts() from a language model', () => {
  it("asks the paper's instructions in turn until there are enough, and keeps the answers", async () => {
    let sentences = 0;
    server.content = () =>
      JSON.stringify({ sentences: [`A picture, number ${sentences++}.`, 'A cat.', '🔥'] });
    const prompts = await ask(8);
    expect(questions()).toEqual([
      'Generate 2 diverse sentences describing photoes/pictures/images.',
      'Generate 2 diverse sentences describing images with length around 10.',
      'Generate 2 diverse sentences describing images with length around 20.',
      'Generate 2 diverse sentences describing images using simple words.',
      'Generate 2 diverse sentences describing images using fancy words.',
      'Generate 2 diverse sentences describing photoes/pictures/images.',
      'Generate 2 diverse sentences describing images with length around 10.',
    ]);
    expect(prompts).toEqual([
      'A picture, number 0.',
      'A cat.',
      ...[1, 2, 3, 4, 5, 6].map((i) => `A picture, number ${i}.`),
    ]);
    server.reset();
    expect(await ask(8)).toEqual(prompts);
    expect(server.asked).toEqual([]);
  });

  it('reads plain lists from a server that knows no JSON', async () => {
    server.formats = new Set();
    server.content = () =>
      'Here are 2 sentences:\n\n1. A farmer plowing a field with a tractor.\n2. "The sun sets behind the hills."\n- A bus.';
    expect(await ask(3)).toEqual([
      'A farmer plowing a field with a tractor.',
      'The sun sets behind the hills.',
      'A bus.',
    ]);
  });

  it('gives what there is when the model has no more to say', async () => {
    server.content = () => JSON.stringify({ sentences: ['A cat.', 'A dog.'] });
    expect(await ask(50)).toEqual(['A cat.', 'A dog.']);
    expect(server.asked).toHaveLength(11);
  });

  it('says that a model gave nothing', async () => {
    server.content = () => JSON.stringify({ sentences: [] });
    await expect(ask(5)).rejects.toThrow(
      `The language model test-model at ${server.host} gave no sentences: it had no sentences. Try again, or give another model.`,
    );
  });

  it('ends when it is told to', async () => {
    server.behave({ kind: 'stall' });
    const stop = new AbortController();
    const read = ask(5, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(read).rejects.toThrow('enough');
  });

  it('says what to set where there is no model', async () => {
    const read = readPrompts({ from: 'llm', count: 5 }, { llm: { env: {} } });
    await expect(read).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });
});

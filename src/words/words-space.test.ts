import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LlmServer, wordsAnswer } from '../../tests/words/llm-server.ts';
import { buildPromptSpace } from './build-prompt-space.ts';
import type { PromptSpace } from './prompt-space.ts';
import { type WordProviderOptions, wordsSpace } from './words-space.ts';

const PROMPT = 'a red cat and a blue car';
const server = new LlmServer();
const cacheHome = await mkdtemp(join(tmpdir(), 'dpo-diff-words-'));

beforeAll(() => server.start());
beforeEach(() => server.reset());
afterAll(async () => {
  await server.stop();
  await rm(cacheHome, { recursive: true, force: true });
});

function words(options: WordProviderOptions & { maxChoices?: number }) {
  const env = { OPENAI_BASE_URL: server.url, XDG_CACHE_HOME: cacheHome };
  return wordsSpace(PROMPT, { task: 'improve', llm: { model: 'm', env, refresh: true }, ...options });
}

const slotOf = ({ slots }: PromptSpace, word: string) => slots.find(({ text }) => text === word);
const refusals = () => Array.from({ length: 2 }, () => ({ kind: 'refusal', refusal: 'No.' }) as const);

describe('wordsSpace()', () => {
  it('asks the dictionary alone without more ado', async () => {
    expect(await words({})).toEqual(await buildPromptSpace(PROMPT, { task: 'improve' }));
    expect(server.asked).toEqual([]);
  });

  it('asks the language model alone', async () => {
    server.content = ({ format }) => wordsAnswer({ cat: ['dog'] }, format);
    const { slots, languageModel } = await words({ words: 'llm' });
    expect(slots.map(({ text }) => text)).toEqual(['cat']);
    expect(languageModel).toMatchObject({ model: 'm', host: server.host });
  });

  it('joins both: the model’s words first, the dictionary’s as far as there is room', async () => {
    server.content = ({ format }) =>
      wordsAnswer({ cat: ['capybara', 'dog'], car: ['a1', 'a2', 'a3', 'a4', 'a5'] }, format);
    const space = await words({ words: 'llm+dictionary' });
    const dictionary = await buildPromptSpace(PROMPT, { task: 'improve' });
    expect(space.slots.map(({ text }) => text)).toEqual(dictionary.slots.map(({ text }) => text));
    expect(slotOf(space, 'red')).toEqual(slotOf(dictionary, 'red'));
    expect(slotOf(space, 'car')?.choices.map(({ text }) => text)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    const cat = slotOf(space, 'cat')!.choices;
    expect(cat.slice(0, 2).map(({ text, source }) => [text, source])).toEqual([
      ['capybara', 'llm'],
      ['dog', 'llm'],
    ]);
    expect(cat).toHaveLength(5);
    expect(new Set(cat.map(({ text }) => text)).size).toBe(5);
    expect(cat.slice(2).every(({ source }) => source !== 'llm')).toBe(true);
    const scores = cat.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(space.languageModel).toBeDefined();
  });

  it('prefers the model’s phrase to the dictionary’s words in it', async () => {
    server.content = ({ format }) => wordsAnswer({ 'red cat': ['green dog'] }, format);
    const { slots } = await words({ words: 'llm+dictionary' });
    expect(slots.map(({ text }) => text)).toEqual(['red cat', 'blue', 'car']);
  });

  it.each(['llm', 'llm+dictionary'] as const)(
    'has the dictionary stand in, and says so (%s)',
    async (source) => {
      server.behave(...refusals());
      const { slots, remarks, languageModel } = await words({ words: source });
      const dictionary = await buildPromptSpace(PROMPT, { task: 'improve' });
      expect(slots).toEqual(dictionary.slots);
      expect(languageModel).toBeUndefined();
      expect(remarks).toEqual([
        `The language model m at ${server.host} gave no words (it refused: No.); the words are the dictionary's.`,
      ]);
    },
  );

  it('takes the key concepts from grammar without a language model', async () => {
    const space = await wordsSpace('a red cat sleeping under a car', { task: 'improve', keywords: true });
    expect(space.keyConcepts).toEqual(['red cat', 'car']);
    expect(space.slots.map(({ text }) => text)).toEqual(['red', 'cat', 'car']);
  });

  it('searches key concepts with either source', async () => {
    server.behave({ kind: 'content', content: '{"concepts": ["blue car"]}' });
    server.content = ({ format }) => wordsAnswer({ cat: ['dog'], blue: ['pink'] }, format);
    const space = await words({ words: 'llm+dictionary', keywords: true });
    expect(space.keyConcepts).toEqual(['blue car']);
    expect(space.slots.map(({ text }) => text)).toEqual(['blue', 'car']);
  });

  it('refuses what cannot be asked', async () => {
    await expect(words({ words: 'llm', llm: { model: 'm', env: {} } })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LlmServer, wordsAnswer } from '../../../tests/words/llm-server.ts';
import type { PromptSpace, Task } from '../prompt-space.ts';
import { type LlmSpaceOptions, llmPromptSpace } from './llm-prompt-space.ts';

const PROMPT = 'a red cat and a blue car';
const OPPOSITES = { red: ['green', 'yellow'], cat: ['dog', 'bird'], car: ['truck'] };
const KEY = 'sk-very-secret-0123456789';

const server = new LlmServer();
const root = await mkdtemp(join(tmpdir(), 'dpo-diff-llm-'));
let homes = 0;
let cacheHome = '';

beforeAll(() => server.start());
beforeEach(() => {
  server.reset();
  server.content = ({ format }) => wordsAnswer(OPPOSITES, format);
  cacheHome = join(root, `cache-${homes++}`);
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

function ask(options: Partial<LlmSpaceOptions> & { timeoutSeconds?: number; refresh?: boolean } = {}) {
  const { timeoutSeconds, refresh, ...rest } = options;
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, XDG_CACHE_HOME: cacheHome };
  return llmPromptSpace(PROMPT, {
    task: 'improve',
    maxChoices: 5,
    llm: { model: 'test-model', env, timeoutSeconds, refresh },
    ...rest,
  });
}

function wordsOf({ slots }: PromptSpace): Record<string, string[]> {
  return Object.fromEntries(slots.map(({ text, choices }) => [text, choices.map((choice) => choice.text)]));
}

const cacheFiles = async () => readdir(join(cacheHome, 'dpo-diff', 'llm')).catch(() => []);
const formatsAsked = () => server.asked.map(({ format }) => format ?? 'plain');

describe('llmPromptSpace() with a server that behaves', () => {
  it('asks by schema once and says where each word comes from', async () => {
    const { space, failure, concepts } = await ask();
    expect({ failure, concepts }).toEqual({ failure: undefined, concepts: undefined });
    expect(space).toEqual({
      prompt: PROMPT,
      task: 'improve',
      slots: [
        slot('red', 2, ['green', 'yellow']),
        slot('cat', 6, ['dog', 'bird']),
        slot('car', 21, ['truck']),
      ],
      languageModel: { model: 'test-model', host: server.host, template: 'words/1' },
    });
    expect(server.asked).toHaveLength(1);
    const [{ format, schema, authorization, model, messages }] = server.asked;
    expect({ format, authorization, model }).toEqual({
      format: 'json_schema',
      authorization: `Bearer ${KEY}`,
      model: 'test-model',
    });
    expect(JSON.stringify(schema)).toContain('"additionalProperties":false');
    expect(messages).toHaveLength(1);
    expect(messages[0].content).toContain(`\n\n${PROMPT}`);
  });

  it('asks for synonyms to attack', async () => {
    server.content = ({ format }) => wordsAnswer({ cat: ['kitten'], red: ['crimson'] }, format);
    const { space } = await ask({ task: 'attack' });
    expect(wordsOf(space)).toEqual({ red: ['crimson'], cat: ['kitten'] });
    expect(space.slots[0].choices[0]).toMatchObject({ relation: 'synonym', source: 'llm' });
    expect(server.asked[0].messages[0].content).toContain('without changing what a picture');
  });

  it('needs no key', async () => {
    const env = { OPENAI_BASE_URL: server.url, XDG_CACHE_HOME: cacheHome };
    await ask({ llm: { model: 'm', env } });
    expect(server.asked[0].authorization).toBeUndefined();
  });

  it('sends the credentials of the address as HTTP has it, and records the host alone', async () => {
    const env = {
      OPENAI_BASE_URL: server.url.replace('http://', 'http://me:pass-word-1@'),
      XDG_CACHE_HOME: cacheHome,
    };
    const { space } = await ask({ llm: { model: 'm', env } });
    expect(server.asked[0].authorization).toBe(`Basic ${btoa('me:pass-word-1')}`);
    expect(space.languageModel?.host).toBe(server.host);
  });

  it('asks about the words alone that a model with a small vocabulary learnt', async () => {
    server.content = ({ format }) => wordsAnswer({ red: ['green', 'vermilion'], cat: ['lynx'] }, format);
    const learnt = new Set(['red', 'green', 'cat', 'dog']);
    const { space } = await ask({ vocabulary: { groups: [], opposites: [], learnt } });
    expect(wordsOf(space)).toEqual({ red: ['green'] });
    expect(server.asked[0].messages[0].content).toContain('from this list: cat, dog, green, red.');
  });
});

describe('the cache', () => {
  it('answers the same question without the server, in another process too', async () => {
    const first = await ask();
    server.reset();
    expect(await ask()).toEqual(first);
    expect(server.asked).toEqual([]);
  });

  it('asks again for another task, number, prompt and model, or when told to', async () => {
    await ask();
    await ask({ maxChoices: 2 });
    await ask({ task: 'attack' });
    await ask({ llm: { ...otherModel('other') } });
    await ask({ refresh: true });
    expect(server.asked).toHaveLength(5);
    expect(await cacheFiles()).toHaveLength(4);
  });

  it('replaces what was kept when told to', async () => {
    await ask();
    server.content = ({ format }) => wordsAnswer({ car: ['boat'] }, format);
    await ask({ refresh: true });
    expect(wordsOf((await ask()).space)).toEqual({ car: ['boat'] });
  });

  it.each(['', '{"format": ', '[]', '{"format":"dpo-diff-llm-replies/1","replies":[]}', '\0\0'])(
    'ignores a file that holds %j, and replaces it',
    async (content) => {
      const good = await ask();
      const [name] = await cacheFiles();
      const path = join(cacheHome, 'dpo-diff', 'llm', name);
      await writeFile(path, content);
      expect(await ask()).toEqual(good);
      expect(server.asked).toHaveLength(2);
      expect(JSON.parse(await readFile(path, 'utf8')).replies).toHaveLength(1);
    },
  );

  it('ignores a file whose answers have no words for this prompt', async () => {
    await ask();
    const [name] = await cacheFiles();
    const path = join(cacheHome, 'dpo-diff', 'llm', name);
    const entry = JSON.parse(await readFile(path, 'utf8'));
    entry.replies[0].text = wordsAnswer({ zebra: ['horse'] }, 'json_schema');
    await writeFile(path, JSON.stringify(entry));
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
    expect(server.asked).toHaveLength(2);
  });

  it('keeps no failure, and is not needed', async () => {
    server.content = () => 'Well, it depends.';
    await ask();
    expect(await cacheFiles()).toEqual([]);
    server.content = ({ format }) => wordsAnswer(OPPOSITES, format);
    await writeFile(join(root, 'a-file'), '');
    cacheHome = join(root, 'a-file');
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
  });
});

describe('a server that knows fewer formats', () => {
  it.each([400, 404, 422])(
    'is asked for any JSON, then for lines, and says so (status %i)',
    async (status) => {
      server.unsupportedStatus = status;
      server.formats = new Set(['json_object']);
      const { space } = await ask();
      expect(formatsAsked()).toEqual(['json_schema', 'json_object']);
      expect(wordsOf(space)).toEqual(OPPOSITES);
      expect(space.remarks).toEqual([
        `The language model test-model at ${server.host} does not take the reply format json_schema (status ${status}); it was asked for json_object instead.`,
      ]);
      server.formats = new Set();
      const plain = await ask({ refresh: true });
      expect(formatsAsked().slice(2)).toEqual(['json_schema', 'json_object', 'plain']);
      expect(wordsOf(plain.space)).toEqual(OPPOSITES);
      expect(plain.space.remarks).toHaveLength(2);
      expect(server.asked.at(-1)?.messages[0].content).toMatch(
        /^Read the next paragraph\. For each word, give 5 opposite words if it has any\. Use the format of "A → B"\.\n\na red/,
      );
    },
  );

  it('is told apart from one that does not know the model', async () => {
    server.model = 'another';
    await expect(ask()).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(/test-model.*does not exist.*Check --llm-model/),
    });
    expect(formatsAsked()).toEqual(['json_schema', 'json_object', 'plain']);
  });

  it('is told apart from one that refuses the key, which is never shown', async () => {
    server.key = 'another';
    const error = await ask().catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ code: 'INVALID_OPTION' });
    expect(String(error)).toContain('Incorrect API key provided: Bearer [secret].');
    expect(String(error)).toContain('Check OPENAI_API_KEY');
    expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain(KEY);
    expect(server.asked).toHaveLength(1);
  });
});

describe('answers that are none', () => {
  it.each([
    ['truncated JSON', '{"words": [{"word": "red", "choices": ["green", "yel'],
    ['JSON that was cut off in the protocol', { finish: 'length' }],
    ['another schema', '{"result": {"colour": 3}}'],
    ['an empty answer', ''],
    ['prose without words', 'Certainly! The paragraph is lovely.'],
  ])('%s is asked for again', async (_, behaviour) => {
    const content = typeof behaviour === 'string' ? behaviour : '{"words":[]}';
    server.behave({ kind: 'content', content, ...(typeof behaviour !== 'string' && behaviour) });
    const { space, failure } = await ask();
    expect(failure).toBeUndefined();
    expect(wordsOf(space)).toEqual(OPPOSITES);
    expect(formatsAsked()).toEqual(['json_schema', 'json_schema']);
    expect(space.remarks).toBeUndefined();
  });

  it('that cannot be read lead to the next format, and at last to no words', async () => {
    server.content = () => '{"words": "all of them"}';
    const { space, failure } = await ask();
    expect(formatsAsked()).toEqual(['json_schema', 'json_schema', 'json_object', 'json_object', 'plain']);
    expect(space.slots).toEqual([]);
    expect(space).not.toHaveProperty('languageModel');
    expect(space.remarks).toHaveLength(2);
    expect(failure).toMatch(
      /gave no words \(its JSON was another than asked for .*\); the words are the dictionary's/,
    );
  });

  it.each([
    ['in its own field', { kind: 'refusal', refusal: 'I will not.' } as const],
    ['in prose', { kind: 'content', content: "I'm sorry, but I can't help with that." } as const],
    ['by a filter', { kind: 'content', content: '', finish: 'content_filter' } as const],
  ])('a refusal %s is asked once more', async (_, behaviour) => {
    server.behave(behaviour);
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
    expect(server.asked).toHaveLength(2);
    server.behave(behaviour, behaviour);
    const { failure } = await ask({ refresh: true });
    expect(failure).toMatch(/refused|filter/);
    expect(server.asked).toHaveLength(4);
  });

  it.each([
    ['no JSON', 'It works!'],
    ['no completion', '{"choices": []}'],
    ['half a body', '{"choices": [{"message": {"content": "red'],
    ['null', 'null'],
  ])('a body that is %s is asked for again', async (_, body) => {
    server.behave({ kind: 'body', body });
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
    expect(server.asked).toHaveLength(2);
  });

  it('that never end are ended', async () => {
    server.behave({ kind: 'flood' });
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
  });
});

function slot(text: string, start: number, words: readonly string[]) {
  const choices = words.map((word, index) => ({
    text: word,
    source: 'llm',
    relation: 'opposite',
    score: 1 - index / words.length,
    model: 'test-model',
    template: 'words/1',
  }));
  return { text, start, choices };
}

function otherModel(model: string) {
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, XDG_CACHE_HOME: cacheHome };
  return { model, env };
}

describe('answers with mistakes', () => {
  const answer = (words: Record<string, string[]>) =>
    ({ kind: 'content', content: wordsAnswer(words, 'json_schema') }) as const;

  it('about other words are complained of, and joined with the next answer', async () => {
    server.behave(
      answer({ red: ['green'], horse: ['cow'], cat: ['cat'] }),
      answer({ cat: ['dog'], car: ['truck'] }),
    );
    const { space } = await ask();
    expect(wordsOf(space)).toEqual({ red: ['green'], cat: ['dog'], car: ['truck'] });
    expect(server.asked).toHaveLength(2);
    const [, said, complaint] = server.asked[1].messages;
    expect(said.role).toBe('assistant');
    expect(complaint.content).toBe(
      'The paragraph does not have "horse". No choice for "cat" can be used. Answer again, in the same format, for these words: "cat", "blue", "car". A choice is neither the word itself nor a word of the paragraph.',
    );
  });

  it('that stay are left out, after the same complaint once', async () => {
    server.content = ({ format }) => wordsAnswer({ ...OPPOSITES, horse: ['cow'] }, format);
    const { space } = await ask();
    expect(wordsOf(space)).toEqual(OPPOSITES);
    expect(server.asked).toHaveLength(2);
  });

  it('that are all wrong end after five', async () => {
    let horses = 0;
    server.content = ({ format }) => wordsAnswer({ [`horse${horses++}`]: ['cow'] }, format);
    const { failure } = await ask();
    expect(server.asked).toHaveLength(5);
    expect(failure).toContain('it named no words of the prompt');
  });

  it('of thousands of words are cut', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => [`word${i}`, [`other${i}`]] as const);
    const red = Array.from({ length: 5000 }, (_, i) => `colour${i}`);
    server.content = ({ format }) => wordsAnswer({ ...Object.fromEntries(many), red } as never, format);
    const { space } = await ask();
    expect(wordsOf(space)).toEqual({ red: ['colour0', 'colour1', 'colour2', 'colour3', 'colour4'] });
    for (const { messages } of server.asked) expect(JSON.stringify(messages).length).toBeLessThan(10_000);
  });
});

describe('a server in trouble', () => {
  it('is asked again after 500 and a lost connection', async () => {
    server.behave({ kind: 'status', status: 500 }, { kind: 'drop' });
    expect(wordsOf((await ask()).space)).toEqual(OPPOSITES);
    expect(server.asked).toHaveLength(3);
  });

  it('is waited for as long as it asks', async () => {
    server.behave({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    await ask();
    const [first, second] = server.asked;
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  });

  it('is not waited for longer than a minute', async () => {
    server.behave({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    const { failure } = await ask();
    expect(failure).toContain('429');
    expect(server.asked).toHaveLength(1);
  });

  it('is given up after four attempts', async () => {
    server.behave(...Array.from({ length: 4 }, () => ({ kind: 'status', status: 503 }) as const));
    const { failure } = await ask();
    expect(failure).toContain('503');
    expect(server.asked).toHaveLength(4);
  });

  it('that is slow is waited for, up to the limit', async () => {
    server.behave({ kind: 'slow', ms: 300 });
    expect(wordsOf((await ask({ timeoutSeconds: 10 })).space)).toEqual(OPPOSITES);
    server.behave({ kind: 'stall' }, { kind: 'stall' });
    const { failure } = await ask({ timeoutSeconds: 0.3, refresh: true });
    expect(failure).toContain('it gave no answer within 0.3 s');
    expect(server.asked).toHaveLength(3);
  });

  it('that nobody runs is told of', async () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', XDG_CACHE_HOME: cacheHome };
    const { failure } = await ask({ llm: { model: 'm', env } });
    expect(failure).toMatch(/it cannot be reached \(.*\)/);
  });

  it('is left at once when the user ends it', async () => {
    for (const behaviour of [
      { kind: 'stall' },
      { kind: 'status', status: 429, headers: { 'retry-after': '30' } },
    ] as const) {
      server.reset();
      server.behave(behaviour);
      const abort = new AbortController();
      const start = performance.now();
      setTimeout(() => abort.abort(), 200);
      const error = await ask({ signal: abort.signal, refresh: true }).catch((reason: unknown) => reason);
      expect(abort.signal.aborted).toBe(true);
      expect(error).toBe(abort.signal.reason);
      expect(performance.now() - start).toBeLessThan(3000);
    }
  });
});

describe('key concepts', () => {
  const concepts = (...texts: string[]) => JSON.stringify({ concepts: texts });
  const standIn = () => [{ text: 'red cat', start: 2 }];

  it('come first, in the order of the model, and bound the question for words', async () => {
    server.behave({ kind: 'content', content: concepts('a blue car', 'red cat', 'a green moon') });
    server.content = ({ format }) => wordsAnswer({ ...OPPOSITES, and: ['or'] }, format);
    const { space, concepts: found } = await ask({ keywords: standIn });
    expect(found).toEqual([
      { text: 'blue car', start: 16 },
      { text: 'red cat', start: 2 },
    ]);
    expect(space.keyConcepts).toEqual(['blue car', 'red cat']);
    expect(wordsOf(space)).toEqual(OPPOSITES);
    expect(server.asked[1].messages[0].content).toContain('for these words only: red, cat, blue, car.');
    expect(await cacheFiles()).toHaveLength(2);
  });

  it('leave out the words of no concept', async () => {
    server.behave({ kind: 'content', content: concepts('blue car') });
    expect(wordsOf((await ask({ keywords: standIn })).space)).toEqual({ car: ['truck'] });
  });

  it('stand in where the model has none', async () => {
    const refusal = { kind: 'refusal', refusal: 'No.' } as const;
    server.behave(refusal, refusal);
    const { space } = await ask({ keywords: standIn });
    expect(space.keyConcepts).toEqual(['red cat']);
    expect(space.remarks?.[0]).toContain('gave no key concepts: it refused: No..');
    expect(Object.keys(wordsOf(space))).toEqual(['red', 'cat']);
  });
});

describe('keys', () => {
  it('are in no answer, file or remark, though the server says them everywhere', async () => {
    const task: Task = 'improve';
    server.formats = new Set();
    server.unsupportedStatus = 400;
    const leak = `key is ${KEY}`;
    server.behave(
      { kind: 'status', status: 500, body: `{"error": {"message": "${leak}"}}` },
      { kind: 'content', content: `red → ${KEY}, green\ncat → dog\n${KEY} → x\nnote: ${leak}` },
    );
    const result = await ask({ task });
    expect(wordsOf(result.space)).toEqual(OPPOSITES);
    const files = await Promise.all(
      (await cacheFiles()).map((name) => readFile(join(cacheHome, 'dpo-diff', 'llm', name), 'utf8')),
    );
    expect(files).toHaveLength(1);
    expect(files[0]).toContain('[secret]');
    server.behave(...Array.from({ length: 4 }, () => ({ kind: 'status', status: 500, body: leak }) as const));
    server.formats = new Set(['json_schema']);
    const failed = await ask({ refresh: true });
    expect(failed.failure).toContain('key is [secret]');
    expect(JSON.stringify([result, failed, files])).not.toContain(KEY);
  });
});

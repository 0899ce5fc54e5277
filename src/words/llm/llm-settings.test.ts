import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLlmSettings } from './llm-settings.ts';
import { redactionOf } from './redaction.ts';
import { replyCacheDir } from './reply-cache.ts';

const read = (env: Record<string, string>, model: string | undefined = 'm') =>
  readLlmSettings({ env, model });

describe('readLlmSettings()', () => {
  it('goes by the environment of the OpenAI clients', () => {
    expect(read({ OPENAI_API_KEY: 'sk-1' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
      host: 'api.openai.com',
      authorization: 'Bearer sk-1',
      timeoutMs: 60_000,
    });
    expect(read({ OPENAI_BASE_URL: ' http://127.0.0.1:11434/v1/ ', OPENAI_API_KEY: ' ' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:11434/v1',
      host: '127.0.0.1:11434',
      authorization: undefined,
    });
    const env = { OPENAI_API_KEY: 'k', OPENAI_MODEL: 'from-env' };
    expect(readLlmSettings({ env }).model).toBe('from-env');
    expect(readLlmSettings({ env, model: 'given' }).model).toBe('given');
  });

  it.each([
    [{}, 'm', 'set OPENAI_API_KEY to a key for api.openai.com, or OPENAI_BASE_URL'],
    [{ OPENAI_API_KEY: 'k' }, ' ', 'give --llm-model NAME'],
    [{ OPENAI_BASE_URL: 'secret-host' }, 'm', 'must be an address that begins with http://'],
    [{ OPENAI_BASE_URL: 'ftp://a:secret@b' }, 'm', 'it is none'],
    [{ OPENAI_BASE_URL: 'http://a:secret@b', OPENAI_API_KEY: 'k' }, 'm', 'only one of them can be sent'],
  ])('says what to set with %j and the model %j', (env, model, message) => {
    const refused = () => read(env as Record<string, string>, model);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow('secret');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %f seconds', (timeoutSeconds) => {
    const env = { OPENAI_API_KEY: 'k' };
    expect(() => readLlmSettings({ env, model: 'm', timeoutSeconds })).toThrow('seconds above 0');
  });

  it('keeps credentials out of the address, and takes them out of texts', () => {
    const { baseUrl, host, query, redact } = read({
      OPENAI_BASE_URL: 'https://me:pa%2Fss-word@llm.example/v1?api-key=query-key-1',
      OPENAI_CUSTOM_HEADERS: 'X-Auth: header-key-1',
    });
    expect({ baseUrl, host, query }).toEqual({
      baseUrl: 'https://llm.example/v1',
      host: 'llm.example',
      query: { 'api-key': 'query-key-1' },
    });
    const text = redact(`me pa/ss-word pa%2Fss-word query-key-1 header-key-1 ${btoa('me:pa/ss-word')}`);
    expect(text).toBe('me [secret] [secret] [secret] [secret] [secret]');
  });
});

describe('redactionOf()', () => {
  it('leaves placeholders and pieces of words alone', () => {
    expect(redactionOf(['x', '', undefined])('x marks')).toBe('x marks');
    expect(redactionOf([])('text')).toBe('text');
  });

  it('finds a secret as JSON has it', () => {
    expect(redactionOf(['a"b\\c'])(JSON.stringify('key a"b\\c!'))).toBe('"key [secret]!"');
  });
});

it('keeps answers in the user’s folder for caches', () => {
  expect(replyCacheDir({ XDG_CACHE_HOME: '/x' })).toBe(join('/x', 'dpo-diff', 'llm'));
});

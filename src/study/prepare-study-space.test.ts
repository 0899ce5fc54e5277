import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LlmServer, wordsAnswer } from '../../tests/words/llm-server.ts';
import { openWordModel } from './open-word-model.ts';
import { preflightSpace } from './preflight/preflight.ts';
import { prepareStudySpace } from './prepare-study-space.ts';
import { buildStudySpace } from './study-space.ts';

const PROMPT = 'a red cat and a blue car';
const server = new LlmServer();
const cacheHome = await mkdtemp(join(tmpdir(), 'dpo-diff-prepared-'));
const source = await openWordModel(undefined);

beforeAll(() => server.start());
beforeEach(() => server.reset());
afterAll(async () => {
  await server.stop();
  await rm(cacheHome, { recursive: true, force: true });
});

function llm() {
  return { model: 'm', env: { OPENAI_BASE_URL: server.url, XDG_CACHE_HOME: cacheHome }, refresh: true };
}

describe('prepareStudySpace()', () => {
  it('gives what a study takes, in words that the embedded model learnt', async () => {
    server.content = ({ format }) => wordsAnswer({ cat: ['lynx', 'dog'], red: ['green'] }, format);
    const space = await prepareStudySpace(source, PROMPT, { task: 'improve', words: 'llm', llm: llm() });
    expect(server.asked[0].messages[0].content).toContain('Give no words but from this list: ');
    const studied = buildStudySpace(source, PROMPT, { task: 'improve', space });
    expect(studied.slots.map(({ choices }) => choices.map(({ text }) => text))).toEqual([['green'], ['dog']]);
    expect(studied.languageModel).toEqual({ model: 'm', host: server.host, template: 'words/1' });
  });

  it('leaves words beyond the text encoder to the study', async () => {
    const prompt = `${'a red cat and '.repeat(12)}a blue car`;
    const space = await prepareStudySpace(source, prompt, { task: 'improve', keywords: true });
    expect(space).not.toHaveProperty('leftOut');
    expect(buildStudySpace(source, prompt, { task: 'improve', space }).leftOut).toBeDefined();
  });

  it('has what went wrong told as a warning', async () => {
    const refusal = { kind: 'refusal', refusal: 'No.' } as const;
    server.behave(refusal, refusal);
    const space = await prepareStudySpace(source, PROMPT, { task: 'improve', words: 'llm', llm: llm() });
    expect(preflightSpace(source.model, space)).toEqual([expect.stringContaining('it refused: No.')]);
  });

  it('refuses in one sentence', async () => {
    await expect(prepareStudySpace(source, ' ', { task: 'improve' })).rejects.toMatchObject({
      code: 'INVALID_PROMPT',
    });
    await expect(prepareStudySpace(source, PROMPT, { task: 'improve', maxChoices: 0 })).rejects.toMatchObject(
      { code: 'INVALID_OPTION' },
    );
    await expect(
      prepareStudySpace(source, 'running and jumping', { task: 'improve', keywords: true }),
    ).rejects.toThrow('Leave out --keywords');
  });
});

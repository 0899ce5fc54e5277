/** @file Sentence encoders by folder and by name on the hub, over real HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { filesBelow, HubServer } from '../../tests/hub/hub-server.ts';
import { embeddedSentenceEncoder, openSentenceEncoder } from './open-sentence-encoder.ts';

const T5 = join(import.meta.dirname, '../../tests/fixtures/sentence/t5-tiny');
const TEXTS = ['a red cat', 'a blue car'] as const;

const server = new HubServer();
const home = await mkdtemp(join(tmpdir(), 'dpo-diff-encoder-'));
const t5 = filesBelow(T5);

beforeAll(async () => {
  await server.start();
  const unwanted = ['README.md', 'pytorch_model.bin', '2_Dense/pytorch_model.bin', 'onnx/model.onnx'];
  server.add('org/t5', {
    files: new Map([...t5, ...unwanted.map((path) => [path, Buffer.from('x')] as const)]),
  });
  const config = Buffer.from(JSON.stringify({ model_type: 'mpnet' }));
  server.add('org/mpnet', { files: new Map([...t5, ['config.json', config]]) });
  const pickled = [...t5].map(
    ([path, bytes]) => [path.replace('model.safetensors', 'pytorch_model.bin'), bytes] as const,
  );
  server.add('org/pickled', { files: new Map(pickled) });
  for (const [name, value] of Object.entries({ HF_HOME: home, HF_ENDPOINT: server.url, HF_TOKEN: undefined }))
    vi.stubEnv(name, value);
});
afterEach(() => server.forget());
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const loaded = () => server.downloads.map(({ path }) => path);

describe('openSentenceEncoder()', () => {
  it('loads what it needs from the hub, once, and gives what the folder gives', async () => {
    const [local, remote] = [await openSentenceEncoder(T5), await openSentenceEncoder('org/t5')];
    expect(loaded().some((path) => path.endsWith('2_Dense/model.safetensors'))).toBe(true);
    expect(loaded().some((path) => /README|\.bin|onnx/.test(path))).toBe(false);
    expect(remote.name).toBe('org/t5');
    expect(remote.source).toBe('org/t5');
    expect(await remote.similarity(...TEXTS)).toBe(await local.similarity(...TEXTS));
    await Promise.all([local.release(), remote.release()]);
    server.forget();
    await openSentenceEncoder('org/t5');
    expect(loaded()).toEqual([]);
  });

  it('refuses another network, and pickled weights, before weights are loaded', async () => {
    await expect(openSentenceEncoder('org/mpnet')).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringMatching(/"model_type" is "mpnet", accepted: "bert" or "t5"/),
    });
    await expect(openSentenceEncoder('org/pickled')).rejects.toMatchObject({ code: 'UNSUPPORTED_MODEL' });
    expect(loaded().filter((path) => path.endsWith('.safetensors'))).toEqual([]);
  });

  it('knows no threshold of an encoder that nobody measured', async () => {
    expect((await openSentenceEncoder(T5)).threshold).toBeUndefined();
    expect((await openSentenceEncoder()).threshold).toBe(0.88);
  });
});

describe('OpenedSentenceEncoder', () => {
  it('gives its memory back, and opens again when it is asked again', async () => {
    const encoder = embeddedSentenceEncoder();
    await encoder.release();
    const before = await encoder.similarity(...TEXTS);
    await encoder.release();
    expect(await encoder.similarity(...TEXTS)).toBe(before);
    const [vector] = await encoder.embed([TEXTS[0]]);
    expect(vector).toHaveLength(384);
    await encoder.release();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { filesBelow, HubServer } from '../../tests/hub/hub-server.ts';
import { inspectModel } from './inspect-model.ts';
import { locateModel } from './locate-model.ts';
import { openWordModel } from './open-word-model.ts';

const SD1 = join(import.meta.dirname, '../../tests/fixtures/sd1');
const server = new HubServer();
const home = await mkdtemp(join(tmpdir(), 'inspect-model-'));

beforeAll(async () => {
  await server.start();
  server.add('org/sd1', { files: filesBelow(SD1) });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await server.stop().catch(() => undefined);
  await rm(home, { recursive: true, force: true });
});

function useHub(more: Record<string, string> = {}): void {
  const env = { HF_HOME: home, HF_ENDPOINT: server.url, HF_HUB_CACHE: '', HF_HUB_OFFLINE: '', ...more };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

describe('a model on the hub', () => {
  it('is reported as the repository, with problems in its words', async () => {
    useHub();
    const files = filesBelow(SD1, (path) => path !== 'vae/config.json');
    server.add('org/gap', { files });
    const report = await inspectModel('org/gap');
    expect(report).toMatchObject({ name: 'org/gap', dir: `${server.url}/org/gap`, runnable: false });
    expect(report.reason).toBe(
      `${server.url}/org/gap is not a complete model in the diffusers layout: it lacks vae/config.json.`,
    );
    expect(JSON.stringify(report)).not.toContain(tmpdir());
    server.add('org/none', { files: new Map([['README.md', Buffer.from('hello')]]) });
    await expect(inspectModel('org/none')).rejects.toThrow(/^http\S+\/org\/none holds no model/);
  });

  it('may be a LoRA, whose alphas are said to be unread rather than 0', async () => {
    useHub();
    server.add('org/lora', { files: filesBelow(join(SD1, 'lora')) });
    const { lora } = await inspectModel('org/lora/kohya.safetensors');
    expect(new Set(lora!.layers.map(({ alpha }) => alpha))).toEqual(new Set([null]));
    const peft = await inspectModel('org/lora/peft.safetensors');
    expect(new Set(peft.lora!.layers.map(({ alpha }) => alpha))).toEqual(new Set([4]));
  });

  it('is told to be guidance-distilled by its name', async () => {
    useHub();
    server.add('org/sd1-turbo', { files: filesBelow(SD1) });
    expect((await inspectModel('org/sd1-turbo')).distillation).toMatchObject({ by: 'name', sign: 'turbo' });
    expect((await inspectModel('org/sd1')).distillation).toBeNull();
  });

  it('gives its words as its folder does', async () => {
    useHub();
    const [there, here] = [await openWordModel('org/sd1'), await openWordModel(SD1)];
    const ids = (source: typeof here) => source.model.tokenizer.tokenize('a red cat').ids;
    expect(ids(there)).toEqual(ids(here));
  });

  it('is looked for in the cache where there is no network', async () => {
    useHub();
    const path = await locateModel('org/sd1', { role: 'model', ownScorer: true });
    const { url } = server;
    useHub({ HF_HUB_OFFLINE: '1' });
    expect(await inspectModel('org/sd1')).toMatchObject({ dir: path, name: 'org/sd1', runnable: true });
    useHub({ HF_ENDPOINT: url });
    await server.stop();
    const warnings: string[] = [];
    const report = await inspectModel('org/sd1', {
      onDownload: (event) => event.type === 'warning' && warnings.push(event.message),
    });
    expect(report).toMatchObject({ dir: path, runnable: true });
    expect(warnings).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});

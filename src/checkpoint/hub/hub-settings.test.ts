import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHubSettings } from './hub-settings.ts';

const dir = await mkdtemp(join(tmpdir(), 'hub-settings-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('readHubSettings()', () => {
  it.each([
    [{}, '/me/.cache/huggingface/hub'],
    [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/huggingface/hub'],
    [{ XDG_CACHE_HOME: '/xdg', HF_HOME: '/hf' }, '/hf/hub'],
    [{ HF_HOME: '~/hf' }, '/me/hf/hub'],
    [{ HF_HOME: '/hf', HUGGINGFACE_HUB_CACHE: '/old' }, '/old'],
    [{ HUGGINGFACE_HUB_CACHE: '/old', HF_HUB_CACHE: '/new' }, '/new'],
    [{ HF_HUB_CACHE: '' }, '/me/.cache/huggingface/hub'],
  ])('finds the cache with %j', (env, cacheDir) => {
    expect(readHubSettings({ HOME: '/me', ...env }).cacheDir).toBe(resolve(cacheDir));
  });

  it('takes the token of a variable before that of a file', async () => {
    await writeFile(join(dir, 'token'), ' from-file \n');
    const token = (env: Record<string, string>) => readHubSettings({ HOME: dir, HF_HOME: dir, ...env }).token;
    expect(token({})).toEqual({ value: 'from-file', source: join(dir, 'token') });
    expect(token({ HF_TOKEN: 'a', HUGGING_FACE_HUB_TOKEN: 'b' })).toEqual({ value: 'a', source: 'HF_TOKEN' });
    expect(token({ HUGGING_FACE_HUB_TOKEN: 'b' })?.value).toBe('b');
    expect(token({ HF_TOKEN_PATH: join(dir, 'nowhere') })).toBeUndefined();
    expect(token({ HF_TOKEN: 'a', HF_HUB_DISABLE_IMPLICIT_TOKEN: '1' })).toBeUndefined();
  });

  it('knows a mirror, and whether the network is forbidden', () => {
    expect(readHubSettings({}).endpoint).toBe('https://huggingface.co');
    expect(readHubSettings({ HF_ENDPOINT: 'http://mirror/' }).endpoint).toBe('http://mirror');
    expect(readHubSettings({}).offlineBy).toBeUndefined();
    expect(readHubSettings({ HF_HUB_OFFLINE: '0' }).offlineBy).toBeUndefined();
    expect(readHubSettings({ HF_HUB_OFFLINE: 'true' }).offlineBy).toBe('HF_HUB_OFFLINE');
    expect(readHubSettings({ TRANSFORMERS_OFFLINE: '1' }).offlineBy).toBe('TRANSFORMERS_OFFLINE');
  });

  it('waits as long as it is told', () => {
    expect(readHubSettings({}).idleMs).toBe(30_000);
    expect(readHubSettings({ HF_HUB_DOWNLOAD_TIMEOUT: '2' }).idleMs).toBe(2000);
    expect(readHubSettings({ HF_HUB_DOWNLOAD_TIMEOUT: 'soon' }).idleMs).toBe(30_000);
  });
});

import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, gitHash, HubServer, sha256 } from '../../../tests/hub/hub-server.ts';
import type { Environment } from '../../disk/user-folders.ts';
import type { DownloadEvent } from './download-event.ts';
import { parseHubName } from './hub-name.ts';
import { readHubSettings } from './hub-settings.ts';
import { type ResolveModelOptions, resolveModel } from './resolve-model.ts';

const SD1 = join(import.meta.dirname, '../../../tests/fixtures/sd1');
const UNET = 'unet/diffusion_pytorch_model.safetensors';
const FP16 = 'unet/diffusion_pytorch_model.fp16.safetensors';

const server = new HubServer();
const root = await mkdtemp(join(tmpdir(), 'resolve-model-'));
const sd1 = filesBelow(SD1, (path) => !/^(lora|reference|single)/.test(path));
let homes = 0;
let commit = '';

beforeAll(async () => {
  await server.start();
  commit = server.add('org/sd1', { files: sd1 });
});
afterEach(() => server.forget());
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

interface Home {
  readonly dir: string;
  readonly repository: string;
  readonly events: DownloadEvent[];
  resolve(name: string, options?: Partial<ResolveModelOptions>, env?: Environment): Promise<string>;
}

function freshHome(): Home {
  const dir = join(root, String(homes++));
  const events: DownloadEvent[] = [];
  const resolve: Home['resolve'] = (name, options = {}, env = {}) =>
    resolveModel(parseHubName(name)!, {
      role: 'model',
      settings: readHubSettings({ HF_HOME: dir, HF_ENDPOINT: server.url, HOME: dir, ...env }),
      onDownload: (event) => events.push(event),
      ...options,
    });
  return { dir, repository: join(dir, 'hub', 'models--org--sd1'), events, resolve };
}

const paths = () => server.asked.map(({ path }) => path.split('?')[0]);
const loadedWeights = () => server.downloads.filter(({ path }) => path.endsWith('.safetensors'));

describe('resolveModel()', () => {
  it('lays the cache out as the Python library does', async () => {
    const { resolve, repository } = freshHome();
    const path = await resolve('org/sd1');
    expect(path).toBe(join(repository, 'snapshots', commit));
    expect(await readFile(join(repository, 'refs', 'main'), 'utf8')).toBe(commit);
    const [unet, config] = [sd1.get(UNET)!, sd1.get('unet/config.json')!];
    expect(await readlink(join(path, UNET))).toBe(`../../../blobs/${sha256(unet)}`);
    expect(await readlink(join(path, 'unet/config.json'))).toBe(`../../../blobs/${gitHash(config)}`);
    expect(await readlink(join(path, 'model_index.json'))).toBe(
      `../../blobs/${gitHash(sd1.get('model_index.json')!)}`,
    );
    expect((await readFile(join(path, UNET))).equals(unet)).toBe(true);
  });

  it('uses a cache that the Python library filled, without network', async () => {
    const { resolve, repository } = freshHome();
    for (const [path, bytes] of sd1) {
      const blob = join(repository, 'blobs', sha256(bytes));
      const link = join(repository, 'snapshots', commit, path);
      await mkdir(dirname(blob), { recursive: true });
      await mkdir(dirname(link), { recursive: true });
      await writeFile(blob, bytes);
      await symlink(blob, link);
    }
    await mkdir(join(repository, 'refs'));
    await writeFile(join(repository, 'refs', 'main'), commit);
    const path = await resolve('org/sd1', {}, { HF_HUB_OFFLINE: '1' });
    expect(path).toBe(join(repository, 'snapshots', commit));
    expect(await resolve(`org/sd1@${commit}`)).toBe(path);
    expect(server.asked).toEqual([]);
    await resolve('org/sd1');
    expect(paths()).toEqual(['/api/models/org/sd1/revision/main']);
  });

  it('follows a branch that moved, and loads only what changed', async () => {
    const { resolve, repository } = freshHome();
    server.add('org/moving', { files: sd1 });
    const before = await resolve('org/moving');
    server.forget();
    const scheduler = Buffer.from('{"beta_start": 0.001, "beta_schedule": "linear"}');
    const moved = server.add('org/moving', {
      files: new Map([...sd1, ['scheduler/scheduler_config.json', scheduler]]),
    });
    const after = await resolve('org/moving');
    expect(after).toBe(join(dirname(before), moved));
    expect(await readFile(join(after, 'scheduler/scheduler_config.json'))).toEqual(scheduler);
    expect(server.downloads.map(({ path }) => path)).toEqual([
      `/org/moving/resolve/${moved}/scheduler/scheduler_config.json`,
    ]);
    expect(repository).not.toBe(after);
    // The earlier commit is there too.
    expect(await resolve(`org/moving@${before.slice(-40)}`)).toBe(before);
  });

  it('stays with the earlier commit until all of the new one is there', async () => {
    const { resolve } = freshHome();
    server.add('org/half', { files: sd1 });
    const before = await resolve('org/half');
    const unet = Buffer.from(sd1.get(UNET)!);
    unet[unet.length - 1]! ^= 1;
    server.add('org/half', { files: new Map([...sd1, [UNET, unet]]) });
    server.fail(UNET, { kind: 'status', status: 404 });
    await expect(resolve('org/half')).rejects.toMatchObject({ code: 'HUB' });
    expect(await resolve('org/half', {}, { HF_HUB_OFFLINE: '1' })).toBe(before);
  });

  it('uses the cache, and says so, where the hub fails', async () => {
    const { resolve, events } = freshHome();
    const path = await resolve('org/sd1');
    events.length = 0;
    server.apiStatus = 403;
    expect(await resolve('org/sd1')).toBe(path);
    server.apiStatus = undefined;
    expect(events).toEqual([
      {
        type: 'warning',
        message: expect.stringContaining(`the copy in the cache is used, commit ${commit.slice(0, 8)}`),
      },
    ]);
  });

  it('prefers the variant, and remembers which files there are not', async () => {
    const { resolve } = freshHome();
    const files = new Map([...sd1, [FP16, Buffer.from(sd1.get(UNET)!).fill(1, 9)]]);
    const halves = server.add('org/halves', { files });
    const path = await resolve(`org/halves@${halves}`, { variant: 'fp16' });
    expect((await readdir(join(path, 'unet'))).sort()).toEqual([
      'config.json',
      'diffusion_pytorch_model.fp16.safetensors',
    ]);
    expect(await readdir(join(path, 'vae'))).toContain('diffusion_pytorch_model.safetensors');
    server.forget();
    await resolve(`org/halves@${halves}`, { variant: 'fp16' });
    expect(server.asked).toEqual([]);
    // Full precision is another file.
    await resolve(`org/halves@${halves}`);
    expect(
      server.downloads.map(({ path: asked }) => asked).filter((asked) => asked.endsWith(UNET)),
    ).toHaveLength(2);
  });

  it('loads shards by their list', async () => {
    const { resolve } = freshHome();
    const stem = 'unet/diffusion_pytorch_model';
    const shards = ['00001-of-00002', '00002-of-00002'].map((part) => `${stem}-${part}.safetensors`);
    const weight_map = { a: shards[0]!.slice(5), b: shards[1]!.slice(5) };
    const list = Buffer.from(JSON.stringify({ metadata: {}, weight_map }));
    const rest = [...sd1].filter(([path]) => path !== UNET);
    const parts = shards.map((path, i) => [path, Buffer.alloc(30_000, i)] as const);
    server.add('org/shards', {
      files: new Map([...rest, [`${stem}.safetensors.index.json`, list], ...parts]),
    });
    const path = await resolve('org/shards');
    expect(await readdir(join(path, 'unet'))).toHaveLength(4);
    await rm(join(path, shards[1]!));
    await expect(resolve('org/shards', {}, { HF_HUB_OFFLINE: '1' })).rejects.toThrow(`lacks ${shards[1]}`);
    server.add('org/gap', { files: new Map([...rest, [`${stem}.safetensors.index.json`, list], parts[0]!]) });
    await expect(resolve('org/gap')).rejects.toThrow(`has no ${shards[1]}`);
  });

  it('loads one file of a repository, at a revision', async () => {
    const { resolve, repository } = freshHome();
    const older = server.add(
      'org/sd1',
      { files: new Map([['old/whole.safetensors', sd1.get(UNET)!]]) },
      'refs/pr/1',
    );
    const path = await resolve('org/sd1/old/whole.safetensors@refs/pr/1');
    expect(path).toBe(join(repository, 'snapshots', older, 'old/whole.safetensors'));
    expect(await readFile(join(repository, 'refs/refs/pr/1'), 'utf8')).toBe(older);
    expect(loadedWeights()).toHaveLength(2);
  });

  it('takes the LoRA that diffusers would, and asks for the name of any other', async () => {
    const { resolve } = freshHome();
    const files = (...names: string[]) => new Map(names.map((name) => [name, Buffer.from(name)]));
    server.add('org/lora', { files: files('pytorch_lora_weights.safetensors', 'other.safetensors') });
    const path = await resolve('org/lora', { role: 'lora' });
    expect(path).toMatch(/pytorch_lora_weights\.safetensors$/);
    expect(await resolve('org/lora', { role: 'lora' }, { HF_HUB_OFFLINE: '1' })).toBe(path);
    server.add('org/style', { files: files('style.safetensors') });
    expect(await resolve('org/style/style.safetensors', { role: 'lora' })).toMatch(/style\.safetensors$/);
    await expect(resolve('org/style', { role: 'lora' })).rejects.toThrow(
      'org/style has no pytorch_lora_weights.safetensors, so name the file of the LoRA too. It holds style.safetensors: give --lora org/style/style.safetensors.',
    );
    server.add('org/empty', { files: files('README.md') });
    await expect(resolve('org/empty', { role: 'lora' })).rejects.toThrow('holds no .safetensors file');
  });

  it('names the files of a repository that is no pipeline', async () => {
    server.add('org/webui', {
      files: new Map([
        ['dream-v8.safetensors', Buffer.alloc(9)],
        ['x.ckpt', Buffer.alloc(9)],
      ]),
    });
    await expect(freshHome().resolve('org/webui')).rejects.toThrow(
      /no model_index.json.* such as org\/webui\/dream-v8.safetensors\.$/,
    );
    server.add('org/text', { files: new Map([['config.json', Buffer.from('{}')]]) });
    await expect(freshHome().resolve('org/text')).rejects.toThrow(/is no text-to-image model/);
    server.add('org/bert', { files: new Map([['config.json', Buffer.from('{"model_type": "bert"}')]]) });
    await expect(freshHome().resolve('org/bert', { role: 'scorer' })).rejects.toThrow(/of the type "bert"/);
  });

  it.each([
    ['org/private', /no file or folder org\/private here, and no such model.*if it is private, set HF_TOKEN/],
    ['org/bare', /org\/bare has no scorer of its own; give a CLIP model with --scorer/],
    ['org/sd1/unet/diffusion_pytorch_model.safetensors', /has no scorer of its own/],
    ['org/sd1@v9', /org\/sd1 has no revision "v9"/],
    ['org/sd1/model.ckpt', /pickled weights only \(model.ckpt\).*\.safetensors/],
    ['org/sd3', /"StableDiffusion3Pipeline", which is not supported; supported: .*Stable Diffusion XL/],
    ['org/gated', /is gated/],
  ])('refuses %s before its weights', async (name, message) => {
    server.add('org/private', { files: sd1, token: 'secret' });
    server.add('org/gated', { files: sd1, gated: true });
    server.add('org/bare', { files: new Map([...sd1].filter(([path]) => !path.startsWith('scorer/'))) });
    const index = Buffer.from(JSON.stringify({ _class_name: 'StableDiffusion3Pipeline' }));
    server.add('org/sd3', { files: new Map([...sd1, ['model_index.json', index]]) });
    await expect(freshHome().resolve(name, { ownScorer: true })).rejects.toMatchObject({
      name: 'DpoError',
      isUserError: true,
      message: expect.stringMatching(message),
    });
    expect(loadedWeights()).toEqual([]);
  });

  it('names the files of a repository that lacks the one that is wanted', async () => {
    await expect(freshHome().resolve('org/sd1/other.safetensors')).rejects.toThrow(
      /has no file "other.safetensors" in its revision "main"\. It has .*diffusion_pytorch_model.safetensors/,
    );
  });

  it('loads again what someone cut short or deleted in the cache', async () => {
    const { resolve, repository } = freshHome();
    const path = await resolve('org/sd1');
    await rm(join(repository, 'blobs', sha256(sd1.get(UNET)!)));
    await resolve('org/sd1');
    expect((await readFile(join(path, UNET))).equals(sd1.get(UNET)!)).toBe(true);
  });

  it('is asked for the same by many at once, and loads it once', async () => {
    const { resolve } = freshHome();
    const all = await Promise.all(Array.from({ length: 6 }, () => resolve('org/sd1')));
    expect(new Set(all).size).toBe(1);
    // The hub sends the large ones on.
    expect(loadedWeights()).toHaveLength(6);
  });

  it('does not believe what cannot be', async () => {
    const bytes = Buffer.from('{}');
    for (const path of ['../../outside.json', '/etc/passwd', 'a\\b.json']) {
      server.add('org/evil', {
        files: new Map([
          ['model_index.json', bytes],
          [path, bytes],
        ]),
      });
      await expect(freshHome().resolve('org/evil')).rejects.toMatchObject({
        code: 'DOWNLOAD_FAILED',
        message: expect.stringContaining('which cannot be'),
      });
    }
    const settings = readHubSettings({ HF_HOME: root, HF_ENDPOINT: `${server.url}/no-hub` });
    await expect(resolveModel(parseHubName('org/sd1')!, { role: 'model', settings })).rejects.toMatchObject({
      name: 'DpoError',
    });
  });
});

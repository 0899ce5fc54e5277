import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, HubServer } from '../../../tests/hub/hub-server.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import { openSafetensors, readSafetensors, writeSafetensors } from '../safetensors.ts';
import { TELLING_KEY } from '../single-file/told-prediction.ts';
import { mirrorHeaders } from './header-mirror.ts';
import { parseHubName } from './hub-name.ts';
import { readHubSettings } from './hub-settings.ts';

const SD1 = join(import.meta.dirname, '../../../tests/fixtures/sd1');
const UNET = 'unet/diffusion_pytorch_model.safetensors';
const server = new HubServer();
const sd1 = filesBelow(SD1);

beforeAll(async () => {
  await server.start();
  const pickled: [string, Buffer] = ['vae/diffusion_pytorch_model.bin', Buffer.alloc(50_000)];
  server.add('org/sd1', { files: new Map([...sd1, pickled, ['vae/cut.safetensors', Buffer.from('abc')]]) });
});
afterEach(() => server.forget());
afterAll(() => server.stop());

const mirror = (name: string) =>
  mirrorHeaders(parseHubName(name)!, { settings: readHubSettings({ HF_ENDPOINT: server.url }) });

describe('mirrorHeaders()', () => {
  it('makes files of the right length with the right header, and nothing besides', async () => {
    const { path, remove } = await mirror('org/sd1');
    const { entries } = await openSafetensors(join(path, UNET));
    expect([...entries.keys()]).toEqual([...(await openSafetensors(join(SD1, UNET))).entries.keys()]);
    expect(await readFile(join(path, 'unet/config.json'))).toEqual(sd1.get('unet/config.json'));
    expect((await stat(join(path, 'vae/diffusion_pytorch_model.bin'))).size).toBe(50_000);
    expect(await readFile(join(path, 'vae/cut.safetensors'), 'utf8')).toBe('abc');
    expect(
      ['lora', 'reference.safetensors', 'single_file.safetensors'].filter((name) =>
        existsSync(join(path, name)),
      ),
    ).toEqual([]);
    // Sparse: its blocks are those of the header, as far as the file system has holes.
    const { blocks, size } = await stat(join(path, UNET));
    expect(blocks * 512).toBeLessThan(size);
    await remove();
    expect(existsSync(path)).toBe(false);
  });

  it('mirrors one file alone', async () => {
    const { path, remove } = await mirror('org/sd1/single_file.safetensors');
    expect((await openSafetensors(path)).entries.size).toBeGreaterThan(100);
    expect(server.bytesSent).toBeLessThan(100_000);
    await remove();
    await expect(mirror('org/sd1/none.safetensors')).rejects.toThrow(/has no file "none.safetensors"/);
  });

  it('brings the weight that tells what a file predicts, which zeros would deny', async () => {
    const local = join(await mkdtemp(join(tmpdir(), 'mirror-')), 'told.safetensors');
    const bias = floatTensor([4], Float32Array.of(0.5, -0.5, 0.25, 1));
    await writeSafetensors(
      local,
      new Map([
        [TELLING_KEY, bias],
        ['other', floatTensor([2], Float32Array.of(1, 2))],
      ]),
    );
    server.add('org/told', { files: new Map([['told.safetensors', await readFile(local)]]) });
    const { path, remove } = await mirror('org/told/told.safetensors');
    const tensors = await readSafetensors(path);
    expect(tensors.get(TELLING_KEY)!.data).toEqual(bias.data);
    expect(tensors.get('other')!.data).toEqual(new Float32Array(2));
    await remove();
    await rm(dirname(local), { recursive: true });
  });

  it('reads from a server without ranges too', async () => {
    server.fail(UNET, { kind: 'no-range' }, { kind: 'no-range' });
    const { path, remove } = await mirror('org/sd1');
    expect((await openSafetensors(join(path, UNET))).entries.has('conv_in.weight')).toBe(true);
    await remove();
  });
});

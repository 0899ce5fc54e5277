import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileServer, serveFiles } from '../../tests/browser/file-server.ts';
import { floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { openRemoteWeights, readRemoteWeight } from './remote-weights.ts';
import { writeSafetensors } from './safetensors.ts';

let folder: string;
let server: FileServer;
let rangeless: FileServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dpo-diff-remote-'));
  const tensors = new Map<string, Tensor>([
    ['first', floatTensor([2], [1, 2])],
    ['nothing', floatTensor([0], [])],
    ['second', floatTensor([2, 2], [3, 4, 5, 6])],
  ]);
  await writeSafetensors(join(folder, 'good'), tensors.set('position_ids', intTensor([1], [7])));
  await writeFile(join(folder, 'cut'), await readFile(join(folder, 'good')));
  await truncate(join(folder, 'cut'), 100);
  await writeFile(join(folder, 'tiny'), 'abc');
  server = await serveFiles({ folders: { files: folder } });
  rangeless = await serveFiles({ folders: { files: folder }, ranges: false });
});
afterAll(async () => {
  await Promise.all([server.close(), rangeless.close()]);
  await rm(folder, { recursive: true });
});

describe('weights behind a URL', () => {
  it('are found and read by parts: the header first, then what is asked for', async () => {
    const url = `${server.url}/files/good`;
    const weights = await openRemoteWeights(url);
    expect([...weights.keys()]).toEqual(['first', 'nothing', 'second']);
    const header = server.sent.get('/files/good')!;
    expect(weights.find('absent')).toBeUndefined();
    const second = weights.find('second')!;
    expect(second).toMatchObject({ dtype: 'float32', shape: [2, 2], path: url });
    const bytes = await readRemoteWeight(second);
    expect([...new Float32Array(Uint8Array.from(bytes).buffer)]).toEqual([3, 4, 5, 6]);
    expect(server.sent.get('/files/good')! - header).toBe(16);
    expect(await readRemoteWeight(weights.find('nothing')!)).toHaveLength(0);
  });

  it('say which tensor is no weight', async () => {
    const weights = await openRemoteWeights(`${server.url}/files/good`);
    expect(() => weights.find('position_ids')).toThrow(/stored as I32; accepted: F32, F16 or BF16/);
  });

  it.each(['cut', 'tiny'])('are refused where the file is damaged: %s', async (name) => {
    await expect(openRemoteWeights(`${server.url}/files/${name}`)).rejects.toMatchObject({
      code: 'INVALID_CHECKPOINT',
    });
  });

  it('are refused where they cannot be fetched in parts, with the reason', async () => {
    const refused = async (url: string) =>
      openRemoteWeights(url).then(
        () => 'opened',
        ({ code, message }) => `${code} ${message}`,
      );
    expect(await refused(`${rangeless.url}/files/good`)).toMatch(
      /^FILE_ACCESS .* cannot be read in parts: expected status 206 \(a part of the file\), got 200\.$/,
    );
    expect(await refused(`${server.url}/files/absent`)).toMatch(/got 404\.$/);
    expect(await refused('http://127.0.0.1:1/x')).toMatch(/^FILE_ACCESS .* cannot be read in parts: /);
  });
});

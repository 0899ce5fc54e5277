import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, gitHash, HubServer, sha256 } from '../../../tests/hub/hub-server.ts';
import { type BlobDownload, downloadBlob } from './download-blob.ts';
import { HubClient } from './hub-client.ts';
import { parseHubName } from './hub-name.ts';
import { readHubSettings } from './hub-settings.ts';
import { fileAddress } from './repository-download.ts';

const server = new HubServer();
const dir = await mkdtemp(join(tmpdir(), 'download-blob-'));
const large = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251));
const small = Buffer.from('{"a": 1}');
let commit = '';
let targets = 0;

beforeAll(async () => {
  await server.start();
  commit = server.add('org/m', {
    files: new Map([
      ['large.safetensors', large],
      ['small.json', small],
    ]),
  });
});
afterEach(() => {
  server.forget();
  server.speed = undefined;
});
afterAll(async () => {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

function download(
  changes: Partial<BlobDownload> & { signal?: AbortSignal; idle?: string; path?: string } = {},
): BlobDownload {
  const { signal, idle = '5', path = 'large.safetensors', ...rest } = changes;
  const settings = readHubSettings({ HF_ENDPOINT: server.url, HF_HUB_DOWNLOAD_TIMEOUT: idle });
  const client = new HubClient({ name: parseHubName('org/m')!, settings }, signal);
  const bytes = path === 'small.json' ? small : large;
  const checksum =
    path === 'small.json'
      ? { kind: 'git-sha1' as const, hex: gitHash(bytes) }
      : { kind: 'sha256' as const, hex: sha256(bytes) };
  return {
    client,
    url: fileAddress(client, commit, path),
    file: { path, size: bytes.length, checksum },
    target: join(dir, String(targets++), 'blob'),
    delays: [1, 1, 1],
    ...rest,
  };
}

async function withPartial(bytes: Uint8Array, changes = {}): Promise<BlobDownload> {
  const wanted = download(changes);
  await mkdir(dirname(wanted.target), { recursive: true });
  await writeFile(`${wanted.target}.incomplete`, bytes);
  return wanted;
}

const ranges = () => server.downloads.map(({ range }) => range).filter((_, i) => i % 2 === 1);

describe('downloadBlob()', () => {
  it.each(['large.safetensors', 'small.json'])('loads %s and checks it', async (path) => {
    const wanted = download({ path });
    await downloadBlob(wanted);
    expect((await readFile(wanted.target)).equals(path === 'small.json' ? small : large)).toBe(true);
    expect(existsSync(`${wanted.target}.incomplete`)).toBe(false);
  });

  it('continues what is there', async () => {
    const wanted = await withPartial(large.subarray(0, 123_456));
    await downloadBlob(wanted);
    expect(ranges()).toEqual(['bytes=123456-']);
    expect(server.bytesSent).toBe(large.length - 123_456);
    expect((await readFile(wanted.target)).equals(large)).toBe(true);
  });

  it('asks for nothing where all of it is there', async () => {
    const wanted = await withPartial(large);
    await downloadBlob(wanted);
    expect(server.asked).toEqual([]);
    expect((await readFile(wanted.target)).equals(large)).toBe(true);
  });

  const faults: [name: string, faults: Fault[], sent: number][] = [
    ['a connection that is cut', [{ kind: 'cut', after: 70_000 }], 300_000],
    [
      'cuts again and again',
      [
        { kind: 'cut', after: 70_000 },
        { kind: 'cut', after: 0 },
        { kind: 'cut', after: 70_000 },
      ],
      300_000,
    ],
    ['a body that is cut short', [{ kind: 'truncate', to: 100_000 }], 300_000],
    [
      'a server that is busy',
      [
        { kind: 'status', status: 503 },
        { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
      ],
      300_000,
    ],
    ['a server without ranges', [{ kind: 'cut', after: 70_000 }, { kind: 'no-range' }], 370_000],
    ['a byte that is wrong', [{ kind: 'corrupt', at: 10 }], 600_000],
    [
      'a wrong byte before a cut',
      [
        { kind: 'corrupt', at: 10 },
        { kind: 'cut', after: 70_000 },
      ],
      600_000,
    ],
  ];
  it.each(faults)('gets over %s', async (_, list, sent) => {
    const wanted = download();
    server.fail('large.safetensors', ...list);
    await downloadBlob(wanted);
    expect((await readFile(wanted.target)).equals(large)).toBe(true);
    // What the operating system had taken off the server's hands when the line was cut comes again.
    expect(server.bytesSent).toBeGreaterThanOrEqual(sent);
    expect(server.bytesSent).toBeLessThan(sent + 200_000);
  });

  it('gets over a line that falls silent', async () => {
    const wanted = download({ idle: '0.2' });
    server.fail('large.safetensors', { kind: 'stall', after: 100_000 });
    const reasons: string[] = [];
    await downloadBlob({ ...wanted, onRetry: (reason) => reasons.push(reason) });
    expect(reasons).toEqual(['nothing came for 0.2 s']);
    expect((await readFile(wanted.target)).equals(large)).toBe(true);
  });

  it('starts anew where what is there is of another file', async () => {
    const wanted = await withPartial(Buffer.alloc(200_000, 1));
    await downloadBlob(wanted);
    expect(ranges()).toEqual(['bytes=200000-', 'bytes=0-']);
    const longer = await withPartial(Buffer.alloc(large.length + 1));
    await downloadBlob(longer);
    expect((await readFile(longer.target)).equals(large)).toBe(true);
  });

  it('gives up after two damaged copies, and keeps none', async () => {
    for (const fault of [{ kind: 'corrupt', at: 1 }, { kind: 'too-long' }] as const) {
      const wanted = download();
      server.fail('large.safetensors', fault, fault);
      await expect(downloadBlob(wanted)).rejects.toMatchObject({
        code: 'DOWNLOAD_FAILED',
        message: expect.stringContaining('arrived damaged twice'),
      });
      expect(existsSync(`${wanted.target}.incomplete`)).toBe(false);
      expect(existsSync(wanted.target)).toBe(false);
    }
  });

  it('gives up when nothing comes any more, and keeps what came', async () => {
    const wanted = download();
    // Ended politely, so that all of it arrives; a line that is torn may lose what was on it.
    server.fail(
      'large.safetensors',
      { kind: 'truncate', to: 70_000 },
      ...Array.from({ length: 4 }, () => ({ kind: 'cut', after: 0 }) as const),
    );
    await expect(downloadBlob(wanted)).rejects.toMatchObject({ code: 'NETWORK' });
    expect((await readFile(`${wanted.target}.incomplete`)).equals(large.subarray(0, 70_000))).toBe(true);
    const busy = download();
    server.fail(
      'large.safetensors',
      ...Array.from({ length: 4 }, () => ({ kind: 'status', status: 500 }) as const),
    );
    await expect(downloadBlob(busy)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('answers 500'),
    });
  });

  it('does not wait for a server that asks for an hour', async () => {
    server.fail('small.json', { kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    await expect(downloadBlob(download({ path: 'small.json' }))).rejects.toThrow(/answers 429.*Wait a while/);
  });

  it('ends when it is told to, at once', async () => {
    server.speed = 100_000;
    const stop = new AbortController();
    const wanted = download({
      signal: stop.signal,
      onBytes: (done) => done > 20_000 && stop.abort(new Error('enough')),
    });
    await expect(downloadBlob(wanted)).rejects.toThrow('enough');
    const kept = await readFile(`${wanted.target}.incomplete`);
    expect(kept.length).toBeLessThan(50_000);
    expect(kept.equals(large.subarray(0, kept.length))).toBe(true);
  });

  it('says what is wrong with the disk', async () => {
    const wanted = download();
    await writeFile(dirname(wanted.target), 'a file');
    await expect(downloadBlob(wanted)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });

  it('gives the file whatever faults come, as long as they end', async () => {
    const fault: fc.Arbitrary<Fault> = fc.oneof(
      fc.record({ kind: fc.constant('cut' as const), after: fc.nat(300_000) }),
      fc.record({ kind: fc.constant('truncate' as const), to: fc.nat(300_000) }),
      fc.record({ kind: fc.constant('no-range' as const) }),
      fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(429, 500, 502, 503) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 3 }), fc.nat(300_000), async (list, there) => {
        server.forget();
        server.fail('large.safetensors', ...list);
        const wanted = await withPartial(large.subarray(0, there));
        await downloadBlob(wanted);
        expect((await readFile(wanted.target)).equals(large)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

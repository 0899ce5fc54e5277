import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HubClient } from './hub-client.ts';
import { parseHubName } from './hub-name.ts';
import { readHubSettings } from './hub-settings.ts';
import { resolveCommit } from './repository-listing.ts';

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/** Given one after another; the last one stays. */
let answers: Answer[] = [];
let asked = 0;
const server = createServer((_, response) => {
  const { status, headers, body } = answers[Math.min(asked++, answers.length - 1)]!;
  response.writeHead(status, headers).end(body);
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function commitWith(...given: Answer[]): Promise<string> {
  answers = given;
  asked = 0;
  const settings = readHubSettings({ HF_ENDPOINT: url, HOME: '/nowhere' });
  return resolveCommit(new HubClient({ name: parseHubName('org/name@v1')!, settings }, undefined));
}

const sha = 'a'.repeat(40);
const found: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ sha }),
};
const busy = (seconds: string): Answer => ({ status: 429, headers: { 'retry-after': seconds } });

describe('HubClient', () => {
  it('waits as long as a busy server asks for, and no more than that', async () => {
    const start = performance.now();
    expect(await commitWith(busy('0.3'), { status: 503, headers: { 'retry-after': '0' } }, found)).toBe(sha);
    expect(performance.now() - start).toBeGreaterThan(290);
    expect(performance.now() - start).toBeLessThan(3000);
    const date = new Date().toUTCString();
    expect(await commitWith({ status: 429, headers: { date, 'retry-after': date } }, found)).toBe(sha);
    await expect(commitWith(busy('3600'))).rejects.toThrow(
      /answers 429\. Wait a while\. A token in HF_TOKEN may help/,
    );
  });

  it('gives up on a server that stays ill', async () => {
    await expect(
      commitWith({ status: 500, headers: { 'retry-after': '0' }, body: '<html>' }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('answers 500. Try again later'),
    });
    expect(asked).toBe(4);
  });

  it.each([
    [{ status: 200, body: '<html>Please log in</html>' }, /does not speak the hub's language.*proxy/],
    [{ ...found, body: '{"sha": "v1"}' }, /names no commit for "v1"/],
    [{ status: 400, body: '{"error": "what?"}' }, /answers 400 for org\/name: what\?/],
    [{ status: 403, headers: { 'x-error-message': 'no entry' } }, /refuses access to org\/name: no entry/],
    [
      { status: 401, headers: { 'x-error-message': 'Invalid credentials in Authorization header' } },
      /does not know the token/,
    ],
    [{ status: 401, headers: { 'x-error-code': 'GatedRepo' } }, /is gated/],
    [{ status: 404, headers: { 'x-error-code': 'RevisionNotFound' } }, /no revision "v1"/],
  ])('makes a sentence of %j', async (answer, message) => {
    await expect(commitWith(answer)).rejects.toMatchObject({
      name: 'DpoError',
      message: expect.stringMatching(message),
    });
    expect(asked).toBe(1);
  });
});

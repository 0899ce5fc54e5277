import { describe, expect, test } from 'vitest';
import type { DownloadEvent } from '../checkpoint/hub/download-event.ts';
import { DownloadReporter } from './download-reporter.ts';
import type { Host } from './host.ts';

const place = { path: 'unet/model.safetensors', size: 2_000_000, index: 1, files: 2 };
const EVENTS: DownloadEvent[] = [
  { type: 'started', model: 'org/name', files: 2, bytes: 3_000_000, folder: '/cache' },
  { type: 'file', done: 500_000, ...place },
  { type: 'progress', done: 1_000_000, ...place },
  { type: 'retry', path: place.path, reason: 'the connection ended early' },
  { type: 'waiting', path: 'vae/model.safetensors' },
  { type: 'complete', done: 2_000_000, ...place },
  { type: 'warning', message: 'The hub could not be asked.' },
];

function written(options: { isTTY: boolean; quiet?: boolean }): string {
  let text = '';
  let now = 0;
  const stderr = {
    isTTY: options.isTTY,
    columns: 120,
    write: (piece: string) => {
      text += piece;
    },
  };
  const host = { stderr, env: { NO_COLOR: '1' }, now: () => (now += 0.5) } as unknown as Host;
  const reporter = new DownloadReporter(host, options.quiet ?? false);
  for (const event of EVENTS) reporter.note(event);
  reporter.close();
  return text;
}

describe('DownloadReporter', () => {
  test('writes a line for each file where nothing can be drawn over', () => {
    expect(written({ isTTY: false }).split('\n')).toEqual([
      'Downloading org/name: 2 files, 3.0 MB, into /cache.',
      '  1 of 2  unet/model.safetensors (2.0 MB, continued at 500.0 kB)',
      '  unet/model.safetensors: the connection ended early; trying again.',
      '  vae/model.safetensors: another process is downloading it; waiting.',
      'Warning: The hub could not be asked.',
      '',
    ]);
  });

  test('draws one line on a terminal, and takes it away', () => {
    const text = written({ isTTY: true });
    expect(text).toContain('\r');
    expect(text).toMatch(/50 % {2}1\/2 unet\/model\.safetensors {2}1\.0 MB of 2\.0 MB/);
    expect(text.endsWith('\r\u001b[K')).toBe(true);
    expect(text).not.toContain('1 of 2 ');
  });

  test('is quiet when it is to be', () => {
    expect(written({ isTTY: true, quiet: true })).toBe('');
  });
});

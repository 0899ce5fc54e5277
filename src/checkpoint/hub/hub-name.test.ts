import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hubNameText, isInnerPath, parseHubName } from './hub-name.ts';

describe('parseHubName()', () => {
  it.each([
    ['org/name', { repo: 'org/name', revision: 'main', file: undefined }],
    [
      'CompVis/stable-diffusion-v1-4@fp16',
      { repo: 'CompVis/stable-diffusion-v1-4', revision: 'fp16', file: undefined },
    ],
    ['org/name@refs/pr/3', { repo: 'org/name', revision: 'refs/pr/3', file: undefined }],
    ['org/name/v1-5.safetensors', { repo: 'org/name', revision: 'main', file: 'v1-5.safetensors' }],
    ['org/name/a/b.safetensors@v2', { repo: 'org/name', revision: 'v2', file: 'a/b.safetensors' }],
    ['org/name/old.ckpt', { repo: 'org/name', revision: 'main', file: 'old.ckpt' }],
    ['https://huggingface.co/org/name', { repo: 'org/name', revision: 'main', file: undefined }],
    ['https://huggingface.co/org/name/', { repo: 'org/name', revision: 'main', file: undefined }],
    [
      'https://hf.co/org/name/tree/refs%2Fpr%2F3',
      { repo: 'org/name', revision: 'refs/pr/3', file: undefined },
    ],
    [
      'https://huggingface.co/org/name/blob/main/a%20b.safetensors',
      { repo: 'org/name', revision: 'main', file: 'a b.safetensors' },
    ],
  ])('reads %s', (text, name) => {
    expect(parseHubName(text)).toEqual(name);
  });

  it('reads addresses at the endpoint in use', () => {
    expect(parseHubName('http://mirror:80/org/name', 'http://mirror')).toMatchObject({ repo: 'org/name' });
    expect(parseHubName('http://mirror/org/name')).toBeUndefined();
  });

  it.each([
    '',
    'name',
    './org/name',
    '/org/name',
    '../org',
    '~/models/sd',
    'C:\\models\\sd',
    'models/stable/unet',
    'models/sd.safetensors',
    'org/na me',
    'org/..',
    '-org/name',
    'org/a--b',
    'org/name@',
    'org/name@../../x',
    'org/name/../x.safetensors',
    'https://example.com/org/name',
    'https://huggingface.co/org',
    'https://huggingface.co/org/name/settings',
    'ftp://huggingface.co/org/name',
  ])('takes %j for a path', (text) => {
    expect(parseHubName(text)).toBeUndefined();
  });

  it('gives nothing that leads out of a folder, whatever it reads', () => {
    const piece = fc.constantFrom(
      'org',
      'name',
      '..',
      '.',
      '/',
      '@',
      '\\',
      'a.safetensors',
      ':',
      '\0',
      '%2e%2e',
      'https://huggingface.co/',
    );
    const wild = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 9 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(wild, (text) => {
        const name = parseHubName(text);
        if (name === undefined) return;
        for (const path of [name.repo, name.revision, name.file ?? 'none'])
          expect(isInnerPath(path)).toBe(true);
        expect(name.repo.split('/')).toHaveLength(2);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read back from its text', () => {
    for (const text of ['org/name', 'org/name@v1', 'org/name/a/b.safetensors@refs/pr/1'])
      expect(hubNameText(parseHubName(text)!)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import type { StoredStudy } from '../store/study-table.ts';
import { keptRequest, readRequest } from './study-request.ts';

const SPACE = { prompt: 'a cat', task: 'improve', slots: [] } as const;
const kept = (options: Parameters<typeof keptRequest>[0]['options']) =>
  keptRequest({ task: 'improve', prompt: 'a cat', options, typed: ['improve', 'a cat'] });

/** As the store gives it back. */
function stored(request: object, experiment: string | null = null): StoredStudy {
  const json = JSON.parse(JSON.stringify({ ...request, space: SPACE }));
  return { id: 'k3v9q2xw', request: json, experiment } as StoredStudy;
}

describe('the request of a study', () => {
  it('comes back as it was, without what concerned the terminal of that time', () => {
    const options = {
      steps: 8,
      seeds: [0, 1],
      generations: Number.POSITIVE_INFINITY,
      json: true,
      quiet: true,
    };
    const read = readRequest(stored(kept(options)), {});
    expect(read.options).toEqual({ steps: 8, seeds: [0, 1], generations: Number.POSITIVE_INFINITY });
    expect(read).toMatchObject({ task: 'improve', prompt: 'a cat', cwd: process.cwd(), space: SPACE });
  });

  it.each([
    [null, 'by the same call, with `record.resume`'],
    ['figure-6', 'dpo-diff experiment figure-6 --store my.db'],
  ])('of a program, or of an experiment (%s), is gone on with otherwise', (experiment, advice) => {
    const read = () => readRequest(stored({ task: 'improve' }, experiment), { store: 'my.db' });
    expect(read).toThrow(advice);
  });
});

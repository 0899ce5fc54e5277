import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StudyStore } from '../store/study-store.ts';
import { loadPipeline } from '../study/load-pipeline.ts';
import { expandJobs } from './expand-jobs.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { workOn } from './work-on.ts';

const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-work-'));
const pipeline = await loadPipeline({ threads: 1 });
afterAll(async () => {
  await pipeline.release();
  rmSync(dir, { recursive: true, force: true });
});

const DEFINITION: ExperimentDefinition = {
  name: 'small',
  title: 'Small',
  found: 'Nothing.',
  report: 'budget',
  prompts: { from: 'list', prompts: ['a red cat'] },
  searchSeeds: [0, 1],
  options: {},
  runs: [{ name: 'run', kind: 'best-of-seeds', task: 'improve', options: {}, parameters: { seeds: 1 } }],
};

describe('workOn()', () => {
  test('ends where the store cannot be written, and leaves the job to be done', async () => {
    const store = new StudyStore(join(dir, 'studies.db'));
    const jobs = expandJobs(DEFINITION, ['a red cat']).map((job) => ({ key: job.key, job }));
    store.experiments.begin('small', DEFINITION, jobs);
    // Tables can be written, but no picture.
    writeFileSync(store.images.dir, '');
    const context = {
      ...{ pipeline, store, definition: DEFINITION, signal: new AbortController().signal },
      studyOptions: async () => ({ steps: 1, seeds: [0] }),
    };
    const told: (string | undefined)[] = [];
    const work = workOn(context, { onJob: (key) => told.push(key) });
    await expect(work).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: expect.stringContaining(`The store ${store.images.dir} cannot be used`),
    });
    expect(told).toEqual(['p000/run/s0']);
    expect(store.experiments.counts('small')).toMatchObject({ waiting: 2, running: 0, failed: 0 });
    store.close();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StudyStore } from '../store/study-store.ts';
import { pipelineFingerprint, scorerFingerprint } from './fingerprint.ts';
import { type LoadPipelineOptions, loadPipeline } from './load-pipeline.ts';

const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-fingerprint-'));
const store = new StudyStore(join(dir, 'studies.db'));
afterAll(async () => {
  store.close();
  await rm(dir, { recursive: true });
});

/** Of the pipeline and of its scorer. */
async function fingerprints(options: LoadPipelineOptions): Promise<string[]> {
  const pipeline = await loadPipeline(options);
  const [{ scorer }] = pipeline.scorer.scorers;
  const both = [
    await pipelineFingerprint(pipeline, store.files),
    await scorerFingerprint(scorer, pipeline, store.files),
  ];
  await pipeline.release();
  return both.map((fingerprint) => fingerprint!);
}

describe.each([
  [0, 'pictures'],
  [1, 'losses'],
])('fingerprint %i, of what gives %s,', (which) => {
  const of = async (options: LoadPipelineOptions) => (await fingerprints(options))[which];

  it('says nothing of threads where weights are packed', async () => {
    expect(await of({ threads: 3 })).toBe(await of({ threads: 5 }));
    expect(await of({ threads: 3, memory: 'fast' })).toBe(await of({}));
  });

  it('says how many threads compute with weights on disk, whether or not they were given', async () => {
    const memory = 'balanced';
    expect(await of({ threads: 3, memory })).not.toBe(await of({ threads: 5, memory }));
    expect(await of({ threads: availableParallelism(), memory })).toBe(await of({ memory }));
    expect(await of({ memory })).not.toBe(await of({ memory: 'low' }));
    expect(await of({ memory })).not.toBe(await of({}));
  });
});

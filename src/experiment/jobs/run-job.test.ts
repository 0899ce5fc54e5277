import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { StudyStore } from '../../store/study-store.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import { expandJobs } from '../expand-jobs.ts';
import type { ExperimentDefinition, ExperimentRun } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import { judgePrompt } from '../hard-prompts.ts';
import type { JobContext } from './job-context.ts';
import { runJob } from './run-job.ts';

const PROMPT = 'a red cat and a blue car';
const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-jobs-'));
const pipeline = await loadPipeline({ threads: 1 });
const store = new StudyStore(join(dir, 'studies.db'));
afterAll(async () => {
  store.close();
  await pipeline.release();
  await rm(dir, { recursive: true, force: true });
});

function contextOf(
  runs: readonly Partial<ExperimentRun>[],
  signal = new AbortController().signal,
): JobContext {
  const definition: ExperimentDefinition = {
    name: 'jobs',
    title: 'Jobs',
    found: 'Nothing.',
    report: 'comparison',
    prompts: { from: 'list', prompts: [PROMPT] },
    hard: { count: 1, missesConcept: true },
    searchSeeds: [0],
    options: { steps: 4 },
    runs: runs.map((run) => ({
      name: 'run',
      kind: 'study',
      task: 'improve',
      options: {},
      parameters: {},
      ...run,
    })),
  };
  // The tests' options are the library's.
  const studyOptions: JobContext['studyOptions'] = async ({ options }) => ({
    seeds: [2],
    heldOutSeeds: [3, 5],
    guidanceScale: 5,
    gradient: { iterations: 2 },
    ...options,
  });
  return { pipeline, store, definition, studyOptions, signal };
}

async function rowsOf<Kind extends ExperimentRow['kind']>(
  kind: Kind,
  run: Partial<ExperimentRun> = {},
): Promise<Extract<ExperimentRow, { kind: Kind }>[]> {
  const context = contextOf([{ kind, ...run }]);
  const rows: ExperimentRow[] = [];
  for (const job of expandJobs(context.definition, [PROMPT])) rows.push(await runJob(context, job));
  return rows as Extract<ExperimentRow, { kind: Kind }>[];
}

describe('runJob()', () => {
  test('searches, and measures original and best on searched and held-out seeds', async () => {
    const [row] = await rowsOf('study', { options: { budget: 5 } });
    expect(row).toMatchObject({ prompt: PROMPT, task: 'improve', seeds: [2], heldOutSeeds: [3, 5] });
    expect(row.concepts).toEqual(['red cat', 'blue car']);
    for (const measured of [row.original, row.best]) {
      expect(measured.losses).toHaveLength(1);
      expect(measured.heldOutLosses).toHaveLength(2);
      expect(measured.hits?.map((hits) => hits.length)).toEqual([2]);
      expect(measured.heldOutHits?.map((hits) => hits.length)).toEqual([2, 2]);
      for (const image of [...measured.images, ...measured.heldOutImages])
        expect(decode(store.images.read(image)!)).toMatchObject({ width: 64, height: 64 });
    }
    const study = store.studies.get(row.studyId);
    expect(study).toMatchObject({ state: 'done', experiment: 'jobs', evaluations: row.evaluations });
    expect(study.originalLoss).toBeCloseTo(row.original.losses[0], 12);
    expect(study.bestLoss).toBeCloseTo(row.best.losses[0], 12);
    const [first, last] = [row.course[0], row.course.at(-1)!];
    expect(first).toMatchObject({ spent: 1, unetCalls: 4, images: row.original.images });
    expect(last).toMatchObject({ unetCalls: row.unetCalls, images: row.best.images });
    expect(last.bestLoss).toBeCloseTo(row.best.losses[0], 12);
  });

  test('gives the same row for a job that was done before, and samples nothing', async () => {
    const run = { options: { budget: 3, method: 'random' } };
    const [[first], [second]] = [await rowsOf('study', run), await rowsOf('study', run)];
    const { seconds: _, studyId: __, ...row } = first;
    expect(second).toMatchObject(row);
    const { knownPictures, evaluations } = store.studies.get(second.studyId).result as Record<string, number>;
    // Those on the two held-out seeds too; where the original is the best, they are looked at once.
    expect(knownPictures).toBeGreaterThanOrEqual(evaluations + 2);
  });

  test('finds what its study sampled, however much memory that had', async () => {
    const run = { options: { budget: 2, method: 'random' } };
    const calls: number[] = [];
    for (const memory of [{}, { availableBytes: 1, ignoreMemory: true }]) {
      const fresh = await loadPipeline({ threads: 1 });
      const empty = new StudyStore(join(dir, `memory-${calls.length}.db`));
      const context = contextOf([run]);
      const studyOptions: JobContext['studyOptions'] = async (...request) => ({
        ...(await context.studyOptions(...request)),
        ...memory,
      });
      const [job] = expandJobs(context.definition, [PROMPT]);
      await runJob({ ...context, pipeline: fresh, store: empty, studyOptions }, job);
      calls.push(fresh.denoiser.calls);
      empty.close();
      await fresh.release();
    }
    expect(calls[1]).toBe(calls[0]);
  });

  test('counts no call for the effect of single words, which is measured after the search', async () => {
    const options = { budget: 5, method: 'random' };
    const [[plain], [ablated]] = [
      await rowsOf('study', { options }),
      await rowsOf('study', { options: { ...options, ablation: true } }),
    ];
    expect(ablated.best.negativePrompt).not.toBe('');
    expect(ablated.unetCalls).toBe(plain.unetCalls);
    expect(ablated.course).toEqual(plain.course);
  });

  test('tells the course of a search by exact pictures where its own are cheaper', async () => {
    const options = { budget: 8, method: 'random', seeds: [0, 1], searchSteps: 2, confirm: 2 };
    const [row] = await rowsOf('study', { options });
    const mean = (losses: readonly number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const [first, last] = [row.course[0], row.course.at(-1)!];
    expect(row.confirmed).toBe(3);
    expect(first).toMatchObject({ spent: 0.5, images: row.original.images });
    expect(first.bestLoss).toBeCloseTo(mean(row.original.losses), 12);
    // The original and the best two are exact pictures and cost an evaluation each.
    expect(last).toMatchObject({ spent: 8, unetCalls: row.unetCalls, images: row.best.images });
    expect(last.bestLoss).toBeCloseTo(mean(row.best.losses), 12);
  });

  test('goes on with the study of a job that was stopped', async () => {
    const abort = new AbortController();
    const context = contextOf([{ options: { budget: 6, method: 'random', searchSeed: 9 } }], abort.signal);
    const [job] = expandJobs(context.definition, [PROMPT]);
    const options: JobContext['studyOptions'] = async (request, signal) => {
      setTimeout(() => abort.abort(new Error('enough')), 100);
      return context.studyOptions(request, signal);
    };
    await expect(runJob({ ...context, studyOptions: options }, job)).rejects.toThrow('enough');
    const [stopped] = store.studies.list({ states: ['stopped'] });
    const { signal } = new AbortController();
    expect(await runJob({ ...context, signal }, job)).toMatchObject({ studyId: stopped.id });
    expect(store.studies.get(stopped.id).state).toBe('done');
  });

  test('says of an attack how similar it is, and whether the world reads other facts', async () => {
    const [row] = await rowsOf('study', {
      task: 'attack',
      options: { budget: 3, method: 'random', seeds: [0] },
    });
    expect(row).toMatchObject({ task: 'attack', altersMeaning: false });
    expect(row.similarity).toBeGreaterThan(0.9);
    expect(row.best.prompt).not.toBe(PROMPT);
  });

  test('draws random prompts that nobody chooses', async () => {
    const [row] = await rowsOf('random-prompts', { parameters: { draws: 3 }, options: { seeds: [2, 4] } });
    expect(row.candidateLosses).toHaveLength(3);
    expect(row.candidateHitRates).toHaveLength(3);
    expect(row.original.losses).toHaveLength(2);
    expect(new Set(row.negativePrompts).size).toBe(3);
    expect(row.negativePrompts).not.toContain('');
    expect(row.unetCalls).toBe((1 + 3) * 2 * 4);
    const [positive] = await rowsOf('random-prompts', {
      parameters: { draws: 1 },
      options: { space: 'synonym' },
    });
    expect(positive.prompts![0]).not.toBe(PROMPT);
    expect(positive.negativePrompts).toEqual(['']);
  });

  test('takes the best of several seeds, the given one first, and with negative prompts of their own', async () => {
    const [row] = await rowsOf('best-of-seeds', { parameters: { seeds: 3 } });
    expect(row.unetCallsAt).toEqual([4, 8, 12]);
    expect(row.bestLosses).toEqual([...row.bestLosses].sort((a, b) => b - a));
    expect(row.best.loss).toBe(row.bestLosses[2]);
    expect(row.best.hits).toHaveLength(2);
    const [study] = await rowsOf('study', { options: { budget: 2, method: 'random' } });
    expect(row.bestLosses[0]).toBe(study.original.losses[0]);
    const [both] = await rowsOf('best-of-seeds', {
      parameters: { seeds: 3, negative: true },
      task: 'attack',
      options: { space: 'antonym' },
    });
    expect(both.isNegativeSearched).toBe(true);
    expect(both.bestLosses).toEqual([...both.bestLosses].sort((a, b) => a - b));
  });

  test('measures the gradient at each step', async () => {
    const rows = await rowsOf('gradient-norm');
    expect(rows.map(({ stepIndex }) => stepIndex)).toEqual([0, 1, 2, 3]);
    expect(rows.map(({ timestep }) => timestep)).toEqual([751, 501, 251, 1]);
    expect(rows.map(({ unetCalls }) => unetCalls)).toEqual([2, 3, 4, 5]);
    for (const { norm } of rows) expect(norm).toBeGreaterThan(0);
    expect((await rowsOf('gradient-norm')).map(({ norm }) => norm)).toEqual(rows.map(({ norm }) => norm));
    await expect(rowsOf('gradient-norm', { parameters: { stepIndexes: [4] } })).rejects.toThrow(
      'the indices are 0 to 3',
    );
  });

  test('compares shortcuts with the full gradient, which agrees with itself', async () => {
    const [short, full] = await rowsOf('gradient-agreement', { parameters: { gradientSteps: [1, 'T'] } });
    expect(short).toMatchObject({ gradientSteps: 1, stepIndex: 1, steps: 4, unetCalls: 3 });
    expect(Math.abs(short.cosine)).toBeLessThan(1);
    expect(full).toMatchObject({ gradientSteps: 4, stepIndex: 0 });
    expect(full.cosine).toBeCloseTo(1, 9);
    expect(Math.min(short.milliseconds, short.fullMilliseconds)).toBeGreaterThan(0);
  });
});

describe('judgePrompt()', () => {
  test('looks at the originals on the seeds that decide', async () => {
    const context = contextOf([{}]);
    const verdict = await judgePrompt(context, { prompt: PROMPT });
    expect(verdict).toMatchObject({ prompt: PROMPT });
    expect(verdict.losses).toHaveLength(2);
    expect(verdict.isHard).toBe(verdict.hits!.flat().includes(false));
  });
});

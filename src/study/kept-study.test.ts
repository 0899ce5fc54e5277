import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, ofType, QUICK_STUDY, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { StudyStore } from '../store/study-store.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { StudyEvent } from './study-event.ts';
import type { StudyResult } from './study-result.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

let dir: string;
let store: StudyStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-diff-store-'));
  store = new StudyStore(join(dir, 'studies.db'));
});
afterEach(async () => {
  store.close();
  await rm(dir, { recursive: true });
});

const HYBRID = { ...QUICK_STUDY, method: 'hybrid', budget: 8, gradient: { iterations: 2 } } as const;

/** Without what tells when and from where. */
function course({ seconds: _, knownPictures: __, studyId: ___, ...rest }: StudyResult): unknown {
  return rest;
}

describe('a study with a store', () => {
  it('finds what it would find without', async () => {
    const plain = await improve(pipeline, STUDY_PROMPT, HYBRID).result();
    const kept = await improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }).result();
    expect(course(kept)).toEqual(course(plain));
    expect(kept.knownPictures).toBe(0);
  });

  it('computes nothing a second time, and counts as if it had', async () => {
    const first = await improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }).result();
    const calls = pipeline.denoiser.calls;
    const second = await improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }).result();
    expect(pipeline.denoiser.calls).toBe(calls);
    expect(course(second)).toEqual(course(first));
    expect(second.studyId).not.toBe(first.studyId);
    expect(second.knownPictures).toBeGreaterThan(8);
  });

  it('is a row of the store, with its evaluations, events and pictures', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }));
    const [started] = ofType(events, 'started');
    const study = store.studies.get(started.studyId!);
    const candidates = ofType(events, 'candidate');
    expect(study).toMatchObject({ state: 'done', prompt: STUDY_PROMPT, evaluations: candidates.length });
    expect(study.bestLoss).toBe(candidates.at(-1)?.bestLoss);
    const evaluations = store.history.evaluations(study.number);
    expect(evaluations.map(({ negativePrompt }) => negativePrompt)).toEqual(
      candidates.map(({ negativePrompt }) => negativePrompt),
    );
    for (const { imageHash } of ofType(events, 'picture'))
      expect(store.images.read(imageHash!)).toBeDefined();
  });
});

it('has the losses of the result, not of pictures that the search made cheaper', async () => {
  const asked = { ...QUICK_STUDY, steps: 6, searchSteps: 3, confirm: 1, method: 'random' } as const;
  const { studyId, original, best } = await improve(pipeline, STUDY_PROMPT, {
    ...asked,
    record: { store },
  }).result();
  expect(original.searchLoss).not.toBe(original.loss);
  expect(store.studies.get(studyId!)).toMatchObject({ originalLoss: original.loss, bestLoss: best.loss });
});

describe('a study that was cut off', () => {
  /** Reads so many events and leaves as a killed process would: the study stays as it is in the store. */
  async function cutOff(events: AsyncIterable<StudyEvent>, after: number): Promise<string> {
    let id = '';
    let count = 0;
    for await (const event of events) {
      if (event.type === 'started') id = event.studyId!;
      if (['candidate', 'gradient', 'word-effect'].includes(event.type)) count += 1;
      if (count === after) break;
    }
    return id;
  }

  it.each([1, 2, 3, 5, 7])('after %i steps ends as if nothing had happened', async (after) => {
    const whole = await improve(pipeline, STUDY_PROMPT, HYBRID).result();
    const id = await cutOff(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }), after);
    const events = await eventsOf(
      improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store, resume: id } }),
    );
    const [{ result }] = ofType(events, 'finished');
    expect(course(result)).toEqual(course(whole));
    expect(result.studyId).toBe(id);
    expect(store.studies.get(id)).toMatchObject({ state: 'done', evaluations: result.evaluations });
    expect(store.history.evaluations(store.studies.get(id).number)).toHaveLength(result.evaluations);
  });

  it.each([0, 1, 2])('after %i words were left out ends as if nothing had happened', async (words) => {
    const asked = { ...HYBRID, method: 'evolution', budget: 12, ablation: true } as const;
    const whole = await eventsOf(improve(pipeline, STUDY_PROMPT, asked));
    const [{ result }] = ofType(whole, 'finished');
    expect(result.wordEffects!.length).toBeGreaterThan(1);
    const candidates = ofType(whole, 'candidate').length;
    const id = await cutOff(
      improve(pipeline, STUDY_PROMPT, { ...asked, record: { store } }),
      candidates + words,
    );
    const again = await improve(pipeline, STUDY_PROMPT, { ...asked, record: { store, resume: id } }).result();
    expect(course(again)).toEqual(course(result));
    const told = store.history.events(store.studies.get(id).number) as StudyEvent[];
    expect(ofType(told, 'word-effect')).toHaveLength(result.wordEffects!.length);
  });

  it.each([1, 3, 6, 9])('for a prompt, after %i steps ends as if nothing had happened', async (after) => {
    const asked = { ...HYBRID, for: 'prompt', seeds: [0, 1, 2, 4], budget: 6 } as const;
    const whole = await improve(pipeline, STUDY_PROMPT, asked).result();
    expect(whole.pruned).toBeGreaterThan(0);
    const id = await cutOff(improve(pipeline, STUDY_PROMPT, { ...asked, record: { store } }), after);
    const again = await improve(pipeline, STUDY_PROMPT, { ...asked, record: { store, resume: id } }).result();
    expect(course(again)).toEqual(course(whole));
    const evaluations = store.history.evaluations(store.studies.get(id).number);
    expect(evaluations.filter(({ state }) => state === 'pruned')).toHaveLength(whole.pruned!);
  });

  it('goes on with the seconds that it had', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }));
    const id = ofType(events, 'started')[0].studyId!;
    const again = await eventsOf(
      improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store, resume: id } }),
    );
    expect(ofType(again, 'candidate').map(({ seconds }) => seconds)).toEqual(
      ofType(events, 'candidate').map(({ seconds }) => seconds),
    );
  });

  it('ends where its time was up, however quickly it is played again', async () => {
    const asked = { ...HYBRID, budget: 1000, maxSeconds: 0.5 };
    const first = await improve(pipeline, STUDY_PROMPT, { ...asked, record: { store } }).result();
    expect(first.stoppedBy).toBe('time');
    const record = { store, resume: first.studyId! };
    const again = await improve(pipeline, STUDY_PROMPT, { ...asked, record }).result();
    // What was cut off in its middle has no event, and is not begun again.
    expect({ ...again, unetCalls: 0 }).toMatchObject({ ...(course(first) as object), unetCalls: 0 });
  });

  it('goes on as it was computed, whatever memory there is then', async () => {
    const asked = { ...QUICK_STUDY, method: 'random', budget: 2, seeds: [0] } as const;
    const scarce = { ...asked, availableBytes: 1, ignoreMemory: true };
    const [poor, rich] = [await loadPipeline({ threads: 1 }), await loadPipeline({ threads: 1 })];
    const id = await cutOff(improve(poor, STUDY_PROMPT, { ...scarce, record: { store } }), 1);
    expect(poor.memory).toBe('low');
    const resumed = { ...asked, record: { store, resume: id } };
    // This one has begun in another way, and its pictures would be others by their last digits.
    await expect(improve(pipeline, STUDY_PROMPT, resumed).result()).rejects.toThrow(/cannot be gone on with/);
    await improve(rich, STUDY_PROMPT, resumed).result();
    expect(rich.memory).toBe('low');
    expect(store.studies.get(id).state).toBe('done');
    await Promise.all([poor, rich].map((one) => one.release()));
  });

  it('has no events and evaluations of an earlier end that it does not come to again', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }));
    const { id, number } = store.studies.get(ofType(events, 'started')[0].studyId!);
    const kept = store.history.events(number);
    const [candidate] = store.history.evaluations(number);
    store.history.addEvent(number, kept.length, { type: 'warning', message: 'told once' });
    store.history.addEvaluation(number, { ...candidate, place: 8 });
    await improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store, resume: id } }).result();
    expect(store.history.events(number)).toEqual(kept);
    expect(store.history.evaluations(number).map(({ place }) => place)).not.toContain(8);
  });

  it('is not gone on with by another question', async () => {
    const id = await cutOff(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }), 1);
    const other = improve(pipeline, STUDY_PROMPT, { ...HYBRID, steps: 3, record: { store, resume: id } });
    await expect(other.result()).rejects.toThrow(/cannot be gone on with: the model, a scorer/);
  });

  it('is not gone on with by another judge', async () => {
    const judge = (fingerprint: string) => ({ name: 'judge', fingerprint, losses: async () => [0.5] });
    const [one, other] = [
      await loadPipeline({ threads: 1, heldOutScorer: judge('one') }),
      await loadPipeline({ threads: 1, heldOutScorer: judge('other') }),
    ];
    const asked = { ...QUICK_STUDY, method: 'random', budget: 2, seeds: [0] } as const;
    const id = await cutOff(improve(one, STUDY_PROMPT, { ...asked, record: { store } }), 1);
    const again = improve(other, STUDY_PROMPT, { ...asked, record: { store, resume: id } });
    await expect(again.result()).rejects.toThrow(/cannot be gone on with/);
    await Promise.all([one, other].map((pipeline) => pipeline.release()));
  });

  it('is told apart by its task', async () => {
    const id = await cutOff(improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } }), 1);
    const other = attack(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store, resume: id } });
    await expect(other.result()).rejects.toThrow(/cannot be gone on with/);
  });
});

it('writes a picture anew whose file is gone', async () => {
  const asked = { ...QUICK_STUDY, method: 'random', budget: 2, seeds: [0], record: { store } } as const;
  const pictures = async () =>
    ofType(await eventsOf(improve(pipeline, STUDY_PROMPT, asked)), 'picture').map(
      ({ imageHash }) => imageHash!,
    );
  const first = await pictures();
  await rm(store.images.dir, { recursive: true });
  expect(await pictures()).toEqual(first);
  for (const hash of first) expect(store.images.read(hash)).toBeDefined();
});

describe('a study that fails', () => {
  it('says why in the store, and can be gone on with', async () => {
    const generate = pipeline.sampleLatents;
    let left = 3;
    pipeline.sampleLatents = (...request) => {
      if (--left < 0) throw new Error('the roof fell in');
      return generate.apply(pipeline, request);
    };
    const study = improve(pipeline, STUDY_PROMPT, { ...HYBRID, record: { store } });
    await expect(study.result()).rejects.toThrow('the roof fell in');
    pipeline.sampleLatents = generate;
    const [failed] = store.studies.list();
    expect(failed).toMatchObject({ state: 'failed', error: 'the roof fell in' });
    const resumed = await improve(pipeline, STUDY_PROMPT, {
      ...HYBRID,
      record: { store, resume: failed.id },
    }).result();
    expect(course(resumed)).toEqual(course(await improve(pipeline, STUDY_PROMPT, HYBRID).result()));
    expect(store.studies.get(failed.id)).toMatchObject({ state: 'done', error: null });
  });
});

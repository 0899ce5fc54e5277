import { afterAll, describe, expect, it } from 'vitest';
import { eventsOf, finishedBy, ofType, QUICK_STUDY, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import type { Task } from '../words/prompt-space.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import { renderReport } from './report/report.ts';
import type { StudyEvent } from './study-event.ts';
import type { StudyOptions } from './study-options.ts';
import { type StudyRecord, StudyRecorder } from './study-record.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const STUDIES = { improve, attack };
const study = (task: Task, options: StudyOptions) =>
  eventsOf(STUDIES[task](pipeline, STUDY_PROMPT, { ...QUICK_STUDY, heldOutSeeds: [], ...options }));

describe('a search of both prompts', async () => {
  const events = await study('improve', { search: 'both', budget: 30 });
  const candidates = ofType(events, 'candidate');
  const result = finishedBy(events);

  it('changes both within one candidate, from the prompts as they were given', () => {
    expect(candidates[0]).toMatchObject({ prompt: STUDY_PROMPT, negativePrompt: '', phase: 'original' });
    const changed = candidates.filter(
      ({ prompt, negativePrompt }) => prompt !== STUDY_PROMPT && negativePrompt !== '',
    );
    expect(changed.length).toBeGreaterThan(2);
    const [started] = ofType(events, 'started');
    expect(candidates[1].candidate).toHaveLength(started.choices.length);
    expect(new Set(started.space.slots.map(({ part }) => part))).toEqual(new Set(['negative', 'positive']));
  });

  it('spends the budget of one search, and is never worse than the original', () => {
    expect(candidates[candidates.length - 1].spent).toBeLessThanOrEqual(30);
    expect(result).toMatchObject({ search: 'both', task: 'improve', prompt: STUDY_PROMPT });
    expect(result.best.loss).toBe(Math.min(...candidates.map(({ loss }) => loss!)));
    expect(result.best.loss).toBeLessThan(result.original.loss!);
    expect(result.best).not.toHaveProperty('similarity');
  });

  it('learns both prompts by one gradient', () => {
    const { probabilities } = ofType(events, 'gradient').at(-1)!;
    const [{ space }] = ofType(events, 'started');
    for (const part of ['negative', 'positive'] as const) {
      const slots = space.slots.flatMap((slot, i) => (slot.part === part ? [i] : []));
      // A slot that nothing was learnt of has equal probabilities beside choice 0.
      expect(slots.some((i) => new Set(probabilities[i].slice(1)).size > 1)).toBe(true);
    }
  });

  it('backs through both branches where it takes a gradient: two more calls than forward ones', () => {
    const gradients = ofType(events, 'gradient');
    const calls = gradients.reduce((sum, { stepIndex }) => sum + stepIndex + 3, 0);
    expect(result.unetCalls).toBe(
      4 * new Set(candidates.map((each) => each.prompt + each.negativePrompt)).size + calls,
    );
  });

  it('is told of as such in the report', () => {
    const html = renderReport(recordOf(events));
    expect(html).toContain('Search for better words and a negative prompt');
    expect(html).toContain('<h3>In the prompt</h3>');
    expect(html).toContain('<h3>In the negative prompt</h3>');
    expect(html).toContain('<th scope="col">Prompt</th><th scope="col">Negative prompt</th>');
    expect(html).toContain('<span>--search</span> both');
  });
});

describe('a search of the other prompt', () => {
  it('improves by synonyms, beside a negative prompt that stays', async () => {
    const events = await study('improve', { search: 'positive', negativePrompt: 'dog', guidanceScale: 5 });
    for (const { negativePrompt } of ofType(events, 'candidate')) expect(negativePrompt).toBe('dog');
    const { best, search } = finishedBy(events);
    expect(search).toBe('positive');
    expect(best).not.toHaveProperty('similarity');
    expect(best.loss).toBeLessThanOrEqual(ofType(events, 'candidate')[0].loss!);
  });

  it('improves by synonyms without guidance, where a negative prompt would do nothing', async () => {
    const events = await study('improve', { search: 'positive', guidanceScale: 1, budget: 3 });
    expect(ofType(events, 'candidate').length).toBeGreaterThan(1);
    for (const search of ['negative', 'both'] as const)
      expect(() => improve(pipeline, STUDY_PROMPT, { search, guidanceScale: 1 })).toThrow(
        /guidance scale must be above 1 to search a negative prompt/,
      );
  });

  it('attacks by a negative prompt, which is not held to be similar to the prompt', async () => {
    const events = await study('attack', { search: 'negative', minSimilarity: 1 });
    const candidates = ofType(events, 'candidate');
    for (const { prompt, invalid } of candidates) expect([prompt, invalid]).toEqual([STUDY_PROMPT, null]);
    const { best, original } = finishedBy(events);
    expect(best.loss).toBe(Math.max(...candidates.map(({ loss }) => loss!)));
    expect(best.loss).toBeGreaterThanOrEqual(original.loss!);
  });

  it('attacks both prompts, the prompt within its similarity', async () => {
    const events = await study('attack', {
      search: 'both',
      minSimilarity: 0.999999,
      method: 'random',
      budget: 12,
    });
    const candidates = ofType(events, 'candidate');
    for (const { prompt, invalid } of candidates) if (prompt === STUDY_PROMPT) expect(invalid).toBe(null);
    const rejected = ofType(events, 'rejected');
    expect(rejected.length).toBeGreaterThan(0);
    for (const { prompt } of rejected) expect(prompt).not.toBe(STUDY_PROMPT);
    expect(finishedBy(events).best.prompt).toBe(STUDY_PROMPT);
  });

  it('puts the chosen words after a given negative prompt', async () => {
    const events = await study('improve', { negativePrompt: 'blurry' });
    const [original, ...others] = ofType(events, 'candidate');
    expect(original.negativePrompt).toBe('blurry');
    for (const { negativePrompt } of others) expect(negativePrompt).toMatch(/^blurry, \w/);
  });

  it('says that one of both prompts has no words', async () => {
    const space = {
      prompt: STUDY_PROMPT,
      task: 'improve',
      slots: [{ text: 'cat', start: 6, choices: [choice('dog')] }],
    } as const;
    const events = await study('improve', { search: 'both', space, budget: 2 });
    expect(ofType(events, 'warning').map(({ message }) => message)).toContain(
      'No word of the prompt has a synonym that can be searched, so the negative prompt alone is.',
    );
    expect(finishedBy(events).search).toBe('negative');
  });
});

function recordOf(events: readonly StudyEvent[]): StudyRecord {
  const recorder = new StudyRecorder();
  for (const event of events) recorder.add(event);
  return recorder.finish(finishedBy(events));
}

function choice(text: string) {
  return { text, source: 'test', relation: 'contrast', score: 1 };
}

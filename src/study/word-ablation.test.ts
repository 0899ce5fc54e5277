import { afterAll, describe, expect, it } from 'vitest';
import { eventsOf, finishedBy, ofType, QUICK_STUDY, SMALL_SPACE } from '../../tests/study/quick-study.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import { PictureEvaluator } from './picture-evaluator.ts';
import type { StudyEvent } from './study-event.ts';
import type { StudyOptions } from './study-options.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const PROMPT = 'a red cat and a blue car';
const SEARCH = { ...QUICK_STUDY, method: 'evolution', budget: 12, seeds: [2, 4], searchSeed: 1 } as const;
const ASKED: StudyOptions = { ...SEARCH, ablation: true };

/** Losses of prompts on seeds, sampled anew. */
async function lossesOf(prompt: string, negativePrompt: string, seeds: readonly number[], target = prompt) {
  const { steps, guidanceScale } = QUICK_STUDY;
  const settings = pipeline.settings({ steps, guidanceScale });
  const evaluator = new PictureEvaluator(pipeline, { settings, target });
  const pictures = await evaluator.evaluate(seeds.map((seed) => ({ prompt, negativePrompt, seed })));
  return pictures.map(({ loss }) => loss);
}

function meanDifference(without: readonly number[], kept: readonly number[]): number {
  return without.reduce((sum, loss, i) => sum + loss - kept[i], 0) / kept.length;
}

describe('a study with an ablation', () => {
  it('tells for each word of the negative prompt how much the loss rises without it, on both groups of seeds', async () => {
    const events = await eventsOf(improve(pipeline, PROMPT, ASKED));
    const { best, wordEffects = [] } = finishedBy(events);
    const words = best.negativePrompt.split(', ');
    expect(words.length).toBeGreaterThan(1);
    expect(wordEffects.map(({ word }) => word)).toEqual(words);
    for (const [i, { part, effect, interval, heldOutEffect, heldOutInterval }] of wordEffects.entries()) {
      const rest = words.filter((_, other) => other !== i).join(', ');
      const at = async (seeds: readonly number[]) =>
        meanDifference(
          await lossesOf(PROMPT, rest, seeds),
          await lossesOf(PROMPT, best.negativePrompt, seeds),
        );
      expect(part).toBe('negative');
      expect(effect).toBe(await at(ASKED.seeds!));
      expect(heldOutEffect).toBe(await at(ASKED.heldOutSeeds!));
      for (const [low, high] of [interval!, heldOutInterval!]) expect(low).toBeLessThanOrEqual(high);
    }
  });

  it('finds what it would find without, and counts the pictures on top', async () => {
    const plain = await improve(pipeline, PROMPT, SEARCH).result();
    const { wordEffects, unetCalls, seconds: _, ...asked } = await improve(pipeline, PROMPT, ASKED).result();
    const { unetCalls: before, seconds: __, ...rest } = plain;
    expect(asked).toEqual(rest);
    const pictures = wordEffects!.length * (SEARCH.seeds.length + SEARCH.heldOutSeeds.length);
    expect(unetCalls - before).toBeGreaterThan(0);
    expect(unetCalls - before).toBeLessThanOrEqual(pictures * SEARCH.steps);
  });

  it('tells of each effect after the pictures, and says at the start that it will', async () => {
    const events = await eventsOf(improve(pipeline, PROMPT, ASKED));
    expect(ofType(events, 'started')[0].ablation).toBe(true);
    const told = ofType(events, 'word-effect').map(
      ({ type: _, index: __, seconds: ___, ...effect }) => effect,
    );
    expect(told).toEqual(finishedBy(events).wordEffects);
    const places = events.map(({ type }) => type);
    expect(places.indexOf('word-effect')).toBeGreaterThan(places.lastIndexOf('picture'));
  });

  it('puts the word of the prompt back, and is above 0 where the substitute helped an attack', async () => {
    const space = { ...SMALL_SPACE, task: 'attack' } as const;
    const options = {
      ...ASKED,
      method: 'random',
      budget: 4,
      space,
      minSimilarity: -1,
      heldOutSeeds: [],
    } as const;
    const { best, wordEffects = [] } = await attack(pipeline, SMALL_SPACE.prompt, options).result();
    expect(wordEffects.length).toBeGreaterThan(0);
    for (const { word, insteadOf, part, effect, ...rest } of wordEffects) {
      const without = best.prompt.replace(word, insteadOf!);
      const kept = await lossesOf(best.prompt, '', SEARCH.seeds, SMALL_SPACE.prompt);
      const left = await lossesOf(without, '', SEARCH.seeds, SMALL_SPACE.prompt);
      expect(part).toBe('positive');
      expect(effect).toBeCloseTo(meanDifference(kept, left), 12);
      expect(rest).not.toHaveProperty('heldOutEffect');
    }
  });

  it('has nothing to tell where the original is the best', async () => {
    const { wordEffects } = await improve(pipeline, PROMPT, { ...ASKED, budget: 1 }).result();
    expect(wordEffects).toEqual([]);
  });

  it('is left out when the study is stopped before it, and when it is stopped within it', async () => {
    for (const at of ['picture', 'word-effect'] as const) {
      const stop = new AbortController();
      const events: StudyEvent[] = [];
      for await (const event of improve(pipeline, PROMPT, { ...ASKED, signal: stop.signal })) {
        events.push(event);
        if (event.type === at) stop.abort();
      }
      const result = finishedBy(events);
      expect(result).not.toHaveProperty('wordEffects');
      expect(result.stoppedBy).toBe('aborted');
    }
  });
});

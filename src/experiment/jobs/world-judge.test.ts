import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../diffusion/pipeline.ts';
import { EMBEDDED_MODEL, openModel } from '../../study/load-pipeline.ts';
import { altersMeaning, worldFacts, worldJudge } from './world-judge.ts';

const embedded = { model: await openModel(EMBEDDED_MODEL) } as Pipeline;
const other = { model: { ...embedded.model, dir: '/elsewhere' } } as Pipeline;

describe('the judge of the embedded world', () => {
  test('knows what synonyms state, and what they do not', () => {
    const prompt = 'a red cat and a blue car';
    expect(altersMeaning(embedded, prompt, 'a scarlet cat and a navy car')).toBe(false);
    expect(altersMeaning(embedded, prompt, 'a red dog and a blue car')).toBe(true);
    expect(altersMeaning(embedded, prompt, 'a red cat and a blue car on a dark background')).toBe(true);
    expect(altersMeaning(embedded, prompt, 'a red cat and a blue spaceship')).toBe(true);
  });

  test('says nothing of prompts that the world does not understand, and of other models', () => {
    expect(worldFacts(embedded, 'a red spaceship')).toBeUndefined();
    expect(altersMeaning(embedded, 'a red spaceship', 'a red cat')).toBeUndefined();
    expect(worldJudge(embedded, 'a red spaceship')).toBeUndefined();
    expect(worldJudge(other, 'a red cat')).toBeUndefined();
  });
});

/** @file Rows for tests of the store. */
import type { StoredEvaluation } from '../../src/store/study-history.ts';
import type { NewStudy } from '../../src/store/study-table.ts';

export function newStudy(more: Partial<NewStudy> = {}): NewStudy {
  return {
    task: 'improve',
    prompt: 'a red cat and a blue car',
    method: 'hybrid',
    model: 'pocket',
    request: { prompt: 'a red cat and a blue car', options: { steps: 4 } },
    fingerprint: 'f'.repeat(64),
    ...more,
  };
}

export function evaluation(place: number): StoredEvaluation {
  return {
    place,
    state: 'done',
    prompt: 'a red cat and a blue car',
    negativePrompt: `dog number ${place}`,
    loss: 1 - place / 1e6,
    seconds: place * 0.5,
    details: { losses: [1, 1], phase: 'evolution' },
  };
}

/** So many latents of a picture, which differ with `seed`. */
export function latents(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i + seed * 1.7));
}

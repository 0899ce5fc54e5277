/** @file A line of a dataset, for tests of what is made of it. */
import type { DatasetRow } from '../../src/study/dataset/dataset-row.ts';

export function datasetRow(more: Partial<DatasetRow> = {}): DatasetRow {
  return {
    studyId: 'k3m9xw2p',
    experiment: null,
    task: 'improve',
    search: 'negative',
    prompt: 'a red cat',
    originalNegativePrompt: '',
    optimizedPrompt: 'a red cat',
    negativePrompt: 'dog, green',
    improved: true,
    gain: 0.1,
    losses: { searched: { before: 0.9, after: 0.8 }, heldOut: { before: 0.9, after: 0.8 } },
    heldOutInterval: null,
    heldOutScorer: null,
    similarity: null,
    scorer: 'clip',
    model: 'pocket',
    method: 'hybrid',
    settings: {
      ...{
        model: 'stable-diffusion-v1-4',
        scheduler: 'ddim',
        sampler: 'DDIM',
        steps: 50,
        guidanceScale: 7.5,
      },
      ...{ width: 512, height: 512, karrasSigmas: false, timestepSpacing: 'leading', eta: 0 },
    },
    seeds: [1, 7],
    heldOutSeeds: [],
    searchSeed: 0,
    evaluations: 40,
    created: '2026-11-24T18:00:00.000Z',
    ...more,
  };
}

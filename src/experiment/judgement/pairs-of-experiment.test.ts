import { unlinkSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { syntheticStudies } from '../../../tests/experiment/synthetic-rows.ts';
import { finishJob } from '../../../tests/store/take-job.ts';
import { temporaryStores } from '../../../tests/store/temporary-store.ts';
import { StudyStore } from '../../store/study-store.ts';
import { encodePng } from '../../study/png-image.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import type { StudyRow } from '../experiment-row.ts';
import { judgementSheet } from './judgement-sheet.ts';
import { pairsOfExperiment } from './pairs-of-experiment.ts';

const store = new StudyStore(temporaryStores()());
afterAll(() => store.close());

const png = (value: number) => {
  const picture = floatTensor([3, 8, 8]);
  picture.data.fill(value);
  return encodePng(picture);
};

/** Searches on two seeds, whose pictures are of these brightnesses; undefined for one without numbers. */
function pairsOf(name: string, ...studies: readonly (readonly (number | undefined)[])[]) {
  const hash = (value: number | undefined) => (value === undefined ? '' : store.images.add(png(value)));
  const rows = syntheticStudies({ prompts: studies.length }).map((row, i): StudyRow => {
    const images = studies[i].map(hash);
    return {
      ...row,
      original: { ...row.original, images: images.slice(0, 2) },
      best: { ...row.best, images: images.slice(2) },
    };
  });
  const begun = rows.map((_, i) => ({ key: `k${i}`, job: {} }));
  store.experiments.begin(name, { title: name }, begun);
  for (const [i, row] of rows.entries()) finishJob(store.experiments, name, i, row);
  return () => pairsOfExperiment(store, name);
}

const bytes = (...values: readonly number[]) => values.map((value) => Buffer.from(png(value)));
const shown = (pictures: readonly Uint8Array[]) => pictures.map((picture) => Buffer.from(picture));

it('shows the seeds of which both sides have a picture', () => {
  const { pairs, lostSeeds } = pairsOf(
    'lacking',
    [0.1, 0.2, 0.3, 0.4],
    [undefined, 0.2, 0.3, 0.4],
    [undefined, 0.2, 0.3, undefined],
  )();
  expect(pairs.map(({ original }) => shown(original.png))).toEqual([bytes(0.1, 0.2), bytes(0.2), []]);
  expect(pairs.map(({ candidate }) => shown(candidate.png))).toEqual([bytes(0.3, 0.4), bytes(0.4), []]);
  expect(lostSeeds).toBe(3);
  const { cards, omitted } = judgementSheet(pairs, { title: 't', experiment: 'e', seed: 0 }).key;
  expect(cards.map(({ pictures }) => pictures).sort()).toEqual([1, 2]);
  expect(omitted).toMatchObject([{ reason: 'no pictures' }]);
});

it('leaves out what is gone from the disk', () => {
  const read = pairsOf('gone', [0.5, 0.6, 0.7, 0.8]);
  expect(read().lostSeeds).toBe(0);
  unlinkSync(store.images.pathOf(store.images.add(png(0.7))));
  const { pairs, lostSeeds } = read();
  expect([shown(pairs[0].original.png), shown(pairs[0].candidate.png)]).toEqual([bytes(0.6), bytes(0.8)]);
  expect(lostSeeds).toBe(1);
});

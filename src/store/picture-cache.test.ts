import { describe, expect, it } from 'vitest';
import { latents } from '../../tests/store/store-rows.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();
const png = new Uint8Array([137, 80, 78, 71, 1]);

describe('PictureCache', () => {
  it('gives a picture again bit by bit, with its scores', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const scores = new Map([
      ['clip', 0.1 + 0.2],
      ['broken', Number.NaN],
    ]);
    const image = store.pictures.add({ key: 'one', latents: latents(1024, 1), fault: null, png, scores });
    store.close();
    const again = new StudyStore(path);
    expect(again.pictures.find('one')).toEqual({ latents: latents(1024, 1), fault: null, image });
    expect(again.images.read(image!)).toEqual(Buffer.from(png));
    expect(again.pictures.score('one', 'clip')).toBe(0.1 + 0.2);
    expect(again.pictures.score('one', 'broken')).toBeNull();
    expect(again.pictures.score('one', 'other')).toBeUndefined();
    expect(again.pictures.find('two')).toBeUndefined();
    again.close();
  });

  it('keeps a picture without numbers, with its fault and no file', () => {
    const store = new StudyStore(freshPath());
    const broken = new Float32Array(8).fill(Number.NaN);
    const picture = {
      key: 'nan',
      latents: broken,
      fault: 'it holds no numbers',
      png: null,
      scores: new Map(),
    };
    expect(store.pictures.add(picture)).toBeNull();
    expect(store.pictures.find('nan')).toEqual({ latents: broken, fault: picture.fault, image: null });
    store.close();
  });

  it('keeps what it has, and adds scores to it', () => {
    const store = new StudyStore(freshPath());
    const first = { key: 'one', latents: latents(8, 1), fault: null, png, scores: new Map([['clip', 1]]) };
    store.pictures.add(first);
    store.pictures.add({ ...first, latents: latents(8, 2), scores: new Map([['clip', 2]]) });
    store.pictures.addScore('one', 'pick', 3);
    expect(store.pictures.find('one')?.latents).toEqual(latents(8, 1));
    expect(store.pictures.score('one', 'clip')).toBe(1);
    expect(store.pictures.score('one', 'pick')).toBe(3);
    store.close();
  });
});

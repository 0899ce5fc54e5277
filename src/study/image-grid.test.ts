import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  plainPicture,
  type SyntheticStudyOptions,
  syntheticEvents,
} from '../../tests/study/synthetic-study.ts';
import { type GridHeading, imageGridSvg, renderImageGrid } from './image-grid.ts';
import type { PictureEvent, StartedEvent, StudyFinishedEvent } from './study-event.ts';
import { type PicturePair, picturePairs } from './study-record.ts';

function gridOf(options: SyntheticStudyOptions = {}): { heading: GridHeading; pairs: PicturePair[] } {
  const events = syntheticEvents(options);
  const { result } = events.at(-1) as StudyFinishedEvent;
  const pictures = events.filter((event): event is PictureEvent => event.type === 'picture');
  return { heading: result, pairs: picturePairs({ started: events[0] as StartedEvent, pictures, result }) };
}

/** Texts of the SVG in their order. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text);
}

describe('imageGridSvg()', () => {
  it('names columns, prompts, losses and seeds, held-out ones after the searched', () => {
    const { heading, pairs } = gridOf({ seeds: [7], heldOutSeeds: [9] });
    const texts = textsOf(imageGridSvg(heading, pairs)).join('|');
    expect(texts).toMatch(
      /^a red cat and a blue car\|Original\|no negative prompt\|loss 0\.460, held out 0\.456\|Best\|negative: /,
    );
    expect(texts).toMatch(
      /\|Searched seeds\|seed 7\|searched\|loss .*\|Held-out seeds, .*\|seed 9\|held out\|/,
    );
  });

  it('shows the prompts of an attack', () => {
    const { heading, pairs } = gridOf({ task: 'attack' });
    expect(textsOf(imageGridSvg(heading, pairs)).join(' ')).toContain(heading.best.prompt.slice(0, 12));
  });

  it('shows both prompts where both were searched', () => {
    const { heading, pairs } = gridOf();
    const best = { ...heading.best, prompt: 'a crimson cat', negativePrompt: 'dog' };
    const texts = textsOf(imageGridSvg({ ...heading, search: 'both', best }, pairs)).join(' ');
    expect(texts).toContain('a crimson cat; negative: dog');
  });

  it('leaves a place for a picture that was not sampled', () => {
    const { heading, pairs } = gridOf({ heldOutSeeds: [] });
    const svg = imageGridSvg(heading, [{ ...pairs[0], best: null }]);
    expect(textsOf(svg)).toContain('not sampled');
  });
});

describe('renderImageGrid()', () => {
  it('enlarges small pictures pixel by pixel', async () => {
    const red = [1, 0, 0] as const;
    const blue = [0, 0, 1] as const;
    const image = (which: PictureEvent['which']) => plainPicture(64, which === 'original' ? red : blue);
    const { heading, pairs } = gridOf({ seeds: [0], heldOutSeeds: [], image });
    const png = await renderImageGrid(heading, pairs);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const counts = { red: 0, blue: 0 };
    for (let i = 0; i < data.length; i += 3) {
      if (data[i] === 255 && data[i + 1] === 0 && data[i + 2] === 0) counts.red++;
      if (data[i] === 0 && data[i + 1] === 0 && data[i + 2] === 255) counts.blue++;
    }
    expect(counts).toEqual({ red: 192 * 192, blue: 192 * 192 });
    expect(info.width).toBe(2 * 24 + 112 + 2 * 192 + 20);
  });

  it('survives markup, control characters, other scripts and endless words', async () => {
    const wild = `<tags> & "quotes" \u0000\u001b \ud800 猫 🐱 кошка ${'x'.repeat(2000)}`;
    const { heading, pairs } = gridOf({ seeds: [2 ** 53 - 1], heldOutSeeds: [] });
    const best = { ...heading.best, negativePrompt: wild };
    const png = await renderImageGrid({ ...heading, prompt: wild, best }, pairs);
    const { width, height } = await sharp(png).metadata();
    expect(width).toBe(564);
    expect(height).toBeLessThan(700);
  });

  it('draws text with the fonts that come along', async () => {
    const { heading } = gridOf({ pictures: false });
    const { data } = await sharp(await renderImageGrid(heading, []))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const dark = data.filter((value) => value < 100).length;
    expect(dark).toBeGreaterThan(1000);
  });

  it('makes large pictures smaller', async () => {
    const { heading, pairs } = gridOf({
      seeds: [0],
      heldOutSeeds: [],
      image: () => plainPicture(768, [0.5, 0.5, 0.5]),
    });
    const { width } = await sharp(await renderImageGrid(heading, pairs)).metadata();
    expect(width).toBe(2 * 24 + 112 + 2 * 512 + 20);
  });
});

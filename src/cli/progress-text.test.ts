import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { progressText } from './progress-text.ts';

const PROGRESS = {
  activity: 'evaluation 12 of ~40',
  fraction: 0.314,
  best: 0.412,
  original: 0.455,
  elapsed: 21,
  remaining: 46,
};

describe('progressText()', () => {
  test('says everything where there is room', () => {
    expect(progressText(PROGRESS, 120, false)).toBe(
      '████████░░░░░░░░░░░░░░░░  31 %  evaluation 12 of ~40  loss 0.455 → 0.412  0:21, ~0:46 left',
    );
  });

  test.each([
    [79, '████░░░░░░░░░  31 %  evaluation 12 of ~40  loss 0.455 → 0.412  0:21, ~0:46 left'],
    [70, '31 %  evaluation 12 of ~40  loss 0.455 → 0.412  0:21, ~0:46 left'],
    [60, '31 %  evaluation 12 of ~40  loss 0.455 → 0.412'],
    [30, '31 %  evaluation 12 of ~40'],
    [20, 'evaluation 12 of ~40'],
    [5, 'evalu'],
  ])('leaves out what does not fit into %i columns', (width, text) => {
    expect(progressText(PROGRESS, width, false)).toBe(text);
  });

  test('never takes more columns than there are', () => {
    fc.assert(
      fc.property(
        fc.record({
          activity: fc.constantFrom(
            'starting',
            'gradient 5/20',
            'evaluation 1200 of ~4000',
            'held-out pictures',
          ),
          fraction: fc.double({ min: 0, max: 1, noNaN: true }),
          best: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
          original: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
          elapsed: fc.double({ min: 0, max: 1e6, noNaN: true }),
          remaining: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
        }),
        fc.integer({ min: 1, max: 200 }),
        (progress, width) => progressText(progress, width, false).length <= width,
      ),
    );
  });

  test('differs with colour in codes alone', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are what is taken away
    const plain = progressText(PROGRESS, 120, true).replace(/\u001b\[\d+m/g, '');
    expect(plain).toBe(progressText(PROGRESS, 120, false));
    expect(progressText(PROGRESS, 120, true)).not.toBe(plain);
  });
});

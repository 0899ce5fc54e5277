import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PromptSample, type PromptSampleOptions } from './prompt-sample.ts';

function sampled(texts: readonly string[], options: PromptSampleOptions): readonly string[] {
  const sample = new PromptSample(options);
  texts.forEach(sample.take);
  return sample.prompts;
}

const NUMBERED = Array.from({ length: 2000 }, (_, index) => `prompt number ${index}`);

describe('PromptSample', () => {
  it('keeps all prompts in their order, each once, where no count is asked for', () => {
    expect(sampled(['b', ' a', '🔥', 'a', 'b ', 'c'], { count: undefined })).toEqual(['b', 'a', 'c']);
  });

  it('is the same for the same seed, whatever the order and the repetitions', () => {
    const one = sampled(NUMBERED, { count: 50, seed: 3 });
    const again = [...NUMBERED, ...NUMBERED.slice(0, 700)].reverse();
    expect(sampled(again, { count: 50, seed: 3 })).toEqual(one);
    expect(new Set(one).size).toBe(50);
  });

  it('is another for another seed, with no more in common than chance gives', () => {
    const samples = [0, 1, 2, 3].map((seed) => new Set(sampled(NUMBERED, { count: 500, seed })));
    for (const sample of samples.slice(1)) {
      const shared = [...sample].filter((prompt) => samples[0].has(prompt)).length;
      // Hypergeometric: 125 expected, deviation 8.4
      expect(Math.abs(shared - 125)).toBeLessThan(5 * 8.4);
    }
  });

  it('draws from everywhere in the stream alike', () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 40; seed++)
      for (const prompt of sampled(NUMBERED, { count: 20, seed }))
        counts[Math.floor(Number(prompt.split(' ')[2]) / 500)]++;
    // 800 draws over 4 quarters: 200 each, deviation 12
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  it('begins a larger sample with the smaller one of the same seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 8 }),
        fc.nat(),
        (texts, count, more, seed) => {
          const small = sampled(texts, { count, seed });
          const large = sampled(texts, { count: count + more, seed });
          expect(large.slice(0, small.length)).toEqual(small);
          expect(small).toHaveLength(Math.min(count, new Set(texts).size));
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptTemplate, RelaxedPrompt } from './relaxed-prompt.ts';

const SPECIAL = { bos: 90, eos: 91, pad: 92 };

const tokens = (max: number) => fc.array(fc.nat(9), { maxLength: max });
const slot = fc
  .array(tokens(4), { minLength: 1, maxLength: 4 })
  .map((choices) => ({ kind: 'slot' as const, choices }));
const text = tokens(3).map((words) => ({ kind: 'text' as const, tokens: words }));

/** Any template: choices of 0 to 4 tokens, with and without separator, often longer than there is room. */
const templates: fc.Arbitrary<PromptTemplate> = fc.record({
  pieces: fc.array(fc.oneof({ weight: 3, arbitrary: slot }, text), { maxLength: 5 }),
  separator: fc.constantFrom([], [70], [70, 71]),
  special: fc.constantFrom(SPECIAL, { bos: 90, eos: 91, pad: 91 }, { bos: 90, eos: 91, pad: 3 }),
  length: fc.integer({ min: 2, max: 14 }),
});

const uniform = fc.double({ min: 0.01, max: 1, noNaN: true });

/** A template and the choice of each slot. */
const certain = templates.chain((template) =>
  fc.record({
    template: fc.constant(template),
    choices: fc.tuple(...slotsOf(template).map(({ choices }) => fc.nat(choices.length - 1))),
  }),
);

/** A template and a distribution for each slot. */
const uncertain = templates.chain((template) =>
  fc.record({
    template: fc.constant(template),
    weights: fc.tuple(
      ...slotsOf(template).map(({ choices }) =>
        fc.array(uniform, { minLength: choices.length, maxLength: choices.length }),
      ),
    ),
  }),
);

function slotsOf({ pieces }: PromptTemplate) {
  return pieces.filter((piece) => piece.kind === 'slot');
}

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function oneHot(template: PromptTemplate, choices: readonly number[]): number[][] {
  return slotsOf(template).map((piece, i) => piece.choices.map((_, k) => (k === choices[i] ? 1 : 0)));
}

/** What a tokenizer makes of the chosen words: start, words, end, padding; the words cut where there is no room. */
function discreteIds(
  { pieces, separator, special, length }: PromptTemplate,
  choices: readonly number[],
): number[] {
  let next = 0;
  const chosen = pieces.map((piece) =>
    piece.kind === 'text' ? piece.tokens : piece.choices[choices[next++]],
  );
  const words = chosen
    .filter((part) => part.length > 0)
    .flatMap((part, i) => (i === 0 ? part : [...separator, ...part]));
  const kept = [special.bos, ...words.slice(0, length - 2), special.eos];
  return [...kept, ...new Array<number>(length - kept.length).fill(special.pad)];
}

describe('a relaxed prompt', () => {
  it('that is certain of every word is the discrete prompt, exactly', () => {
    fc.assert(
      fc.property(certain, ({ template, choices }) => {
        const relaxed = new RelaxedPrompt(template);
        const { shape, data } = relaxed.mixture(oneHot(template, choices));
        const width = relaxed.tokens.length;
        expect(shape).toEqual([template.length, width]);
        const expected = new Float32Array(data.length);
        for (const [position, id] of discreteIds(template, choices).entries())
          expected[position * width + relaxed.tokens.indexOf(id)] = 1;
        expect(data).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is the average of the discrete prompts, so each position holds one token in all', () => {
    fc.assert(
      fc.property(uncertain, ({ template, weights }) => {
        const relaxed = new RelaxedPrompt(template);
        const probabilities = weights.map(normalised);
        const { data } = relaxed.mixture(probabilities);
        const width = relaxed.tokens.length;
        const expected = new Float64Array(data.length);
        for (const { choices, probability } of everyCandidate(probabilities)) {
          for (const [position, id] of discreteIds(template, choices).entries())
            expected[position * width + relaxed.tokens.indexOf(id)] += probability;
        }
        for (const [i, value] of data.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
        for (let position = 0; position < template.length; position++) {
          const row = data.subarray(position * width, (position + 1) * width);
          expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it('has the transpose that finite differences give', () => {
    const seeds = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(uncertain, seeds, ({ template, weights }, seed) => {
        const relaxed = new RelaxedPrompt(template);
        const probabilities = weights.map(normalised);
        const size = template.length * relaxed.tokens.length;
        const cotangent = Float32Array.from({ length: size }, (_, i) => seed[(i * 7) % seed.length] / 4);
        const gradient = relaxed.transpose(probabilities, cotangent);
        expect(gradient.map((row) => row.length)).toEqual(probabilities.map((row) => row.length));
        const valueAt = (slotIndex: number, choice: number, by: number) => {
          const moved = probabilities.map((row) => [...row]);
          moved[slotIndex][choice] += by;
          return relaxed.mixture(moved).data.reduce((sum, value, i) => sum + value * cotangent[i], 0);
        };
        for (const [slotIndex, row] of gradient.entries()) {
          for (const [choice, value] of row.entries()) {
            // The mixture is linear in each probability: any step is exact but for rounding.
            const slope = valueAt(slotIndex, choice, 0.5) - valueAt(slotIndex, choice, -0.5);
            expect(Math.abs(value - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
          }
        }
      }),
    );
  });
});

function* everyCandidate(
  probabilities: readonly (readonly number[])[],
): Generator<{ choices: number[]; probability: number }> {
  const [first, ...rest] = probabilities;
  if (first === undefined) {
    yield { choices: [], probability: 1 };
    return;
  }
  for (const { choices, probability } of everyCandidate(rest)) {
    for (const [choice, weight] of first.entries())
      yield { choices: [choice, ...choices], probability: weight * probability };
  }
}

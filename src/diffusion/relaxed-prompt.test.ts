import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptTemplate } from './prompt-template.ts';
import { RelaxedPrompt } from './relaxed-prompt.ts';

const SPECIAL = { bos: 90, eos: 91, pad: 92 };

/** Words, and now and then an end token that the user spelt. */
const token = fc.oneof({ weight: 20, arbitrary: fc.nat(9) }, fc.constant(SPECIAL.eos));
const tokens = (max: number) => fc.array(token, { maxLength: max });
const slot = fc
  .array(tokens(4), { minLength: 1, maxLength: 4 })
  .map((choices) => ({ kind: 'slot' as const, choices }));
/** Two or three slots that are read together, each combination with tokens of its own. */
const group = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }).chain((sizes) => {
  const count = sizes.reduce((product, size) => product * size, 1);
  return fc
    .array(tokens(3), { minLength: count, maxLength: count })
    .map((choices) => ({ kind: 'group' as const, sizes, choices }));
});
const text = tokens(3).map((words) => ({ kind: 'text' as const, tokens: words }));

/** Any template: choices of 0 to 4 tokens, with and without separator, often longer than there is room. */
const templates: fc.Arbitrary<PromptTemplate> = fc.record({
  pieces: fc.array(fc.oneof({ weight: 3, arbitrary: slot }, text, group), { maxLength: 4 }),
  separator: fc.constantFrom([], [70], [70, 71]),
  special: fc.constantFrom(SPECIAL, { bos: 90, eos: 91, pad: 91 }, { bos: 90, eos: 91, pad: 3 }),
  length: fc.integer({ min: 2, max: 14 }),
});

const uniform = fc.double({ min: 0.01, max: 1, noNaN: true });

/** A template and the choice of each slot. */
const certain = templates.chain((template) =>
  fc.record({
    template: fc.constant(template),
    choices: fc.tuple(...sizesOf(template).map((size) => fc.nat(size - 1))),
    emptyIsNone: fc.boolean(),
  }),
);

/** A template and a distribution for each slot. */
const uncertain = templates.chain((template) =>
  fc.record({
    template: fc.constant(template),
    weights: fc.tuple(
      ...sizesOf(template).map((size) => fc.array(uniform, { minLength: size, maxLength: size })),
    ),
    emptyIsNone: fc.boolean(),
  }),
);

/** How many choices each slot has. */
function sizesOf({ pieces }: PromptTemplate): number[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'text') return [];
    return piece.kind === 'slot' ? [piece.choices.length] : piece.sizes;
  });
}

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function oneHot(template: PromptTemplate, choices: readonly number[]): number[][] {
  return sizesOf(template).map((size, i) =>
    Array.from({ length: size }, (_, k) => (k === choices[i] ? 1 : 0)),
  );
}

/** What a tokenizer makes of the chosen words: start, words, end, padding; the words cut where there is no room. */
function discreteIds(template: PromptTemplate, choices: readonly number[]): number[] {
  const { special, length } = template;
  const kept = [special.bos, ...wordsOf(template, choices).slice(0, length - 2), special.eos];
  return [...kept, ...new Array<number>(length - kept.length).fill(special.pad)];
}

function wordsOf({ pieces, separator }: PromptTemplate, choices: readonly number[]): number[] {
  let next = 0;
  const chosen = pieces.map((piece) => {
    if (piece.kind === 'text') return piece.tokens;
    if (piece.kind === 'slot') return piece.choices[choices[next++]];
    return piece.choices[piece.sizes.reduce((index, size) => index * size + choices[next++], 0)];
  });
  return chosen
    .filter((part) => part.length > 0)
    .flatMap((part, i) => (i === 0 ? [...part] : [...separator, ...part]));
}

describe('a relaxed prompt', () => {
  it('that is certain of every word is the discrete prompt, exactly, with the end where that has its first end token', () => {
    fc.assert(
      fc.property(certain, ({ template, choices, emptyIsNone }) => {
        const relaxed = new RelaxedPrompt(template, { emptyIsNone });
        const { mixture, end, presence } = relaxed.mix(oneHot(template, choices));
        const width = relaxed.tokens.length;
        expect(mixture.shape).toEqual([template.length, width]);
        const ids = discreteIds(template, choices);
        const expected = new Float32Array(mixture.data.length);
        for (const [position, id] of ids.entries())
          expected[position * width + relaxed.tokens.indexOf(id)] = 1;
        expect(mixture.data).toEqual(expected);
        const atEnd = ids.map((_, position) => (position === ids.indexOf(template.special.eos) ? 1 : 0));
        expect([...end.data]).toEqual(atEnd);
        const isEmpty = wordsOf(template, choices).length === 0;
        expect(presence).toBe(emptyIsNone && isEmpty ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is the average of the discrete prompts, so each position holds one token in all', () => {
    fc.assert(
      fc.property(uncertain, ({ template, weights, emptyIsNone }) => {
        const relaxed = new RelaxedPrompt(template, { emptyIsNone });
        const probabilities = weights.map(normalised);
        const { mixture, end, presence } = relaxed.mix(probabilities);
        const expected = averageOf(template, relaxed.tokens, probabilities, emptyIsNone);
        expect(presence).toBeCloseTo(expected.presence, 10);
        if (expected.presence === 0) return;
        expect(largestDifference(mixture.data, expected.mixture)).toBeLessThan(1e-6);
        expect(largestDifference(end.data, expected.end)).toBeLessThan(1e-6);
        const width = relaxed.tokens.length;
        for (let position = 0; position < template.length; position++) {
          const row = mixture.data.subarray(position * width, (position + 1) * width);
          expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it('has the transpose that finite differences give', () => {
    const seeds = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(uncertain, seeds, ({ template, weights, emptyIsNone }, seed) => {
        const relaxed = new RelaxedPrompt(template, { emptyIsNone });
        const probabilities = weights.map(normalised);
        // The share of prompts with words divides; near zero it bends too much for finite differences.
        if (relaxed.mix(probabilities).presence < 0.2) return;
        const random = (size: number, stride: number) =>
          Float32Array.from({ length: size }, (_, i) => seed[(i * stride) % seed.length] / 4);
        const cotangent = {
          mixture: random(template.length * relaxed.tokens.length, 7),
          end: random(template.length, 3),
          presence: seed[0],
        };
        const valueAt = (moved: readonly (readonly number[])[]) => {
          const { mixture, end, presence } = relaxed.mix(moved);
          return dot(mixture.data, cotangent.mixture) + dot(end.data, cotangent.end) + presence * seed[0];
        };
        // Without division everything is linear in each probability: any step is exact but for rounding.
        const [step, tolerance] = emptyIsNone ? [5e-3, 1e-2] : [0.5, 1e-4];
        const slopes = slopesOf(valueAt, probabilities, step);
        const gradient = relaxed.transpose(probabilities, cotangent);
        expect(gradient.map((row) => row.length)).toEqual(probabilities.map((row) => row.length));
        for (const [i, value] of gradient.flatMap((row) => [...row]).entries())
          expect(Math.abs(value - slopes[i])).toBeLessThan(tolerance * (1 + Math.abs(slopes[i])));
      }),
    );
  });
});

/** The average over all candidates, one by one. */
function averageOf(
  template: PromptTemplate,
  columns: Int32Array,
  probabilities: readonly (readonly number[])[],
  emptyIsNone: boolean,
) {
  const mixture = new Float64Array(template.length * columns.length);
  const end = new Float64Array(template.length);
  const counted = [...everyCandidate(probabilities)].filter(
    ({ choices }) => !emptyIsNone || wordsOf(template, choices).length > 0,
  );
  const presence = counted.reduce((sum, { probability }) => sum + probability, 0);
  for (const { choices, probability } of counted) {
    const ids = discreteIds(template, choices);
    for (const [position, id] of ids.entries())
      mixture[position * columns.length + columns.indexOf(id)] += probability / presence;
    end[ids.indexOf(template.special.eos)] += probability / presence;
  }
  return { mixture, end, presence };
}

/** Finite differences by each probability, slot after slot. */
function slopesOf(
  valueAt: (probabilities: readonly (readonly number[])[]) => number,
  probabilities: readonly (readonly number[])[],
  step: number,
): number[] {
  const moved = (slotIndex: number, choice: number, by: number) =>
    probabilities.map((row, i) => row.map((p, k) => (i === slotIndex && k === choice ? p + by : p)));
  return probabilities.flatMap((row, i) =>
    row.map((_, k) => (valueAt(moved(i, k, step)) - valueAt(moved(i, k, -step))) / (2 * step)),
  );
}

function largestDifference(a: Float32Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe('a relaxed prompt of which an empty one is none', () => {
  const template: PromptTemplate = {
    pieces: [{ kind: 'slot', choices: [[], [1], [2, 3]] }],
    separator: [70],
    special: SPECIAL,
    length: 6,
  };
  const relaxed = new RelaxedPrompt(template, { emptyIsNone: true });

  it('keeps the mixture of the words, however unlikely they are', () => {
    const { mixture, end, presence } = relaxed.mix([[1 - 4e-12, 1e-12, 3e-12]]);
    expect(presence).toBeCloseTo(4e-12, 20);
    expect(mixture).toEqual(relaxed.mix([[0, 0.25, 0.75]]).mixture);
    expect([...end.data]).toEqual([0, 0, 0.25, 0.75, 0, 0]);
  });

  it('that is certain to be none has no gradient, since no word is nearer than another', () => {
    const size = template.length * relaxed.tokens.length;
    const gradient = { mixture: new Float32Array(size).fill(1), presence: 2 };
    expect(relaxed.transpose([[1, 0, 0]], gradient)).toEqual([new Float64Array(3)]);
  });
});

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

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

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { Branch } from '../diffusion/conditioning.ts';
import { RelaxedPrompt } from '../diffusion/relaxed-prompt.ts';
import { nextCandidate } from '../search/candidate.ts';
import type { Candidate } from '../search/search-space.ts';
import type { PromptPart, PromptSpace, WordSlot } from '../words/prompt-space.ts';
import { EMBEDDED_MODEL } from './load-pipeline.ts';
import { type PromptVariants, promptVariants } from './prompt-variants.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');
/** Real ones: of SD 1, of SD 2 (which splits "!" off every word), both of SDXL, and the embedded model's. */
const TOKENIZERS = {
  sd1: await ClipTokenizer.load(join(FIXTURES, 'sd1/tokenizer')),
  sd2: await ClipTokenizer.load(join(FIXTURES, 'sd2/tokenizer')),
  sdxl: await ClipTokenizer.load(join(FIXTURES, 'sdxl/tokenizer')),
  'sdxl 2': await ClipTokenizer.load(join(FIXTURES, 'sdxl/tokenizer_2')),
  pocket: await ClipTokenizer.load(join(EMBEDDED_MODEL, 'tokenizer')),
};

/** Short prompts need no more positions, and are sooner compared. */
const SHORT = Object.values(TOKENIZERS).map((tokenizer) => tokenizer.limitedTo(24));

const MAX_CANDIDATES = 36;

/** All candidates of a small space; of a large one the first ones and a spread of the others. */
function* candidatesOf({ space }: PromptVariants): Generator<Candidate> {
  const count = space.slots.reduce((product, { choices }) => product * choices.length, 1);
  let candidate: Candidate = space.slots.map(() => 0);
  if (count <= MAX_CANDIDATES) {
    for (let i = 0; i < count; i++, candidate = nextCandidate(space, candidate)) yield candidate;
    return;
  }
  for (let i = 0; i < MAX_CANDIDATES; i++)
    yield space.slots.map(({ choices }, slot) => (i * (2 * slot + 1) + ((i * i) >> 3)) % choices.length);
}

/** Compares the ids that the relaxed prompt is certain of with those of the prompt that a candidate stands for. */
function expectEqual(variants: PromptVariants, branch: Branch, tokenizer: ClipTokenizer): void {
  const relaxed = new RelaxedPrompt(variants.template(tokenizer, branch));
  for (const candidate of candidatesOf(variants)) {
    const oneHot = variants
      .slotsOf(branch)
      .map((slot) =>
        variants.space.slots[slot].choices.map((_, choice) => (choice === candidate[slot] ? 1 : 0)),
      );
    const { mixture } = relaxed.mix(oneHot);
    const [length, width] = mixture.shape;
    const ids = Array.from({ length }, (_, position) => {
      const row = mixture.data.subarray(position * width, (position + 1) * width);
      return row.reduce((sum, weight, column) => sum + weight * relaxed.tokens[column], 0);
    });
    const { prompt, negativePrompt } = variants.promptsOf(candidate);
    const text = branch === 'positive' ? prompt : negativePrompt;
    const expected = [...tokenizer.tokenize(text).ids];
    // Asserting costs more than comparing, and there are many.
    if (ids.every((id, position) => id === expected[position])) continue;
    expect(ids, `${JSON.stringify(candidate)} ${JSON.stringify(text)}`).toEqual(expected);
  }
}

const choiceOf = (text: string) => ({ text, source: 'test', relation: 'test', score: 1 });

function slotOf(text: string, start: number, choices: readonly string[], part: PromptPart): WordSlot {
  return { text, start, part, choices: choices.map(choiceOf) };
}

/** Where `[word|choice|…]` stands in a text, a slot of the prompt. */
function spaceIn(marked: string, negative: readonly (readonly string[])[] = []): PromptSpace {
  let prompt = '';
  const slots: WordSlot[] = negative.map((choices) => slotOf('x', 0, choices, 'negative'));
  for (const [, fixed, open] of marked.matchAll(/([^[]*)(?:\[([^\]]*)\])?/g)) {
    prompt += fixed;
    if (open === undefined) continue;
    const [text, ...choices] = open.split('|');
    slots.push(slotOf(text, prompt.length, choices, 'positive'));
    prompt += text;
  }
  return { prompt, task: 'improve', slots };
}

/** Words that a tokenizer may read together with what is beside them, and words that are fine. */
const awkward = fc.constantFrom(
  ...[
    'what?',
    '(blurry)',
    'c++',
    'a',
    'an',
    'An',
    'the',
    "'s",
    "rock'",
    '!',
    "'",
    '-',
    '’',
    '...',
    'f/1.8',
    '50%',
    '4',
    '4k',
    "don't",
  ],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    'İ',
    'ΟΔΟΣ',
    'ß',
    '日本',
    '🙂',
    '👩‍🚀',
    '\u00ad',
    '\u200b',
    's',
    're',
    'such a',
    'half-an',
    'dog!',
    'wow !',
    '<|endoftext|>',
  ],
);
const word = fc
  .oneof(
    awkward,
    fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/),
    fc.stringMatching(/^[a-z'!?.,()-]{1,4}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
  )
  .filter((text) => text.trim() !== '');
const choices = fc.array(word, { minLength: 1, maxLength: 4 });
const tokenizers = fc
  .tuple(fc.constantFrom(...Object.values(TOKENIZERS)), fc.constantFrom(77, 24, 24, 9, 4))
  .map(([tokenizer, length]) => tokenizer.limitedTo(length));

describe('where every slot is certain, the relaxed prompt is the discrete one, token by token', () => {
  it('for all choices of several lengths, the empty one with its comma', () => {
    const slots = fc.array(choices, { minLength: 1, maxLength: 4 });
    const given = fc.oneof(fc.constant(''), word);
    fc.assert(
      fc.property(slots, given, tokenizers, (texts, fixed, tokenizer) => {
        const space = spaceIn('x', texts);
        expectEqual(promptVariants(space, fixed), 'negative', tokenizer);
      }),
      { numRuns: 150 },
    );
  });

  it('for all choices in a prompt, whatever they touch', () => {
    const part = fc.record({
      before: fc.oneof(
        fc.constantFrom(' ', ', ', '-', '', "'", ' a ', ' an ', '(', ' "', '). A ', '\n'),
        word,
      ),
      text: word,
      choices: fc.oneof(fc.constant<string[]>([]), choices),
    });
    const prompts = fc.record({
      parts: fc.array(part, { minLength: 1, maxLength: 4 }),
      end: fc.constantFrom('', '.', '!', "'s hat", ', of'),
    });
    fc.assert(
      fc.property(prompts, tokenizers, ({ parts, end }, tokenizer) => {
        let prompt = '';
        const slots: WordSlot[] = [];
        for (const { before, text, choices: texts } of parts) {
          prompt += before;
          if (texts.length > 0) slots.push(slotOf(text, prompt.length, texts, 'positive'));
          prompt += text;
        }
        expectEqual(promptVariants({ prompt: prompt + end, task: 'attack', slots }), 'positive', tokenizer);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a choice that ends in punctuation before a comma', 'a [cat|what?|dog], [red|blue!]. Yes'],
    ['an article that is a choice', '[the|a|one] [cat|orange|unicorn] on [the|an] [hat|apple]'],
    ['words that touch', 'a [cat|what?]-[like|(bad)|-]/[thing|?]'],
    ['a contraction', "the [cat|cat'|dogs'|4][s|re|dog] [rock|'s]'[n|re|d]'[roll|ll]"],
    ['articles that are none', 'a vitamin-[a|an] [egg|pill], 4[a|b] [orange|cat]'],
  ])('also for %s', (_, marked) => {
    for (const tokenizer of SHORT) {
      const variants = promptVariants(spaceIn(marked));
      expectEqual(variants, 'positive', tokenizer);
    }
  });

  it('in both prompts of one space, each from its own slots', () => {
    const space = spaceIn('a [red|crimson] [cat|kitten|big cat]', [['dog', 'big truck'], ['what?']]);
    const shuffled = { ...space, slots: [space.slots[3], space.slots[0], space.slots[2], space.slots[1]] };
    const library = [{ theme: 'quality', choices: [choiceOf('blurry'), choiceOf('low quality')] }];
    const variants = promptVariants({ ...shuffled, library }, 'ugly!');
    expect(variants.searched).toEqual(['negative', 'positive']);
    expect(variants.slotsOf('positive')).toEqual([2, 0]);
    expect(variants.slotsOf('negative')).toEqual([1, 3, 4]);
    expect(variants.promptsOf([2, 1, 1, 0, 2])).toEqual({
      prompt: 'a crimson big cat',
      negativePrompt: 'ugly! , dog, low quality',
    });
    for (const tokenizer of SHORT) {
      expectEqual(variants, 'negative', tokenizer);
      expectEqual(variants, 'positive', tokenizer);
    }
  });

  it('is bounded: of touching words with over a thousand combinations only the tokens where they touch may differ', () => {
    const open = '[!a!|?b?|.c.|,d,|;e;]';
    const variants = promptVariants(spaceIn(`see ${open.repeat(6)} end`));
    const template = variants.template(TOKENIZERS.sd1, 'positive');
    const groups = template.pieces.filter(({ kind }) => kind === 'group');
    for (const piece of template.pieces)
      if (piece.kind !== 'text') expect(piece.choices.length).toBeLessThanOrEqual(1024);
    expect(groups.map((piece) => (piece.kind === 'group' ? piece.sizes : []))).toEqual([
      [5, 5, 5, 5],
      [5, 5],
    ]);
  });
});

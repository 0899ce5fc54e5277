import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { RelaxedPrompt } from '../diffusion/relaxed-prompt.ts';
import type { Candidate } from '../search/search-space.ts';
import type { PromptSpace, Task, WordSlot } from '../words/prompt-space.ts';
import { type PromptVariants, promptVariants } from './prompt-variants.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');
const tokenizer = await ClipTokenizer.load(join(FIXTURES, 'sd1/tokenizer'));
/** SDXL's, of which the second fills up with "!" instead of the end token. */
const TOKENIZERS = [
  await ClipTokenizer.load(join(FIXTURES, 'sdxl/tokenizer')),
  await ClipTokenizer.load(join(FIXTURES, 'sdxl/tokenizer_2')),
];

/** The ids that the relaxed prompt is certain of at `candidate`; fails where it is not certain, or finds the end elsewhere. */
function relaxedIds(variants: PromptVariants, candidate: Candidate, vocabulary = tokenizer): number[] {
  const relaxed = new RelaxedPrompt(variants.template(vocabulary, variants.searched[0] ?? 'positive'));
  const oneHot = variants.space.slots.map(({ choices }, slot) =>
    choices.map((_, choice) => (choice === candidate[slot] ? 1 : 0)),
  );
  const { mixture, end } = relaxed.mix(oneHot);
  const [length, width] = mixture.shape;
  const ids = Array.from({ length }, (_, position) => {
    const row = mixture.data.subarray(position * width, (position + 1) * width);
    expect([...row].filter((weight) => weight !== 0)).toEqual([1]);
    return relaxed.tokens[row.indexOf(1)];
  });
  const first = ids.indexOf(vocabulary.eosTokenId);
  expect([...end.data]).toEqual(ids.map((_, position) => (position === first ? 1 : 0)));
  return ids;
}

function spaceOf(
  task: Task,
  prompt: string,
  slots: readonly (readonly [string, ...string[]])[],
): PromptSpace {
  let from = 0;
  const placed = slots.map(([text, ...choices]): WordSlot => {
    const start = prompt.indexOf(text, from);
    from = start + text.length;
    return { text, start, choices: choices.map(choiceOf) };
  });
  return { prompt, task, slots: placed };
}

function choiceOf(text: string) {
  return { text, source: 'test', relation: 'synonym', score: 1 };
}

describe('the variants of a negative prompt', () => {
  const space = spaceOf('improve', 'a red cat in the rain', [
    ['red', 'blue', 'dark violet'],
    ['cat', 'zebrafish'],
    ['rain', 'sun', 'dry'],
  ]);
  const variants = promptVariants(space);

  it.each([
    [[0, 0, 0], ''],
    [[1, 0, 2], 'blue, dry'],
    [[0, 1, 0], 'zebrafish'],
    [[2, 1, 1], 'dark violet, zebrafish, sun'],
  ])('%j is "%s", as text and as what the gradient sees', (candidate, negativePrompt) => {
    expect(variants.promptsOf(candidate)).toEqual({ prompt: space.prompt, negativePrompt });
    expect(relaxedIds(variants, candidate)).toEqual([...tokenizer.tokenize(negativePrompt).ids]);
  });

  it('leaves the prompt alone and searches the negative branch', () => {
    expect(variants.searched).toEqual(['negative']);
    expect(variants.space.slots[0].choices).toEqual(['', 'blue', 'dark violet']);
  });
});

describe('the variants of a prompt', () => {
  const space = spaceOf('attack', 'An Apple and a red house, a cat', [
    ['Apple', 'fruit', 'orange', 'big pear'],
    ['red', 'orange', 'umber'],
    ['cat', 'animal'],
  ]);
  const variants = promptVariants(space, 'blurry');

  it.each([
    [[0, 0, 0], 'An Apple and a red house, a cat'],
    [[1, 0, 0], 'A Fruit and a red house, a cat'],
    [[3, 1, 1], 'A Big pear and an orange house, an animal'],
  ])('%j is "%s", as text and as what the gradient sees', (candidate, prompt) => {
    expect(variants.promptsOf(candidate)).toEqual({ prompt, negativePrompt: 'blurry' });
    expect(relaxedIds(variants, candidate)).toEqual([...tokenizer.tokenize(prompt).ids]);
  });

  it('searches the positive branch and starts from the words themselves', () => {
    expect(variants.searched).toEqual(['positive']);
    expect(variants.space.slots.map(({ choices }) => choices[0])).toEqual(['Apple', 'red', 'cat']);
  });

  it('takes in slots at the very ends of a prompt, and none at all', () => {
    const whole = promptVariants(spaceOf('attack', 'cat', [['cat', 'kitten']]), '');
    expect(relaxedIds(whole, [1])).toEqual([...tokenizer.tokenize('kitten').ids]);
    const none = promptVariants(spaceOf('attack', 'a cat', []), '');
    expect(relaxedIds(none, [])).toEqual([...tokenizer.tokenize('a cat').ids]);
  });
});

/** Known words, words that fall into pieces, compounds, and what dictionaries and people write. */
const word = fc.oneof(
  fc.constantFrom('car', 'orange', 'truck', 'umbrella', 'one', 'hour', 'é', '4k', "rock'n'roll"),
  fc.stringMatching(/^[a-z]{1,9}$/),
  fc.stringMatching(/^[A-Z]?[a-zà-öø-ÿ]{1,6}(-[a-z]{1,4})?$/),
);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const choices = fc.array(phrase, { minLength: 1, maxLength: 4 });
const limitedTokenizers = fc
  .tuple(fc.constantFrom(...TOKENIZERS), fc.constantFrom(77, 12, 6, 3))
  .map(([vocabulary, maxLength]) => vocabulary.limitedTo(maxLength));

describe('for any words and lengths, the relaxed prompt is the discrete one where it is certain', () => {
  it('negative', () => {
    const slots = fc.array(fc.record({ choices, pick: fc.nat(4) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(slots, limitedTokenizers, (given, limited) => {
        const words: WordSlot[] = given.map((slot) => ({
          text: 'x',
          start: 0,
          choices: slot.choices.map(choiceOf),
        }));
        const variants = promptVariants({ prompt: 'x', task: 'improve', slots: words });
        const candidate = given.map(({ choices: texts, pick }) => Math.min(pick, texts.length));
        const { negativePrompt } = variants.promptsOf(candidate);
        expect(relaxedIds(variants, candidate, limited)).toEqual([...limited.tokenize(negativePrompt).ids]);
      }),
      { numRuns: 300 },
    );
  });

  it('positive', () => {
    const part = fc.record({
      before: fc.constantFrom(' ', ', ', ' a ', ' an ', ' A ', '; (a ', ' the ', ' "', '.An '),
      text: word,
      /** 0 leaves the word as fixed text. */
      choices: fc.oneof(fc.constant<string[]>([]), choices),
      pick: fc.nat(4),
    });
    const prompts = fc.record({
      parts: fc.array(part, { minLength: 1, maxLength: 6 }),
      end: fc.constantFrom('', '.', '!', ' of'),
    });
    fc.assert(
      fc.property(prompts, limitedTokenizers, ({ parts, end }, limited) => {
        let prompt = '';
        const slots: WordSlot[] = [];
        for (const { before, text, choices: texts } of parts) {
          prompt += before;
          if (texts.length > 0) slots.push({ text, start: prompt.length, choices: texts.map(choiceOf) });
          prompt += text;
        }
        const space: PromptSpace = { prompt: prompt + end, task: 'attack', slots };
        const variants = promptVariants(space, '');
        const candidate = parts
          .filter(({ choices: texts }) => texts.length > 0)
          .map(({ choices: texts, pick }) => Math.min(pick, texts.length));
        const rendered = variants.promptsOf(candidate).prompt;
        expect(relaxedIds(variants, candidate, limited), rendered).toEqual([
          ...limited.tokenize(rendered).ids,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClipTokenizer } from '../../checkpoint/clip-tokenizer.ts';
import type { PromptSpace, WordSlot } from '../../words/prompt-space.ts';
import { EMBEDDED_MODEL } from '../load-pipeline.ts';
import { promptVariants } from '../prompt-variants.ts';
import { growthFindings, leftOutFindings, truncationFindings, withinTokenLimit } from './token-limit.ts';

const tokenizer = await ClipTokenizer.load(join(EMBEDDED_MODEL, 'tokenizer'));

/** A slot for each word of `prompt`, with the same choices. */
function spaceOf(prompt: string, choices: readonly string[], task: PromptSpace['task']): PromptSpace {
  const words = choices.map((text) => ({ text, source: 'test', relation: 'test', score: 1 }));
  const slots: WordSlot[] = [...prompt.matchAll(/\S+/g)].map(({ index, 0: text }) => ({
    text,
    start: index,
    choices: words,
  }));
  return { prompt, task, slots };
}

function searched({ slots }: PromptSpace): string {
  return slots.map(({ text }) => text).join(' ');
}

describe('withinTokenLimit()', () => {
  it('leaves a space alone that is read whole', () => {
    const space = spaceOf('red cat', ['blue'], 'improve');
    expect(withinTokenLimit(space, [tokenizer])).toEqual(space);
  });

  it.each(['improve', 'attack'] as const)('leaves out and lists words that are not read (%s)', (task) => {
    const space = withinTokenLimit(spaceOf('red cat blue car', ['big'], task), [tokenizer.limitedTo(5)]);
    expect(searched(space)).toBe(task === 'improve' ? 'red cat' : 'red cat blue');
    const notRead = { text: 'car', start: 13, reason: 'not-read' };
    const noRoom = { text: 'blue', start: 8, reason: 'no-room' };
    expect(space.leftOut).toEqual(task === 'improve' ? [noRoom, notRead] : [notRead]);
  });

  it('leaves out a compound that is read in part', () => {
    const [slot] = spaceOf('fire engine', ['car'], 'attack').slots;
    const whole = {
      prompt: 'a fire engine',
      task: 'attack',
      slots: [{ ...slot, text: 'fire engine', start: 2 }],
    };
    expect(withinTokenLimit(whole as PromptSpace, [tokenizer.limitedTo(4)]).slots).toEqual([]);
  });

  it('goes by the shortest of several text encoders', () => {
    const space = spaceOf('red cat blue car', ['big'], 'attack');
    const tokenizers = [tokenizer, tokenizer.limitedTo(4)];
    expect(searched(withinTokenLimit(space, tokenizers))).toBe('red cat');
    expect(searched(withinTokenLimit(space, tokenizers.reverse()))).toBe('red cat');
  });

  it('forgets what another model left out', () => {
    const space = {
      ...spaceOf('red cat', ['big'], 'improve'),
      leftOut: [{ text: 'x', start: 9, reason: 'no-room' }],
    };
    expect(withinTokenLimit(space as PromptSpace, [tokenizer])).not.toHaveProperty('leftOut');
  });

  it('makes every negative prompt fit, whatever the choices', () => {
    const word = fc.oneof(
      fc.constantFrom('dog', 'on the left side', 'umbrella', 'dog!', '...', 'a (b)', "cat's"),
      fc.string({ maxLength: 12 }),
    );
    const choices = fc.array(word, { minLength: 1, maxLength: 3 });
    const slots = fc.array(choices, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(slots, fc.integer({ min: 3, max: 32 }), fc.nat(), (lists, maxLength, seed) => {
        const limited = tokenizer.limitedTo(maxLength);
        const full: PromptSpace = {
          prompt: 'cat',
          task: 'improve',
          slots: lists.map((list) => spaceOf('cat', list, 'improve').slots[0]),
        };
        const kept = withinTokenLimit(full, [limited]);
        expect(kept.slots.length + (kept.leftOut?.length ?? 0)).toBe(full.slots.length);
        const candidate = kept.slots.map((slot, i) => (seed + 7 * i) % (slot.choices.length + 1));
        const { negativePrompt } = promptVariants(kept).promptsOf(candidate);
        expect(limited.tokenize(negativePrompt).tokenCount).toBeLessThanOrEqual(maxLength - 2);
      }),
    );
  });
});

describe('what is told of it', () => {
  it('names the words and the reason, and shortens a long list', () => {
    const prompt = Array(14).fill('cat').join(' ');
    const space = withinTokenLimit(spaceOf(prompt, ['dog'], 'attack'), [tokenizer.limitedTo(6)]);
    expect(leftOutFindings(space).map(({ message }) => message)).toEqual([
      `Not searched, because the text encoder does not read them: ${Array(8).fill('"cat"').join(', ')} and 2 more.`,
    ]);
    expect(leftOutFindings(spaceOf('cat', ['dog'], 'attack'))).toEqual([]);
  });

  it('tells of a text once, by the encoder that reads least of it', () => {
    const tokenizers = [tokenizer.limitedTo(5), tokenizer.limitedTo(4)];
    const [finding, ...others] = truncationFindings(tokenizers, 'red cat blue car', 'prompt');
    expect(others).toEqual([]);
    expect(finding.message).toContain('fall off: "blue car"');
    expect(truncationFindings([tokenizer], 'red cat', 'prompt')).toEqual([]);
  });

  it('warns of substitutes that push words out of an attack', () => {
    const space = spaceOf('red cat', ['on the left side'], 'attack');
    const [{ message }] = growthFindings(space, [tokenizer.limitedTo(6)]);
    expect(message).toMatch(/takes about \d+ tokens, and the text encoder reads 4/);
    expect(growthFindings(space, [tokenizer])).toEqual([]);
    expect(growthFindings({ ...space, task: 'improve' }, [tokenizer.limitedTo(6)])).toEqual([]);
  });
});

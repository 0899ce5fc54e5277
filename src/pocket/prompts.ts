/** @file The prompts of the effect table: two coloured objects in the words and the grammar that the embedded model was trained on. */
import { DpoError } from '../errors.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { captionFromFacts } from './caption.ts';
import { choose, type Rng } from './scene.ts';
import type { SceneFacts } from './scene-facts.ts';
import { BACKGROUND_NAMES, COLOUR_NAMES, isHeldOut, OBJECTS, RELATIONS } from './world.ts';

export interface EffectPrompt {
  readonly prompt: string;
  /** What the judge looks for. */
  readonly facts: SceneFacts;
  /** Whether both objects stand in colours that no training picture showed them in; otherwise neither does. */
  readonly heldOut: boolean;
}

export interface EffectPromptOptions {
  /** Prompts of colour x object pairs that were held out of training. @default false */
  readonly heldOut?: boolean;
}

/** Few enough for all to differ: 240 ordered pairs of held-out objects, times the links between them. */
const MAX_COUNT = 1000;

/**
 * The first `count` (at most 1000) prompts of the list that `seed` (a 32-bit unsigned integer) stands for; all differ.
 * Each names two different objects with their colours, a relation in 3 of 10 and a background in 2 of 10, in the canonical words.
 * @throws {DpoError} INVALID_OPTION when `count` is none of these.
 */
export function effectPrompts(
  count: number,
  seed: number,
  options: EffectPromptOptions = {},
): EffectPrompt[] {
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT) {
    throw new DpoError('INVALID_OPTION', `Ask for 0 to ${MAX_COUNT} prompts, got ${count}.`);
  }
  const rng = new MersenneTwister(seed);
  const heldOut = options.heldOut ?? false;
  const prompts = new Map<string, EffectPrompt>();
  while (prompts.size < count) {
    const facts = randomFacts(rng, heldOut);
    const prompt = captionFromFacts(facts, rng);
    if (!prompts.has(prompt)) prompts.set(prompt, { prompt, facts, heldOut });
  }
  return [...prompts.values()];
}

function randomFacts(rng: Rng, heldOut: boolean): SceneFacts {
  const first = randomPair(rng, heldOut);
  let second = randomPair(rng, heldOut);
  while (second.object === first.object) second = randomPair(rng, heldOut);
  return {
    objects: [first, second],
    relation: rng.float64() < 0.3 ? choose(rng, RELATIONS) : undefined,
    background: rng.float64() < 0.2 ? choose(rng, BACKGROUND_NAMES) : undefined,
  };
}

function randomPair(rng: Rng, heldOut: boolean) {
  while (true) {
    const pair = { object: choose(rng, OBJECTS), colour: choose(rng, COLOUR_NAMES) };
    if (isHeldOut(pair.colour, pair.object) === heldOut) return pair;
  }
}

/** @file The same for the embedded model's world: synonyms and contrasts are those of its own dictionary, which its prompts are made of. */

import { buildStudySpace, type Pipeline, type WordSlot } from '../../src/index.ts';
import { effectPrompts } from '../../src/pocket/prompts.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { type Replacement, substitutedPrompt } from '../../src/words/render-prompt.ts';
import type { SubstitutedPrompt } from './substituted-prompts.ts';

const PROMPTS = 30;
const PER_PROMPT = 5;

/** `kept` by synonyms alone, `contrast` by one word of another meaning and synonyms. */
export async function pocketSubstitutions(pipeline: Pipeline, seed = 0): Promise<SubstitutedPrompt[]> {
  const rng = new MersenneTwister(seed);
  const all: SubstitutedPrompt[] = [];
  for (const { prompt } of effectPrompts(PROMPTS, 1)) {
    const synonyms = await slotsOf(pipeline, prompt, 'attack');
    const contrasts = await slotsOf(pipeline, prompt, 'improve');
    for (const words of [1, 2, 3]) {
      const kept = replacementSets({ first: synonyms, rest: synonyms, words }, rng);
      const changed = replacementSets({ first: contrasts, rest: synonyms, words }, rng);
      for (const set of kept)
        all.push({ prompt, substituted: substitutedPrompt(prompt, set), label: 'kept', words });
      for (const set of changed)
        all.push({ prompt, substituted: substitutedPrompt(prompt, set), label: 'contrast', words });
    }
  }
  return all;
}

async function slotsOf(pipeline: Pipeline, prompt: string, task: 'attack' | 'improve'): Promise<WordSlot[]> {
  const { slots } = await buildStudySpace(pipeline, prompt, { task });
  return slots.filter(({ choices }) => choices.length > 0);
}

interface Draw {
  /** Where the first word comes from. */
  readonly first: readonly WordSlot[];
  readonly rest: readonly WordSlot[];
  readonly words: number;
}

function replacementSets(draw: Draw, rng: MersenneTwister): Replacement[][] {
  const sets = Array.from({ length: PER_PROMPT }, () => drawnReplacements(draw, rng));
  return sets.filter((set) => set.length === draw.words);
}

function drawnReplacements({ first, rest, words }: Draw, rng: MersenneTwister): Replacement[] {
  const one = first[rng.integer(first.length)];
  const left = rest.filter(({ start }) => start !== one.start);
  const drawn = [replacement(one, rng)];
  while (drawn.length < words && left.length > 0) {
    const [slot] = left.splice(rng.integer(left.length), 1);
    drawn.push(replacement(slot, rng));
  }
  return drawn;
}

function replacement({ start, text, choices }: WordSlot, rng: MersenneTwister): Replacement {
  return { start, text, replacement: choices[rng.integer(choices.length)].text };
}

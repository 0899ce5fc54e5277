/** @file Prompts with words replaced, labelled by what happened to their meaning, from the hand-labelled word sets. */
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { type Replacement, substitutedPrompt } from '../../src/words/render-prompt.ts';
import { type LabelledPrompt, type LabelledSlot, readLabelledPrompts } from '../words/labelled-prompts.ts';

/**
 * `kept`: every replacement is a synonym. `close`: at least one is close (broader, narrower, of another tone), the rest are synonyms.
 * `contrast`: at least one is an opposite, a sibling or another count or place. `wrong`: at least one is of another sense or a wrong form.
 */
export type Label = 'kept' | 'close' | 'contrast' | 'wrong';

export const LABELS: readonly Label[] = ['kept', 'close', 'contrast', 'wrong'];

export interface SubstitutedPrompt {
  readonly prompt: string;
  readonly substituted: string;
  readonly label: Label;
  /** How many words were replaced. */
  readonly words: number;
}

/** Of each label and number of words at most so many from one prompt, so that no prompt outweighs the others. */
const PER_PROMPT = 12;

/** One set of prompts, the same at every run. */
export async function substitutedPrompts(path: string | URL, seed = 0): Promise<SubstitutedPrompt[]> {
  const prompts = readLabelledPrompts(path);
  const rng = new MersenneTwister(seed);
  const all: SubstitutedPrompt[] = [];
  for (const labelled of prompts) {
    for (const words of [1, 2, 3]) {
      for (const label of LABELS) all.push(...substitutions(labelled, label, words, rng));
    }
  }
  return all;
}

/** Different prompts, each with `words` replaced: the first so that it gives the label, the others by synonyms. */
function substitutions(
  { prompt, slots }: LabelledPrompt,
  label: Label,
  words: number,
  rng: MersenneTwister,
): SubstitutedPrompt[] {
  // An alternative lies inside another slot, where both cannot be replaced.
  const usable = slots.filter(({ alternative }) => alternative !== true);
  const found = new Map<string, SubstitutedPrompt>();
  for (let draw = 0; draw < 20 * PER_PROMPT && found.size < PER_PROMPT; draw++) {
    const replacements = drawReplacements(usable, label, words, rng);
    if (replacements === undefined) continue;
    const substituted = substitutedPrompt(prompt, replacements);
    found.set(substituted, { prompt, substituted, label, words });
  }
  return [...found.values()];
}

function drawReplacements(
  slots: readonly LabelledSlot[],
  label: Label,
  words: number,
  rng: MersenneTwister,
): Replacement[] | undefined {
  const left = [...slots];
  const drawn: Replacement[] = [];
  for (let i = 0; i < words; i++) {
    if (left.length === 0) return undefined;
    const [slot] = left.splice(rng.integer(left.length), 1);
    const choices = choicesOf(slot, i === 0 ? label : 'kept');
    if (choices.length === 0) return undefined;
    drawn.push({ start: slot.start, text: slot.text, replacement: choices[rng.integer(choices.length)] });
  }
  return drawn;
}

function choicesOf({ synonyms, contrasts }: LabelledSlot, label: Label): readonly string[] {
  switch (label) {
    case 'kept':
      return synonyms.yes;
    case 'close':
      return synonyms.close;
    case 'contrast':
      return contrasts.yes;
    case 'wrong':
      return synonyms.no.filter((word) => !contrasts.yes.includes(word));
  }
}

/**
 * @file Words that people put into negative prompts whatever the prompt is (paper, appendix F.2), by theme, the most useful first.
 * A list of our own: descriptions of what goes wrong in pictures, no names of people, styles of living artists or embeddings.
 */
import { isFunctionTerm } from './function-words.ts';
import { baseForms } from './inflection.ts';
import type { LibrarySlot, WordChoice } from './prompt-space.ts';
import { promptWords } from './prompt-words.ts';
import { isStoppedTerm } from './stop-list.ts';
import { isLearnt, type Vocabulary } from './vocabulary.ts';

/** What goes wrong in pictures, in the order in which themes are given slots. */
export const LIBRARY_THEMES = ['quality', 'anatomy', 'text', 'composition', 'style'] as const;

export type LibraryTheme = (typeof LIBRARY_THEMES)[number];

const WORDS: Readonly<Record<LibraryTheme, string>> = {
  quality: `blurry, low quality, out of focus, pixelated, jpeg artifacts, noisy, overexposed, washed out, grainy, low resolution,
    underexposed, oversaturated, low contrast, motion blur, banding, smudged, posterized, moire, oversharpened, dull`,
  anatomy: `deformed, extra limbs, bad hands, bad anatomy, extra fingers, distorted face, fused fingers, missing limbs, bad proportions,
    disfigured, crossed eyes, long neck, malformed, twisted body, missing fingers, extra legs, asymmetrical eyes, floating limbs,
    extra heads, elongated body`,
  text: `watermark, text, signature, logo, caption, subtitles, username, letters, date stamp, barcode, speech bubble, signs, label,
    website address, copyright notice, numbers, title, stamp, price tag, handwriting`,
  composition: `cropped, out of frame, cut off, cluttered, duplicate, collage, border, tilted horizon, split screen, empty, too close,
    picture frame, off center, crowded, busy background, tiling, grid, mirrored, black bars, disorganized`,
  style: `cartoon, painting, sketch, 3d render, drawing, illustration, anime, clip art, monochrome, doll, plastic, line art, flat colors,
    low poly, sculpture, pixel art, unfinished, childish, stock photo, collectible figure`,
};

const DEFAULT_SLOTS = LIBRARY_THEMES.length;
export const MAX_LIBRARY_SLOTS = 4 * LIBRARY_THEMES.length;

export interface NegativeLibraryOptions {
  /** At most so many words in a slot. @default 5 */
  readonly maxChoices?: number | undefined;
  /** Slots, 1 to 20: the themes in turn; a theme's second slot has its next words. @default 5, one a theme */
  readonly slots?: number | undefined;
  /** Words that a model never learnt are left out. */
  readonly vocabulary?: Vocabulary | undefined;
}

/**
 * Slots of the library for `prompt`. What the prompt asks for is not offered: no choice has a word of the prompt, in any form.
 * Slots without a choice are left out, so there are none where the model learnt none of the words.
 */
export function negativeLibrary(prompt: string, options: NegativeLibraryOptions = {}): LibrarySlot[] {
  const { maxChoices = 5, slots = DEFAULT_SLOTS, vocabulary } = options;
  const wanted = wordBases(prompt);
  const isOffered = ({ text }: WordChoice) =>
    isLearnt(text, vocabulary) && ![...wordBases(text)].some((base) => wanted.has(base));
  return Array.from({ length: slots }, (_, index): LibrarySlot => {
    const theme = LIBRARY_THEMES[index % LIBRARY_THEMES.length];
    const round = Math.floor(index / LIBRARY_THEMES.length);
    const offered = libraryWords(theme).filter(isOffered);
    return { theme, choices: offered.slice(round * maxChoices, (round + 1) * maxChoices) };
  }).filter(({ choices }) => choices.length > 0);
}

/** The whole list of a theme, best first; never a word of the stop list. */
export function libraryWords(theme: LibraryTheme): WordChoice[] {
  const texts = WORDS[theme].split(',').map((text) => text.trim().replace(/\s+/g, ' '));
  return texts
    .filter((text) => !isStoppedTerm(text))
    .map((text, i) => ({ text, source: 'library', relation: theme, score: 1 - i / texts.length }));
}

/** The words of a text that mean something, in every form that they may be an inflection of. */
function wordBases(text: string): Set<string> {
  const words = promptWords(text).map(({ term }) => term);
  const meaning = words.filter((word) => !isFunctionTerm(word));
  return new Set(
    meaning.flatMap((word) =>
      (['noun', 'verb', 'adjective'] as const).flatMap((pos) =>
        baseForms(word, pos).map(({ lemma }) => lemma),
      ),
    ),
  );
}

/** @file What of a text from elsewhere can be a prompt, as the paper cleans DiffusionDB (appendix G.1). */

/**
 * The text on one line, without control characters, halves of UTF-16 pairs and spaces around it; undefined where it holds no letter, as an empty text and one of emoji alone do.
 * Whether a text is complete and describes a picture is not asked.
 */
export function cleanPrompt(text: string): string | undefined {
  const line = text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return /\p{L}/u.test(line) ? line : undefined;
}

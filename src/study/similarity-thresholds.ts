/** @file The similarity that stands for the same meaning, encoder by encoder: measured, see `docs/similarity.md`. */

/** What is taken where nobody measured: the paper's value (F.2), there of sentence-T5. */
export const PAPER_MIN_SIMILARITY = 0.9;

/** By the encoder's name without its owner. `npm run similarity:calibrate` prints what such a value lets through. */
const CALIBRATED: Readonly<Record<string, number>> = { 'all-MiniLM-L6-v2': 0.88 };

/** Of the text tower of the embedded model's scorer, on prompts of its world: everything that is meant to pass does, nothing else. */
export const EMBEDDED_SCORER_THRESHOLD = 0.9;

/** Undefined for an encoder that was not measured. */
export function calibratedThreshold(name: string): number | undefined {
  const bare = name.slice(name.lastIndexOf('/') + 1);
  return Object.hasOwn(CALIBRATED, bare) ? CALIBRATED[bare] : undefined;
}

/** @file What a prompt is about, piece by piece: judges are asked about these, and `--keywords` searches their words only. */

/** A thing with its attributes, exactly as the prompt words it. */
export interface KeyConcept {
  readonly text: string;
  /** Where it stands in the prompt, in UTF-16 units. */
  readonly start: number;
}

/** @file Which position of a text stands for the whole of it in CLIP. */

/** What configurations written before 2023 say in place of the end-of-text token. */
const PLACEHOLDER = 2;

/**
 * The position whose state is a text's embedding: that of the first end-of-text token. As Hugging Face does it, a
 * configuration with the placeholder 2 means the largest id (which the end-of-text token is in CLIP's own vocabulary).
 * @param configured `eos_token_id` of the text tower's configuration
 * @param eos the tokenizer's own, where the configured one does not occur
 */
export function poolingIndex(ids: Int32Array, configured: number, eos: number): number {
  if (configured === PLACEHOLDER) return ids.indexOf(ids.reduce((largest, id) => Math.max(largest, id)));
  const index = ids.indexOf(configured);
  return index >= 0 ? index : ids.indexOf(eos);
}

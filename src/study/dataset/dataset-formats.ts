/** @file What finished studies can be exported as. */

/** `jsonl`: an object a line; `a1111`: lines for the web UI's prompts from file; `comfyui`: a JSON array of workflows. */
export const DATASET_FORMATS = ['jsonl', 'a1111', 'comfyui'] as const;

export type DatasetFormat = (typeof DATASET_FORMATS)[number];

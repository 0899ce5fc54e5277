/** @file What people compare: the pictures of the user's prompt and those of a prompt that was found, with the concepts to look for. */

/** Pictures of one prompt pair. */
export interface JudgedPictures {
  /** PNG files, one for each seed, in the seeds' order. */
  readonly png: readonly Uint8Array[];
  readonly prompt: string;
  readonly negativePrompt: string;
}

export interface JudgementPair {
  /** Names the pair within the experiment; judges never see it. */
  readonly id: string;
  /** The user's prompt, which judges see. */
  readonly prompt: string;
  /** Key concepts in order of importance, as the judges get them (paper, appendix G.2). */
  readonly concepts: readonly string[];
  readonly task: 'improve' | 'attack';
  readonly original: JudgedPictures;
  /** Pictures of what was found, on the same seeds. */
  readonly candidate: JudgedPictures;
  /** The method's name: what the tables compare. */
  readonly run: string;
}

export type Side = 'left' | 'right';

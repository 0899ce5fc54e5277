/** @file Names of what a word of a prompt may be, before a dictionary is asked. */

/** Universal parts of speech, as far as we tell them apart. */
export type WordTag =
  | 'noun'
  | 'name'
  | 'verb'
  | 'auxiliary'
  | 'adjective'
  | 'adverb'
  | 'determiner'
  | 'number'
  | 'other';

/** @file The words that may replace or oppose the words of a prompt, with where each came from, and what a search does with them. */

export type Task = 'improve' | 'attack';

/** One of the two prompts of a picture: the negative one takes opposites and library words, the other one synonyms. */
export type PromptPart = 'negative' | 'positive';

/** Which prompts are searched. */
export type PromptSearch = PromptPart | 'both';

/** A substitute, and why it is one. */
export interface WordChoice {
  readonly text: string;
  /** Who proposed it: `thesaurus` (our own), `closed-class`, `wordnet`, `vocabulary` (the model's own), `library`, `file`, `llm`. */
  readonly source: string;
  /** How it relates to the word: `synonym`, `similar`, `hypernym`, `antonym`, `opposite`, `contrast`, `co-hyponym`, … */
  readonly relation: string;
  /** Which meaning of the word the choice goes with, for people: `crane, bird`. */
  readonly sense?: string;
  /** 0 to 1, higher is better; only the order within one slot has a meaning. */
  readonly score: number;
  /** The language model that proposed it; absent where none did. */
  readonly model?: string;
  /** The version of the question that it answered. */
  readonly template?: string;
}

/** A word (or compound) of the prompt and its substitutes, best first. The original itself, or nothing, is not among them. */
export interface WordSlot {
  /** The word exactly as in the prompt. */
  readonly text: string;
  /** Where it stands in the prompt, in UTF-16 units. */
  readonly start: number;
  /** The prompt that its choices go into. @default what the task searches: `negative` for improve, `positive` for attack */
  readonly part?: PromptPart;
  readonly choices: readonly WordChoice[];
}

/** A slot of the negative prompt that belongs to no word of the prompt: words of the library, on one theme. */
export interface LibrarySlot {
  readonly theme: string;
  readonly choices: readonly WordChoice[];
}

/** A word that could be searched and is not. */
export interface LeftOutWord {
  /** The word, or the theme of a library slot. */
  readonly text: string;
  /** Null for a library slot. */
  readonly start: number | null;
  /** It lies beyond what the text encoder reads, or its substitutes would not fit into the negative prompt any more. */
  readonly reason: 'not-read' | 'no-room';
}

/** Which language model was asked for words. Never holds a key or an address with credentials. */
export interface LanguageModelRecord {
  readonly model: string;
  /** Host and port of its server. */
  readonly host: string;
  /** The version of the questions. */
  readonly template: string;
}

export interface PromptSpace {
  readonly prompt: string;
  readonly task: Task;
  readonly slots: readonly WordSlot[];
  /** Slots of the negative prompt beside those of the prompt's words, after which its words stand; absent when there are none. */
  readonly library?: readonly LibrarySlot[];
  /** Words that the model's token limit keeps out of the slots, in the prompt's order; absent when there are none. */
  readonly leftOut?: readonly LeftOutWord[];
  /** The language model whose words are among the choices; absent where there are none. */
  readonly languageModel?: LanguageModelRecord;
  /** The prompt's key concepts, the most important first, where only their words are searched. */
  readonly keyConcepts?: readonly string[];
  /** Sentences on what went otherwise than asked while the words were looked for; absent when there are none. */
  readonly remarks?: readonly string[];
}

/** @file A prompt's search space from a language model: the words it gives, and what its key concepts are. */
import type { KeyConcept } from '../key-concept.ts';
import type { LanguageModelRecord, PromptSpace, Task } from '../prompt-space.ts';
import { rangeOf } from '../text-range.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { askQuestion } from './ask-question.ts';
import type { Chat } from './chat.ts';
import { ConceptQuestion } from './concept-question.ts';
import { type LlmOptions, readLlmSettings } from './llm-settings.ts';
import type { Question } from './question.ts';
import { TEMPLATE_VERSION } from './question-templates.ts';
import { ReplyCache, type ReplyKey, replyCacheDir } from './reply-cache.ts';
import { WordQuestion } from './word-question.ts';

export interface LlmSpaceOptions {
  readonly task: Task;
  /** At most so many choices for a slot, from 1. */
  readonly maxChoices: number;
  /** Where the picture model learnt only some words, no other word is a choice. */
  readonly vocabulary?: Vocabulary | undefined;
  /** Asks for the key concepts first, and for their words only; gives those that stand in where the model has none to give. */
  readonly keywords?: (() => readonly KeyConcept[]) | undefined;
  readonly llm?: LlmOptions | undefined;
  /** Aborting ends the request that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each request. */
  readonly onRequest?: ((request: LlmRequest) => void) | undefined;
}

/** A question that is about to be sent. */
export interface LlmRequest {
  readonly model: string;
  readonly host: string;
}

export interface LlmSpace {
  /** Its slots are empty when the language model had nothing to give; `remarks` says why. */
  readonly space: PromptSpace;
  /** Key concepts with their places; undefined when not asked for. */
  readonly concepts: readonly KeyConcept[] | undefined;
  /** A sentence that says why there are no words; undefined when there are. */
  readonly failure: string | undefined;
}

/**
 * Asks a language model for the substitutes (attack) or opposites (improve) of the words of `prompt`.
 * @throws {DpoError} INVALID_OPTION when there is no model to ask, or its server refuses the key or the model; the signal's reason
 */
export async function llmPromptSpace(prompt: string, options: LlmSpaceOptions): Promise<LlmSpace> {
  const asker = new Asker(prompt, options);
  const { keywords, task, maxChoices, vocabulary } = options;
  const concepts = keywords && ((await asker.concepts()) ?? keywords());
  const within = concepts?.map(rangeOf);
  const { model, host } = asker;
  const question = new WordQuestion({ prompt, task, maxChoices, vocabulary, within, model });
  const { values, failure } = await asker.ask(question);
  const languageModel: LanguageModelRecord = { model, host, template: TEMPLATE_VERSION };
  const slots = question.slots(values);
  return {
    space: {
      prompt,
      task,
      slots,
      ...(slots.length > 0 && { languageModel }),
      ...(concepts && { keyConcepts: concepts.map(({ text }) => text) }),
      ...(asker.remarks.length > 0 && { remarks: asker.remarks }),
    },
    concepts,
    failure:
      failure &&
      `The language model ${model} at ${host} gave no words (${failure}); the words are the dictionary's.`,
  };
}

/** The stretch of the prompt that a concept is. */
/** Asks one model about one prompt, the cache before the model. */
class Asker {
  readonly model: string;
  readonly host: string;
  readonly remarks: string[] = [];
  readonly #prompt: string;
  readonly #options: LlmSpaceOptions;
  readonly #cache: ReplyCache;
  readonly #settings;
  #chat: Promise<Chat> | undefined;

  constructor(prompt: string, options: LlmSpaceOptions) {
    this.#prompt = prompt;
    this.#options = options;
    this.#settings = readLlmSettings(options.llm);
    this.model = this.#settings.model;
    this.host = this.#settings.host;
    this.#cache = new ReplyCache(replyCacheDir(this.#settings.env));
  }

  async concepts(): Promise<readonly KeyConcept[] | undefined> {
    const question = new ConceptQuestion(this.#prompt);
    const { values, failure } = await this.ask(question);
    if (failure === undefined) return question.concepts(values);
    this.remarks.push(
      `The language model ${this.model} at ${this.host} gave no key concepts: ${failure}. Noun phrases stand in for them.`,
    );
    return undefined;
  }

  async ask<T>(question: Question<T>): Promise<{ values: readonly T[]; failure: string | undefined }> {
    const key = this.#keyOf(question);
    const cached = this.#settings.refresh ? undefined : await this.#cache.read(key);
    const known = cached?.replies.flatMap(({ text }) => question.read(text)) ?? [];
    const values = known.flatMap((reading) => (reading.problem === undefined ? [reading.value] : []));
    if (cached && question.isUsable(values)) {
      this.#note(cached.remarks);
      return { values, failure: undefined };
    }
    const { signal, onRequest } = this.#options;
    signal?.throwIfAborted();
    const answers = await askQuestion(await this.#openChat(), question, {
      signal,
      onRequest: () => onRequest?.({ model: this.model, host: this.host }),
    });
    this.#note(answers.remarks);
    if (answers.failure === undefined) await this.#cache.write(key, answers);
    return answers;
  }

  /** Two questions of one prompt have the same server, with the same limits. */
  #note(remarks: readonly string[]): void {
    for (const remark of remarks) if (!this.remarks.includes(remark)) this.remarks.push(remark);
  }

  #keyOf<T>(question: Question<T>): ReplyKey {
    const { task, maxChoices } = this.#options;
    const isAboutWords = question.kind === 'words';
    return {
      model: this.model,
      host: this.host,
      kind: question.kind,
      template: TEMPLATE_VERSION,
      prompt: this.#prompt,
      task: isAboutWords ? task : '',
      maxChoices: isAboutWords ? maxChoices : 0,
      question: question.text('json_schema'),
    };
  }

  /** The client's library is loaded for the first question that the cache cannot answer. */
  #openChat(): Promise<Chat> {
    this.#chat ??= import('./chat-client.ts').then(({ ChatClient }) => new ChatClient(this.#settings));
    return this.#chat;
  }
}

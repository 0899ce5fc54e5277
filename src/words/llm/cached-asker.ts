/** @file Asks one language model, the cache before the model. */
import { askQuestion } from './ask-question.ts';
import type { Chat } from './chat.ts';
import { type LlmOptions, type LlmSettings, readLlmSettings } from './llm-settings.ts';
import type { Question } from './question.ts';
import { ReplyCache, type ReplyKey, replyCacheDir } from './reply-cache.ts';

/** A question that is about to be sent. */
export interface LlmRequest {
  readonly model: string;
  readonly host: string;
}

export interface CachedAskerOptions {
  readonly llm?: LlmOptions | undefined;
  /** Aborting ends the request that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each request. */
  readonly onRequest?: ((request: LlmRequest) => void) | undefined;
}

/** What a question is about, for the cache; its text, its kind and the model are added. */
export type QuestionKey = Pick<ReplyKey, 'template' | 'prompt' | 'task' | 'maxChoices'>;

export class CachedAsker {
  readonly model: string;
  readonly host: string;
  /** What went otherwise than asked, each once. */
  readonly remarks: string[] = [];
  readonly #options: CachedAskerOptions;
  readonly #cache: ReplyCache;
  readonly #settings: LlmSettings;
  #chat: Promise<Chat> | undefined;

  /** @throws {DpoError} INVALID_OPTION when there is no model to ask */
  constructor(options: CachedAskerOptions) {
    this.#options = options;
    this.#settings = readLlmSettings(options.llm);
    this.model = this.#settings.model;
    this.host = this.#settings.host;
    this.#cache = new ReplyCache(replyCacheDir(this.#settings.env));
  }

  /**
   * What the model answers; `failure` is a clause where nothing of it can be used.
   * @throws {DpoError} INVALID_OPTION when the server knows neither key nor model; the signal's reason
   */
  async ask<T>(
    question: Question<T>,
    about: QuestionKey,
  ): Promise<{ values: readonly T[]; failure: string | undefined }> {
    const key = this.#keyOf(question, about);
    const cached = this.#settings.refresh ? undefined : await this.#cache.read(key);
    const known = cached?.replies.flatMap(({ text }) => question.read(text)) ?? [];
    const values = known.flatMap((reading) => (reading.problem === undefined ? [reading.value] : []));
    if (cached && question.isUsable(values)) {
      this.note(cached.remarks);
      return { values, failure: undefined };
    }
    const { signal, onRequest } = this.#options;
    signal?.throwIfAborted();
    const answers = await askQuestion(await this.#openChat(), question, {
      signal,
      onRequest: () => onRequest?.({ model: this.model, host: this.host }),
    });
    this.note(answers.remarks);
    if (answers.failure === undefined) await this.#cache.write(key, answers);
    return answers;
  }

  /** Two questions have the same server, with the same limits. */
  note(remarks: readonly string[]): void {
    for (const remark of remarks) if (!this.remarks.includes(remark)) this.remarks.push(remark);
  }

  #keyOf<T>(question: Question<T>, about: QuestionKey): ReplyKey {
    const { model, host } = this;
    return { model, host, kind: question.kind, ...about, question: question.text('json_schema') };
  }

  /** The client's library is loaded for the first question that the cache cannot answer. */
  #openChat(): Promise<Chat> {
    this.#chat ??= import('./chat-client.ts').then(({ ChatClient }) => new ChatClient(this.#settings));
    return this.#chat;
  }
}
